"""The page of a product: where does it stand, and what comes next?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sextant_server.contracts.models import State as Locking
from sextant_server.evidence.models import Evidence
from sextant_server.gates import judging
from sextant_server.gates.models import Decision, Outcome
from sextant_server.gates.queries import open_conditions
from sextant_server.products.entering import Here, in_product, show
from sextant_server.products.models import Part, Stage
from sextant_server.products.queries import people_of
from sextant_server.stories import queries
from sextant_server.stories.next_step import Standing, next_step
from sextant_server.stories.today.promises import expired
from sextant_server.studies.models import Study
from sextant_server.studies.queries import studies_of
from sextant_server.ui.parts import Moment

ANSWERING = (Part.OWNER, Part.BUSINESS, Part.TECHNICAL)


@in_product
@require_safe
def product(request: HttpRequest, here: Here) -> HttpResponse:
    """The answer as a headline, the next step, and what it rests on."""
    found, now = here.product, timezone.now()
    contracts = tuple(queries.contracts([found.pk]).get(found.pk, ()))
    recent = queries.arrived_in(found)
    newest = queries.newest_deciding(found, recent)
    gate = queries.open_gates([found.pk]).get(found.pk)
    late = found.stage in (Stage.LAUNCH, Stage.OPERATIONS)
    owed = tuple(open_conditions(found)) if late else ()
    decisions = queries.decisions_of(found)
    halted = _halted(decisions, newest)
    bet = found.stage in (Stage.OPPORTUNITY, Stage.SCOPING) and not (gate or halted)
    ahead = tuple(judging.ahead(found)) if bet else ()
    locked = any(one.state == Locking.LOCKED for one in contracts)
    sources = locked or found.sources.exists()
    standing = Standing(contracts, newest, gate, owed, halted, sources, now.date(), ahead)
    moves = list(found.moves.select_related("by"))
    context = {
        "headline": _headline(standing),
        "step": next_step(here, standing),
        "evidence": newest,
        "expired": newest is not None and expired(newest, now.date()),
        "standing": standing,
        "people": [one for one in people_of(found) if one.part in ANSWERING],
        "moments": _moments(
            decisions, recent, list(studies_of(found).select_related("product")[: queries.RECENT])
        ),
        "backs": _times(sum(move.is_back for move in moves)),
        "last_back": next((move for move in moves if move.is_back), None),
    }
    return show(request, here, "stories/product.html", context)


def _halted(decisions: list[Decision], newest: Evidence | None) -> Decision | None:
    """The last decision, where it was to hold or to stop, and no newer evidence has come."""
    last = decisions[0] if decisions else None
    if last is None or last.outcome not in (Outcome.HOLD, Outcome.STOP):
        return None
    moved_on = newest is not None and newest.pk != last.evidence_id
    return None if moved_on else last


def _times(count: int) -> str:
    return {0: "", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _headline(standing: Standing) -> str:
    """What the newest evidence says, or why there is none."""
    if standing.evidence and expired(standing.evidence, standing.today):
        return "Not known any more: the evidence has expired."
    if standing.evidence:
        return standing.evidence.headline
    if standing.locked:
        return "Promised, and not yet looked at."
    if standing.draft:
        return "Not promised yet: the contract is a draft."
    return "Nothing is promised yet."


def _moments(
    decisions: list[Decision], evidence: list[Evidence], studies: list[Study]
) -> list[Moment]:
    """Decisions, evidence and studies on one line of time, the newest first."""
    moments = [
        Moment(
            one.effective_at or one.decided_at,
            f"{one.get_outcome_display()}: to {Stage(one.gate.target).label.lower()}",
            str(one.decided_by),
            one.reason,
        )
        for one in decisions
    ]
    moments += [
        Moment(
            one.recorded_at,
            f"Evidence {one.number}: {one.headline}",
            note="Of a draft: it decides nothing." if one.draft else "",
        )
        for one in evidence
    ]
    moments += [
        Moment(
            one.recorded_at,
            f"Study {one.number}: {one.headline}",
            href=reverse("study", args=[one.product.slug, one.number]),
        )
        for one in studies
    ]
    return sorted(moments, key=lambda one: one.at, reverse=True)[: queries.RECENT]
