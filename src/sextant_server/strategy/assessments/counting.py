"""Which answers count for a question, and which of them no longer hold what they rested on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sextant.strategy import grades
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


@dataclass(frozen=True, slots=True, eq=False)
class Counting:
    """The answers that count, by question, before anybody asks whether they still hold.

    Two of them are the same only where they are one, so that what follows from it can be looked up
    by it. `bound`: some of them rest on records. `expires_on`: the day on which the first does.
    """

    counts: Mapping[str, Counted]
    bound: bool
    expires_on: date | None

    @property
    def answers(self) -> list[Answer]:
        """All answers that count."""
        return [row for held in self.counts.values() for row in held.answers]

    def still(self, read: Read, today: date) -> Mapping[str, Counted]:
        """What counts on a day. Where an answer has reopened, everything is possible again."""
        if not self.bound and (self.expires_on is None or self.expires_on >= today):
            return self.counts
        return {key: _still(one, read, today) for key, one in self.counts.items()}


def counting(answers: Iterable[Answer]) -> Counting:
    """The settled answer counts alone; else those of everybody, together."""
    by_question: dict[str, list[Answer]] = {}
    for one in answers:
        by_question.setdefault(one.question, []).append(one)
    counts = {key: _counted(rows) for key, rows in by_question.items()}
    rows = [row for held in counts.values() for row in held.answers]
    days = [row.expires_on for row in rows if row.expires_on is not None]
    return Counting(counts, any(row.reference for row in rows), min(days, default=None))


NONE = counting(())


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
    """The weakest grade among the answers that count; empty where nobody has answered.

    Words are neither measured nor believed: they explain.
    """
    held = {
        str(one.grade)
        for counted in counts.values()
        for one in counted.answers
        if "text" not in one.value
    }
    return grades.weakest(held)


def expiry(counts: Mapping[str, Counted]) -> date | None:
    """The day on which the first of the answers that count expires."""
    days = [one.expires_on for held in counts.values() for one in held.answers if one.expires_on]
    return min(days, default=None)


def _counted(rows: Sequence[Answer]) -> Counted:
    count = tuple(one for one in rows if one.settles) or tuple(rows)
    if len(count) == 1:
        return Counted(given_of(count[0]), count)
    return Counted(together(given_of(row) for row in count), count)


def _still(held: Counted, read: Read, today: date) -> Counted:
    again = tuple(one for row in held.answers if (one := reopened(row, read, today)))
    return Counted(NOTHING, held.answers, again) if again else held
