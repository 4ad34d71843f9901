"""Studies that ask for a look: their answer is a miss, somebody is hurt, or nobody has opened them.

One line a product, of the gravest. A miss stays for thirty days, or until the same question is
answered otherwise; a study that nobody has opened stays until somebody of the team opens it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.urls import reverse

from sextant.words.numbers import word
from sextant_server.stories.line import Line, of, ranked, stake
from sextant_server.stories.queries import Mine
from sextant_server.studies.models import Study

STAYS = timedelta(days=30)
HURTS = "fairness"
MISSED, UNREAD = 2.0, 1.0


def studies(mine: Mapping[int, Mine], found: Sequence[Study], now: datetime) -> list[Line]:
    """`found`: of each question the newest study, the newest first."""
    lines = []
    for key, held in mine.items():
        asking = [one for one in found if one.product_id == key and _grave(one, now)]
        if asking:
            worst = max(asking, key=lambda one: (_grave(one, now), one.number))
            lines.append(_line(held, worst, len(asking) - 1, _grave(worst, now)))
    return ranked(lines)


def _grave(one: Study, now: datetime) -> float:
    """How much a study asks for a look; 0 where it does not."""
    if (one.verdict == "missed" or _hurts(one)) and now - one.recorded_at < STAYS:
        return MISSED
    return UNREAD if one.opened_at is None else 0.0


def _hurts(one: Study) -> bool:
    """A review keeps a number where somebody is hurt, and none where nobody is."""
    return one.kind == HURTS and one.figure is not None


def _line(held: Mine, one: Study, others: int, grave: float) -> Line:
    at = f"Study {one.number} of {one.recorded_at.day} {one.recorded_at:%b}"
    n = f", n {one.figure['n']:,.0f}" if one.figure else ""
    unread = "; nobody of the team has opened it" if one.opened_at is None else ""
    more = ""
    if others:
        ask = "study asks" if others == 1 else "studies ask"
        more = f" {word(others).capitalize()} more {ask} for a look."
    return Line(
        says=of(held.product, one.headline),
        why=f"{at}{n}{unread}.{more}",
        href=reverse("study", args=[held.product.slug, one.number]),
        label="Read it",
        verdict=one.verdict,
        word="" if one.verdict else "unread" if one.opened_at is None else "study",
        rank=(*stake(held.product), grave),
    )
