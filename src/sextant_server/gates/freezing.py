"""What a decision keeps of the bet: the assessments, the value and the opportunity as they stood.

A gate that looks at no bet keeps nothing of it; that to the launch keeps how the product fails.
"""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from sextant.strategy.frameworks import Tier
from sextant.strategy.lifecycles.gates import Required
from sextant_server.evidence.models import Evidence
from sextant_server.failures.queries import standing_on
from sextant_server.gates import fair
from sextant_server.gates.beside import beside
from sextant_server.gates.failing import ASKS, kept
from sextant_server.gates.known import Assessed, Bet, Worth
from sextant_server.gates.traded import traded
from sextant_server.products.models import Product, Stage
from sextant_server.strategy.assessments import queries as assessments
from sextant_server.strategy.assessments.catalogue import in_force
from sextant_server.strategy.assessments.models import Origin
from sextant_server.strategy.assessments.standing import Standing
from sextant_server.strategy.bindings.memory import remembering
from sextant_server.strategy.economics import queries as economics
from sextant_server.strategy.opportunities import queries as opportunities

BETS = (Stage.SCOPING, Stage.DEVELOPMENT)
"""The stages whose gates look at the bet."""


def bet_of(product: Product, target: Stage, today: date) -> Bet:
    """What is known of the bet now, as far as the gate to this stage asks for it."""
    own = own_of(target, product.risk)
    if target not in BETS and not own:
        return Bet()
    with remembering():
        return _bet_of(product, target, own, today)


def _bet_of(product: Product, target: Stage, own: tuple[Required, ...], today: date) -> Bet:
    key = product.pk
    standing = assessments.standing([key], today).get(key, {})
    assessed = {name: _assessed(one) for name, one in standing.items()}
    if target not in BETS:
        return Bet(assessed, own=own)
    known = opportunities.known([key], today)[key]
    value = economics.valued([key], today).get(key)
    kill = known.kill
    return Bet(
        assessed=assessed,
        own=own,
        worth=Worth(value.beats, value.expected, value.says) if value else None,
        baseline=known.baseline,
        kill=kill.text if kill else "",
        dead=kill is not None and kill.state == "struck",
    )


def own_of(target: Stage, risk: str) -> tuple[Required, ...]:
    """The frameworks published here that say themselves that this gate asks for them."""
    tier = cast("Tier", str(risk))
    return tuple(
        Required(key, tier, one.framework.asks)
        for key, one in in_force().items()
        if one.origin == Origin.OWN and str(target) in one.framework.gates_at(tier)
    )


def frozen(
    product: Product, target: Stage, today: date, evidence: Evidence | None = None
) -> dict[str, Any]:
    """The records that the verdict of a gate rests on, as plain JSON."""
    if target not in BETS:
        own = own_of(target, product.risk)
        found = {"assessments": assessments.frozen(product.pk, today)} if own else {}
        return {**found, **_failures(product, target, today, evidence),
                **_studies(product, target, evidence)}  # fmt: skip
    return {
        "assessments": assessments.frozen(product.pk, today),
        "value": economics.frozen(product, today),
        "opportunity": opportunities.frozen(product, today),
    }


def _failures(
    product: Product, target: Stage, today: date, evidence: Evidence | None
) -> dict[str, Any]:
    """How it fails, and the fairness review that counted; neither where there is none."""
    found: dict[str, Any] = {}
    if target in ASKS and (modes := kept(standing_on(product.pk, evidence, today))):
        found["failures"] = modes
    if target in fair.ASKS and (review := fair.review_of(product, evidence)):
        found["review"] = review.plain()
    return found


def _studies(product: Product, target: Stage, evidence: Evidence | None) -> dict[str, Any]:
    """The studies beside the evidence and the agreed trade-offs; nothing where there are none."""
    found: dict[str, Any] = {}
    if studies := beside(product, target, evidence):
        found["studies"] = [one.plain() for one in studies]
    if trades := traded(product, target, evidence):
        found["tradeoffs"] = [one.plain() for one in trades]
    return found


def _assessed(one: Standing) -> Assessed:
    return Assessed(one.name, one.verdict, one.says, one.state == "blind", one.reopened)
