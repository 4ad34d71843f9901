"""The assessments of a product: which gate asks for them, what they say, what is open again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sextant.strategy.frameworks import Framework, Tier
from sextant_server.products.entering import Here, in_product, show
from sextant_server.products.models import STAGES, Stage
from sextant_server.strategy.assessments.board import board
from sextant_server.strategy.assessments.catalogue import in_force
from sextant_server.strategy.assessments.models import Asked
from sextant_server.strategy.assessments.standing import Standing, standing_of


@dataclass(frozen=True, slots=True)
class Line:
    """One framework: who asks for it, how its assessment stands, who has answered."""

    framework: Framework
    standing: Standing | None
    asks: int
    handed_in: tuple[str, ...]
    waits_for: tuple[str, ...]


@in_product
@require_safe
def assessments(request: HttpRequest, here: Here) -> HttpResponse:
    """By gate in the order of the stages; what only readers use stands last."""
    product, today = here.product, timezone.now().date()
    weighed = board(product, today, None, ("rate", "value")).weighed
    standing = {key: standing_of(one) for key, one in weighed.items()}
    asked = _asked(product.pk)
    lines = {
        key: _line(found.framework, standing.get(key), asked.get(key, []), product.risk)
        for key, found in in_force().items()
    }
    gates = _gates(lines, product.risk, product.stage)
    begun = [one for one in lines.values() if one.standing]
    context = {
        "gates": gates,
        "headline": _headline([one.standing for one in begun if one.standing], gates),
        "reopened": [
            (one, reason) for one in begun if one.standing for reason in one.standing.reopened
        ],
        "tier": product.get_risk_display(),
    }
    return show(request, here, "assessments/assessments.html", context)


def _line(framework: Framework, standing: Standing | None, asked: list[Asked], risk: str) -> Line:
    done = [one for one in asked if one.handed_in_at]
    waits = [one for one in asked if not one.handed_in_at and one.user.is_active]
    return Line(
        framework, standing, len(framework.asked(cast(Tier, risk))),
        tuple(str(one.user) for one in done), tuple(str(one.user) for one in waits),
    )  # fmt: skip


def _gates(lines: Mapping[str, Line], risk: str, stage: str) -> list[tuple[str, bool, list[Line]]]:
    """The next gate with what it asks for at this tier, then those after it, then the rest.

    What several gates ask for stands at the first of them that is still ahead.
    """
    at, tier = STAGES.index(Stage(stage)), cast(Tier, risk)
    found, used = [], set()
    for place, target in [*enumerate(STAGES)][at + 1 :] + [*enumerate(STAGES)][: at + 1]:
        rows = [
            one
            for key, one in lines.items()
            if key not in used and str(target) in one.framework.gates_at(tier)
        ]
        if rows:
            title = f"At the gate to {target.label.lower()}"
            found.append((title if place > at else f"{title}, passed", place == at + 1, rows))
            used |= {one.framework.key for one in rows}
    rest = [one for key, one in lines.items() if key not in used]
    return [*found, ("Asked for by no gate at this risk", False, rest)] if rest else found


def _headline(standing: list[Standing], gates: list[tuple[str, bool, list[Line]]]) -> str:
    again = [one for one in standing if one.reopened]
    if again:
        return f"{_named(again)} {'is' if len(again) == 1 else 'are'} open again."
    missed = [one for one in standing if one.verdict == "missed"]
    if missed:
        return f"{_named(missed)} {'speaks' if len(missed) == 1 else 'speak'} against it."
    due = [one for _, following, rows in gates if following for one in rows]
    left = [one for one in due if not one.standing or one.standing.verdict != "met"]
    if left:
        count = len(left)
        return f"The next gate still needs {count} assessment{'s' if count > 1 else ''}."
    if due:
        return "What the next gate asks for is answered."
    return "The next gate asks for no assessment at this risk."


def _named(found: list[Standing]) -> str:
    names = [one.name for one in found]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _asked(product: int) -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = {}
    rows = Asked.objects.filter(assessment__product=product, assessment__ended_at=None)
    for row in rows.select_related("user", "assessment"):
        found.setdefault(row.assessment.key, []).append(row)
    return found
