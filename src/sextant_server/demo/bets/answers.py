"""Answers as the stories write them: a level, a range or words; why; how far it is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sextant_server.strategy.assessments.values import Said

Answers = Mapping[str, Said]


def known(value: str | tuple[float, float], why: str) -> Said:
    """Estimated: worked out from something that `why` names."""
    return _said(value, why, "estimated")


def believed(value: str | tuple[float, float], why: str = "") -> Said:
    """What somebody thinks."""
    return _said(value, why, "believed")


def words(text: str) -> Said:
    """Something said in words."""
    return Said(text=text, grade="believed")


def read(reference: str, why: str, level: str = "") -> Said:
    """Measured: what a record says; of a question with levels the one that it leads to."""
    return Said(level=level, why=why, grade="measured", reference=reference)


def _said(value: str | tuple[float, float], why: str, grade: str) -> Said:
    if isinstance(value, str):
        return Said(level=value, why=why, grade=grade)
    return Said(low=float(value[0]), high=float(value[1]), why=why, grade=grade)


@dataclass(frozen=True, slots=True)
class Amount:
    """One input of a value model: from, to, how far it is known, from where."""

    low: float
    high: float
    grade: str
    source: str
