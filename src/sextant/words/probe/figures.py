"""Numbers of a probe as they are written, and what its measures and answers are called."""

from __future__ import annotations

import math

from sextant.stats.estimate import Estimate
from sextant.studies.probe.curve import Forecast
from sextant.studies.probe.result import Found, Kind, Probe
from sextant.words.numbers import Scale, Unit, scale_for, span, whole

MEASURES = {
    "accuracy": "accuracy", "auc": "AUC", "recall": "recall", "precision": "precision",
    "mae": "mean error", "r2": "R²",
}  # fmt: skip
UNITS: dict[str, Unit] = {"mae": "value", "r2": "score"}
TITLES: dict[Kind, str] = {
    "always": "Always the same",
    "last": "The same as last time",
    "rule": "The given rule",
    "column": "The best rule of one column",
    "simple": "A simple model",
    "strong": "A strong model",
}
MODELS = {"simple": "the simple model", "strong": "the strong model"}


def scale(name: str, *values: float, points: bool = False) -> Scale:
    """How numbers of a measure are written, a difference of shares in points."""
    unit: Unit = UNITS.get(name, "points" if points else "share")
    known = [one for one in values if math.isfinite(one)]
    low, high = min(known, default=0.0), max(known, default=0.0)
    if name in ("mae", "rmse"):
        return Scale(1.0, _places(max(abs(low), abs(high)), high - low))
    return scale_for(unit, (low + high) / 2, low, high, 0.0, ">=")


def _places(size: float, width: float) -> int:
    """Decimals that show three digits of a number, and two of its interval's width."""
    if size == 0:
        return 0
    wanted = [2 - math.floor(math.log10(size))]
    if width > 0:
        wanted.append(1 - math.floor(math.log10(width)))
    return min(max(*wanted, 0) if len(wanted) > 1 else max(wanted[0], 0), 8)


def number(name: str, one: Estimate) -> str:
    """`84.5 % (84.1 to 84.9)`; the reason where there is none."""
    if one.value is None:
        return one.reason
    how = scale(name, one.value, one.low, one.high)
    if not one.assessable:
        return f"{how.full(one.value)}, {one.reason}"
    return f"{how.full(one.value)} ({span(how, one.low, one.high)})"


def lead(name: str, one: Estimate) -> str:
    """`4.2 points (3.6 to 4.8)`."""
    if one.value is None:
        return one.reason
    how = scale(name, one.value, one.low, one.high, points=True)
    return f"{how.full(one.value)} ({span(how, one.low, one.high)})"


def worth(name: str, one: Forecast) -> str:
    """`1.0 to 3.0 points`, `less than 0.1 points`, of a fall of the error."""
    how = scale(name, one.low, one.high, points=True)
    if how.shown(one.high) == 0:
        return "nothing that shows"
    text = f"{how.bare(one.low)} to {how.full(one.high)}"
    return text if name != "mae" else f"{text} less of the mean error"


def plain_name(one: Found) -> str:
    """What the best way without a model is called in a sentence."""
    match one.kind:
        case "always":
            return f"the constant answer {one.says}"
        case "last":
            return "the answer of last time"
        case "rule":
            return f"the given rule ({one.says})"
        case _:
            return f"a rule of one column ({one.says})"


def rows_of(probe: Probe) -> str:
    """`8,000 labelled rows`."""
    return f"{whole(probe.table.used)} labelled rows"
