"""Today: what needs me?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sextant_server.accounts.acting import person_of
from sextant_server.accounts.models import User
from sextant_server.core.access import SIGNED_IN, access
from sextant_server.failures.queries import standing
from sextant_server.products.models import Stage
from sextant_server.products.queries import visible_to
from sextant_server.stories import queries
from sextant_server.stories.actions import note_visit
from sextant_server.stories.line import Line
from sextant_server.stories.today.bets import asked, ending, reopened, unseen
from sextant_server.stories.today.decisions import conditions, decisions, questions, signatures
from sextant_server.stories.today.failing import failing
from sextant_server.stories.today.headline import headline
from sextant_server.stories.today.house import house
from sextant_server.stories.today.news import news
from sextant_server.stories.today.promises import promises
from sextant_server.stories.today.silence import silence
from sextant_server.stories.today.studies import studies
from sextant_server.strategy.assessments import queries as assessments
from sextant_server.strategy.bindings.memory import remembering
from sextant_server.strategy.opportunities.queries import known

MOST = 12


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, its first lines, and how many more there are."""

    title: str
    lines: list[Line]
    more: int = 0
    decisions: int = 0

    @property
    def count(self) -> int:
        return len(self.lines) + self.more


@access(SIGNED_IN)
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What needs me, the gravest first; or, honestly, nothing."""
    user, now = person_of(request), timezone.now()
    before = note_visit(user, now)
    mine = queries.mine(user)
    with remembering():
        sections = _sections(user, mine, now, before)
    shown = [section for section in sections.values() if section.lines]
    count = {name: section.count for name, section in sections.items()}
    context = {
        "headline": headline(
            count["promises"],
            sections["waiting"].decisions,
            count["waiting"] + count["reopened"] + count["failing"] + count["studies"],
            count["silence"],
            acts=any(held.acts for held in mine.values()),
        ),
        "sections": shown,
        "before": before,
        "now": now,
        "watching": bool(mine),
        "any_product": bool(shown) or bool(mine) or visible_to(user).exists(),
    }
    return render(request, "stories/today.html", context)


def _sections(
    user: User, mine: dict[int, queries.Mine], now: datetime, before: datetime | None
) -> dict[str, Section]:
    keys, day = list(mine), now.date()
    evidence, contracts = queries.deciding(keys), queries.contracts(keys, signatures=True)
    gates = queries.open_gates(keys)
    drafts = [one for held in contracts.values() for one in held]
    to_decide = decisions(user, mine, gates, queries.proposed(gates.values()))
    bets = {key: held.product for key, held in mine.items() if held.product.stage != Stage.RETIRED}
    waiting = [
        *to_decide,
        *signatures(user, mine, drafts),
        *questions(user, mine, queries.unanswered(list(gates.values()))),
        *conditions(queries.conditions_of(user), day),
        *asked(assessments.waiting(user, day)),
        *ending(mine, known(bets, day)),
    ]
    decided = queries.decided_on(held[0] for held in evidence.values() if held)
    arrived = queries.arrived(keys, before, MOST) if before else []
    return {
        "promises": _section(
            "Promises broken or at risk",
            promises([one.product for one in mine.values()], evidence, decided, day),
        ),
        "waiting": replace(_section("What waits for you", waiting), decisions=len(to_decide)),
        "failing": _section("Where it fails", failing(mine, standing(bets, day))),
        "studies": _section("What studies say", studies(mine, queries.studied(keys), now)),
        "reopened": _section(
            "What no longer holds", reopened(mine, assessments.reopened(bets, day))
        ),
        "news": _section("New evidence", news(arrived)),
        "silence": _section(
            "Silence",
            [
                *house(user, now),
                *unseen(assessments.ownerless(bets)),
                *silence(mine, contracts, evidence, day),
            ],
        ),
    }


def _section(title: str, lines: list[Line]) -> Section:
    return Section(title, lines[:MOST], max(len(lines) - MOST, 0))
