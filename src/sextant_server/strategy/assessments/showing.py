"""An answer as it is read: the level in its words, the range with its unit, why, and how known."""

from __future__ import annotations

from dataclasses import dataclass

from sextant.strategy.frameworks import Question
from sextant_server.strategy.assessments.models import Answer
from sextant_server.strategy.assessments.standing import called
from sextant_server.strategy.bindings.reading import Reading, Reference


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer in words."""

    answer: Answer
    says: str
    rests_on: str

    @property
    def graded(self) -> bool:
        """Whether it is known to some degree; words only explain."""
        return "text" not in self.answer.value

    @property
    def by(self) -> str:
        return str(self.answer.by)


def shown(question: Question, answer: Answer) -> Shown:
    """An answer as it is read."""
    return Shown(answer, value_in_words(question, answer), _rests_on(answer))


def value_in_words(question: Question, answer: Answer) -> str:
    """`high`, `72 to 85 %`, or the text itself."""
    value = answer.value
    if "text" in value:
        return str(value["text"])
    if "levels" in value:
        names = []
        for key in value["levels"]:
            known = question.scale is not None and key in question.scale.keys
            names.append(question.scale.level(key).name if known and question.scale else key)
        return " or ".join(names)
    return _range(value.get("low"), value.get("high"), question.unit)


def _range(low: float | None, high: float | None, unit: str) -> str:
    end = f" {unit}" if unit else ""
    if low is None and high is None:
        return "any number"
    if low is None or high is None:
        known = low if high is None else high
        assert known is not None
        return (
            f"{_number(known)}{end} or more" if high is None else f"at most {_number(known)}{end}"
        )
    if low == high:
        return f"{_number(low)}{end}"
    return f"{_number(low)} to {_number(high)}{end}"


def _number(x: float) -> str:
    """With four digits, and all of those before the point."""
    return f"{x:,.0f}" if abs(x) >= 1000 else f"{x:.4g}"


def _rests_on(answer: Answer) -> str:
    if not answer.reference or answer.reading is None:
        return ""
    return f"{called(Reference.parse(answer.reference))}: {Reading.from_plain(answer.reading).says}"
