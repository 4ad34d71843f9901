"""What a framework says in sentences: a dimension's level, and an outcome or several."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sextant.strategy.frameworks.given import NOTHING, Given

if TYPE_CHECKING:
    from sextant.strategy.frameworks.model import Dimension, Framework, Outcome, Question
    from sextant.strategy.frameworks.state import Answers

FAILS = "{fails}"
SHOWN = 3


def listed(words: Sequence[str], last: str = "and") -> str:
    """A, B and C."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def inside(name: str) -> str:
    """A name as it stands inside a sentence; `AI …` stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def of_outcome(outcome: Outcome, fails: Sequence[str], lacking: int) -> str:
    """An outcome's sentence with the names of what fails; and that it does not count yet."""
    names = [inside(name) for name in fails]
    says = outcome.says.replace(FAILS, listed(names) or "several dimensions together")
    if outcome.verdict != "met" or not lacking:
        return says
    short = "one answer is" if lacking == 1 else f"{lacking} answers are"
    return f"{says} It does not count yet, for {short} missing or too weak."


def of_outcomes(framework: Framework, possible: Sequence[Outcome], deciders: Sequence[str]) -> str:
    """What is still possible, and what would decide it."""
    names = listed([f"“{one.name}”" for one in possible], "or")
    says = f"Not decided: {names} is still possible."
    if not deciders:
        return says
    asked = [framework.questions[key].name for key in deciders]
    shown = [f"“{name}”" for name in asked[:SHOWN]]
    if len(asked) > SHOWN:
        shown.append(f"{len(asked) - SHOWN} more")
    return f"{says} It turns on {listed(shown)}."


def of_dimension(
    framework: Framework, one: Dimension, levels: Sequence[str], given: Answers
) -> str:
    """A dimension's level with its anchor; the levels that are possible where there are several."""
    ranges = _ranges(framework, one, given) if one.kind == "compare" else ""
    if len(levels) == 1:
        level = one.scale.level(levels[0])
        says = one.says.get(level.key) or _anchored(level.name, level.means)
        return f"{ranges} {says}".strip()
    names = [one.scale.level(key).name for key in levels]
    if len(levels) == len(one.scale.levels):
        return f"{ranges} Open: {listed(names, 'or')}.".strip()
    return f"{ranges} Either {listed(names, 'or')}.".strip()


def _anchored(name: str, means: str) -> str:
    said = f"{name[:1].upper()}{name[1:]}: {means}"
    return said if said.endswith((".", "?", "!")) else f"{said}."


def _ranges(framework: Framework, one: Dimension, given: Answers) -> str:
    """Both ranges, each with its name."""
    first, against = (framework.questions[name] for name in one.of)
    shown = [_range(question, given.get(question.key, NOTHING)) for question in (first, against)]
    if not all(shown):
        return ""
    return f"{first.name} {shown[0]} against {inside(against.name)} {shown[1]}."


def _range(question: Question, held: Given) -> str:
    low, high = held.ends
    if math.isinf(low) and math.isinf(high):
        return ""
    unit = f" {question.unit}" if question.unit else ""
    if math.isinf(high):
        return f"{_number(low)}{unit} or more"
    if math.isinf(low):
        return f"at most {_number(high)}{unit}"
    if low == high:
        return f"{_number(low)}{unit}"
    return f"{_number(low)} to {_number(high)}{unit}"


def _number(x: float) -> str:
    """With four digits, and all of those before the point."""
    return f"{x:,.0f}" if abs(x) >= 1000 else f"{x:.4g}"
