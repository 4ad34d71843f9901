"""What everybody sees once the answers are uncovered: the verdict, and where people differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from sextant.strategy.frameworks import Framework, Given, Question, Tier, compare, flips
from sextant_server.products.entering import Here
from sextant_server.strategy.assessments.forms import SettleForm
from sextant_server.strategy.assessments.models import Answer, Asked, Assessment
from sextant_server.strategy.assessments.offering import Offer
from sextant_server.strategy.assessments.showing import Shown, shown
from sextant_server.strategy.assessments.values import given_of
from sextant_server.strategy.assessments.weighing import Weighed

SHOWN = 3
"""So many questions that would decide it stand in the headline."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that people answer differently, their answers, and the form that settles it."""

    question: Question
    decides: bool
    answers: tuple[Shown, ...]
    settled: Shown | None
    form: SettleForm | None


@dataclass(frozen=True, slots=True)
class Seen:
    """An assessment as one person sees it."""

    here: Here
    one: Weighed
    rows: Sequence[Answer]
    asked: Sequence[Asked]
    offers: Sequence[Offer]

    @property
    def assessment(self) -> Assessment:
        return self.one.assessment

    @property
    def mine(self) -> Asked | None:
        return next((row for row in self.asked if row.user_id == self.here.user.pk), None)


def uncovered(seen: Seen, refused: SettleForm | None) -> dict[str, Any]:
    """The verdict with its reasons, the differences with their forms, and what all agree on."""
    one = seen.one
    framework, tier = one.framework, cast(Tier, one.tier)
    own = [row for row in seen.rows if not row.settles]
    settled = {row.question: row for row in seen.rows if row.settles}
    people: dict[str, dict[str, Given]] = {}
    for row in own:
        people.setdefault(str(row.by_id), {})[row.question] = given_of(row)
    differing = compare(framework, people, tier)
    keys = {found.question for found in differing}
    names = framework.questions
    return {
        "judged": one.judged,
        "headline": _headline(one),
        "flips": [
            (names[flip.question], _level(names[flip.question], flip.level), flip.outcome)
            for flip in flips(framework, one.given, tier)
        ],
        "deciders": [names[key] for key in one.judged.deciders],
        "lacking": [
            (names[lack.question], lack.why)
            for lack in one.judged.lacking
            if not one.counts.get(lack.question) or not one.counts[lack.question].reopened
        ],
        "differences": [
            Difference(
                names[found.question], found.decides, _shown(framework, own, found.question),
                shown(names[found.question], settled[found.question])
                if found.question in settled else None,
                _settling(seen, names[found.question], refused),
            )
            for found in differing
        ],
        "agreed": [
            (question, _shown(framework, list(one.counts[key].answers), key))
            for key, question in names.items()
            if key in one.counts and key not in keys
        ],
    }  # fmt: skip


def _headline(one: Weighed) -> str:
    """The outcome; while it is open, what it turns on."""
    if one.judged.outcome is not None:
        return one.judged.says
    questions = one.framework.questions
    names = [questions[key].name for key in one.judged.deciders][:SHOWN]
    if not names:
        return "The answers leave it open."
    words = [name[:1].lower() + name[1:] for name in names]
    listed = f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
    return f"Not decided: it turns on {listed}."


def _settling(seen: Seen, question: Question, refused: SettleForm | None) -> SettleForm | None:
    if not seen.here.may("settle"):
        return None
    if refused is not None and refused.question.key == question.key:
        return refused
    return SettleForm(question, seen.offers, seen.assessment.version)


def _shown(framework: Framework, rows: Sequence[Answer], key: str) -> tuple[Shown, ...]:
    return tuple(shown(framework.questions[key], row) for row in rows if row.question == key)


def _level(question: Question, key: str) -> str:
    if question.scale is not None and key in question.scale.keys:
        return question.scale.level(key).name
    return key
