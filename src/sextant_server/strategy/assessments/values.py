"""What somebody says to a question as a value that is kept, and back as what is held of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from sextant.strategy.frameworks import Given, Question
from sextant_server.core.errors import Invalid
from sextant_server.strategy.assessments.models import Answer
from sextant_server.strategy.bindings.grades import Grade
from sextant_server.strategy.bindings.reading import Reading, Reference
from sextant_server.strategy.bindings.units import WORDS, answers, counted

MOST = 4000
LARGEST = 1e15
PER_CENT = 100.0


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as it is sent: a level, the ends of a range or a text, why, and on what it rests.

    With a `reference` a range is taken from what that says, whatever was typed.
    """

    level: str = ""
    low: float | None = None
    high: float | None = None
    text: str = ""
    why: str = ""
    grade: str = ""
    reference: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was answered."""
        blank = not (self.level or self.text.strip() or self.reference)
        return blank and self.low is None and self.high is None


def value_of(
    question: Question, said: Said, reading: Reading | None, rests: Reference | None = None
) -> dict[str, Any]:
    """What is kept of an answer, with what was read of what it rests on.

    Raises Invalid, with the question's key as its field.
    """
    if question.kind == "text":
        return {"text": bounded(said.text, question.key)}
    if question.kind == "range":
        ends = (said.low, said.high) if reading is None else range_of(question, reading, rests)
        return _range(question, *ends)
    assert question.scale is not None
    if said.level not in question.scale.keys:
        names = ", ".join(question.scale.keys)
        raise Invalid(f"Choose one of its levels: {names}.", question.key)
    return {"levels": [said.level]}


def range_of(question: Question, reading: Reading, rests: Reference | None) -> tuple[float, float]:
    """The interval of a reading in the unit of a question; never its middle alone.

    What is measured, and the quality from which something is worth it, is kept as a fraction and
    asked for in per cent. Raises Invalid where there is no number, or one in another unit.
    """
    if reading.value is None:
        raise Invalid(
            f"That says no number: {reading.word or reading.says} Bind it to something that has"
            " one, or give the range yourself.", question.key,
        )  # fmt: skip
    if rests is not None and not answers(rests, question.unit, reading.counted):
        raise Invalid(
            f"“{question.name}” is asked for in {question.unit}, and that is"
            f" {WORDS[counted(rests, reading.counted)]}: {reading.says} Bind it to what is"
            " counted so, or give the range yourself.", question.key,
        )  # fmt: skip
    low = reading.value if reading.low is None else reading.low
    high = reading.value if reading.high is None else reading.high
    times = PER_CENT if question.unit.startswith("%") else 1.0
    return low * times, high * times


def grade_of(question: Question, said: Said) -> Grade:
    """The grade of an answer, where what it takes is there. Raises Invalid with the remedy."""
    grade = _grade(said)
    if grade not in Grade.values:
        raise Invalid("Say how far it is known: measured, estimated or believed.", question.key)
    if grade == Grade.MEASURED and not said.reference:
        raise Invalid(
            "Measured is only what rests on a record. Choose the record that it rests on, or call"
            " it estimated and say what it was worked out from.", question.key,
        )  # fmt: skip
    if grade == Grade.ESTIMATED and not said.why.strip():
        raise Invalid(
            "An estimate says what it was worked out from. Write it down, or call it believed.",
            question.key,
        )
    return Grade(grade)


def reference_of(question: Question, said: Said) -> Reference | None:
    """What an answer rests on. Raises Invalid where the question cannot rest on such a thing."""
    if not said.reference:
        return None
    try:
        found = Reference.parse(said.reference)
    except ValueError as error:
        raise Invalid(f"{error} Choose one of the list.", question.key) from None
    if found.kind not in question.rests_on:
        kinds = ", ".join(question.rests_on) or "nothing on record"
        raise Invalid(f"This question can rest on: {kinds}.", question.key)
    return found


def given_of(answer: Answer) -> Given:
    """What is held of a question by one answer."""
    value = answer.value
    return Given(
        levels=frozenset(value.get("levels", ())), low=value.get("low"), high=value.get("high"),
        text=value.get("text", ""), grade=str(answer.grade),
    )  # fmt: skip


def said_again(answer: Answer) -> Said:
    """An answer as it would be sent to say the same again."""
    value = answer.value
    return Said(
        level=next(iter(value.get("levels", ())), ""), low=value.get("low"),
        high=value.get("high"), text=value.get("text", ""), why=answer.why,
        grade=str(answer.grade), reference=answer.reference,
    )  # fmt: skip


def same(answer: Answer, said: Said) -> bool:
    """Whether somebody says again what he has answered already; what it rests on is not read.

    A form is sent whole, so that changing one answer must not renew the others.
    """
    before = said_again(answer)
    return (
        (said.level, said.text.strip(), said.why.strip(), _grade(said), said.reference)
        == (before.level, before.text, before.why, before.grade, before.reference)
    ) and (bool(said.reference) or (said.low, said.high) == (before.low, before.high))


def _grade(said: Said) -> str:
    """As it was called; where it was not, measured with a record and believed without."""
    return said.grade or str(Grade.MEASURED if said.reference else Grade.BELIEVED)


def bounded(text: str, field: str) -> str:
    """A text that is not too long."""
    said = text.strip()
    if len(said) > MOST:
        raise Invalid(f"At most {MOST:,} characters, not {len(said):,}. Say less.", field)
    return said


def _range(question: Question, low: float | None, high: float | None) -> dict[str, Any]:
    for end in (low, high):
        if end is not None and not (math.isfinite(end) and abs(end) <= LARGEST):
            raise Invalid(f"{end:g} is no number that can be kept. Write another.", question.key)
    if low is not None and high is not None and low > high:
        raise Invalid(
            f"The range runs from {low:g} to {high:g}. Write the smaller number first.",
            question.key,
        )
    return {"low": low, "high": high}
