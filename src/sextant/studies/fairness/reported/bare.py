"""A report of rates that says no number of rows: what it shows, and that it shows no more."""

from __future__ import annotations

from dataclasses import dataclass

from sextant.contracts.evidence import Verdict
from sextant.engines.errors import SourceError
from sextant.studies.fairness.definitions import DEFINITIONS, Definition
from sextant.studies.fairness.reported.figures import RATES, Line, Report


@dataclass(frozen=True, slots=True)
class Apart:
    """How far apart two groups lie by one definition, as reported, with a bound if one is named."""

    definition: Definition
    value: float
    groups: tuple[str, str]
    bound: float | None = None


@dataclass(frozen=True, slots=True)
class Bare:
    """Rates without n: nothing is met or missed by them, however far apart or alike they are."""

    name: str
    by: tuple[str, ...]
    lines: tuple[Line, ...]
    apart: tuple[Apart, ...]

    @property
    def verdict(self) -> Verdict | None:
        """Undecided where a bound was named, else nothing was to be decided."""
        return "undecided" if any(one.bound is not None for one in self.apart) else None


def bare(report: Report, name: str, bounds: dict[str, float]) -> Bare:
    """What a report of rates alone says. Raises `SourceError` where it says no rate either."""
    lines = tuple(Line(one.values, _rates(one)) for one in report.lines)
    if not any(one.said for one in lines):
        raise SourceError([f"{name} says neither counts nor rates of its groups."])
    found = (_apart(one, lines, bounds.get(one.name)) for one in DEFINITIONS)
    return Bare(name, report.by, lines, tuple(one for one in found if one is not None))


def _rates(line: Line) -> dict[str, float]:
    return {name: value for name, value in line.said.items() if name in RATES}


def _apart(definition: Definition, lines: tuple[Line, ...], bound: float | None) -> Apart | None:
    """The worst pair of any of the definition's measures, where two groups have each of them."""
    worst: Apart | None = None
    for measure in definition.measures:
        held = sorted(
            (one.said[measure.name], one.name) for one in lines if measure.name in one.said
        )
        if len(held) < 2:
            return None
        (low, least), (high, most) = held[0], held[-1]
        ratio = low / high if high else 1.0
        value = high - low if definition.kind == "gap" else ratio
        if worst is None or value > worst.value:
            worst = Apart(definition, value, (least, most), bound)
    return worst
