"""Which answers count for a question, and which of them no longer hold what they rested on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sextant.strategy.frameworks import NOTHING, Given, together
from sextant_server.strategy.assessments.models import Answer
from sextant_server.strategy.assessments.values import given_of
from sextant_server.strategy.bindings.reading import Reading, Reference, moved

Read = Callable[[Reference], Reading]


@dataclass(frozen=True, slots=True)
class Reopened:
    """An answer that no longer counts: whose, why, and since which day."""

    answer: Answer
    why: str
    since: date | None

    @property
    def question(self) -> str:
        return self.answer.question


@dataclass(frozen=True, slots=True)
class Counted:
    """What is held of one question, from which answers, and which of these have reopened."""

    given: Given
    answers: tuple[Answer, ...]
    reopened: tuple[Reopened, ...] = ()


def counted(answers: Iterable[Answer], read: Read, today: date) -> dict[str, Counted]:
    """By question. The settled answer counts alone; else those of everybody, together.

    Where one of them has reopened, everything is possible again.
    """
    by_question: dict[str, list[Answer]] = {}
    for one in answers:
        by_question.setdefault(one.question, []).append(one)
    return {key: _one(rows, read, today) for key, rows in by_question.items()}


def that_count(answers: Sequence[Answer]) -> list[Answer]:
    """The settled answer, else all."""
    return [one for one in answers if one.settles] or list(answers)


def reopened(answer: Answer, read: Read, today: date) -> Reopened | None:
    """Why an answer no longer counts; None where it does."""
    if answer.expires_on is not None and answer.expires_on < today:
        gone = f"{answer.expires_on.day} {answer.expires_on:%b %Y}"
        return Reopened(answer, f"It expired on {gone}.", answer.expires_on)
    if not answer.reference:
        return None
    assert answer.reading is not None
    now = read(Reference.parse(answer.reference))
    why = moved(Reading.from_plain(answer.reading), now)
    return Reopened(answer, why, now.on) if why else None


def weakest(counts: Mapping[str, Counted]) -> str:
    """The weakest grade among the answers that count; empty where nobody has answered."""
    grades = {str(one.grade) for held in counts.values() for one in held.answers}
    return next((one for one in ("believed", "estimated", "measured") if one in grades), "")


def expiry(counts: Mapping[str, Counted]) -> date | None:
    """The day on which the first of the answers that count expires."""
    days = [one.expires_on for held in counts.values() for one in held.answers if one.expires_on]
    return min(days, default=None)


def _one(rows: Sequence[Answer], read: Read, today: date) -> Counted:
    count = that_count(rows)
    open_again = tuple(one for row in count if (one := reopened(row, read, today)))
    held = NOTHING if open_again else together(given_of(row) for row in count)
    return Counted(held, tuple(count), open_again)


def verified(held: Given, is_verified: bool) -> Given:
    """What is held, with whether something has verified it."""
    return replace(held, verified=is_verified)
