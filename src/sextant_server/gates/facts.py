"""The facts that a gate's verdict is computed from, read from the records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sextant_server.contracts.models import State as ContractState
from sextant_server.contracts.queries import locked_of
from sextant_server.evidence.models import Evidence
from sextant_server.failures.queries import standing_on
from sextant_server.gates import fair, queries
from sextant_server.gates.failing import ASKS, failing_of
from sextant_server.gates.fair import grouped, review_of
from sextant_server.gates.freezing import bet_of
from sextant_server.gates.known import Facts, Found
from sextant_server.products.models import Automation, Part, Product, Risk, Stage
from sextant_server.products.queries import holders


def facts_of(
    product: Product,
    target: Stage,
    evidence: Evidence | None,
    newest: Evidence | None,
    reviewed: Sequence[str],
    today: date,
) -> Facts:
    """What is so now, as far as a gate to this stage asks for it; the rest is not read.

    `evidence` is what the gate looks at, or would; `newest` the newest that decides; `reviewed`
    the reviewers who have spoken.
    """
    contract, signed = _contract(product) if target == Stage.DEVELOPMENT else (None, ())
    overdue = queries.overdue(product, today) if target == Stage.OPERATIONS else []
    seen = standing_on(product.pk, evidence, today) if target in ASKS else ()
    return Facts(
        origin=Stage(product.stage),
        target=target,
        today=today,
        outcome=product.outcome,
        problem=product.problem,
        affected=product.affected,
        owner=_owner(product) if target == Stage.SCOPING else "",
        risk=Risk(product.risk),
        automation=Automation(product.automation),
        contract=contract,
        signed=signed,
        evidence=found_of(evidence, newest) if evidence else None,
        reviewed=tuple(reviewed),
        overdue=tuple(one.text for one in overdue),
        bet=bet_of(product, target, today),
        failing=failing_of(seen),
        review=review_of(product, evidence) if target in fair.ASKS else None,
        grouped=target in fair.ASKS and grouped(evidence),
    )


def found_of(evidence: Evidence, newest: Evidence | None) -> Found:
    """What of evidence decides, and whether newer evidence does."""
    newer = newest.number if newest and newest.number > evidence.number else None
    return Found(
        number=evidence.number,
        verdict=evidence.verdict,  # type: ignore[arg-type]
        headline=evidence.headline,
        draft=evidence.draft,
        expires_on=evidence.expires_on,
        seen=evidence.seen_number,
        contract=evidence.contract.number,
        stands=evidence.contract.state == ContractState.LOCKED,
        aside=evidence.aside,
        newer=newer,
    )


def _owner(product: Product) -> str:
    owners = holders(product, Part.OWNER)
    return str(owners[0]) if owners else ""


def _contract(product: Product) -> tuple[int | None, tuple[str, ...]]:
    """The locked contract's number, and who signed it."""
    contract = locked_of(product)
    if contract is None:
        return None, ()
    return contract.number, tuple(queries.names([person for _, person, _ in contract.signed]))
