"""A bound must be able to decide: inside what the quantity can be, and on its telling side."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sextant.contracts.grammar.tokens import CriterionFault, plain

if TYPE_CHECKING:
    from sextant.contracts.grammar.calls import Faults
    from sextant.contracts.grammar.syntax import Sentence
    from sextant.metrics.metric import Metric


def check_bound(sentence: Sentence, kind: str, metric: Metric, faults: Faults) -> None:
    """Add a fault if the bound cannot be reached, always holds, or reads the wrong way round."""
    bound = sentence.bound.value
    if not isinstance(bound, float):
        return
    at = sentence.bound.at
    if kind == "gap" and sentence.op != "<=":
        what = "A gap is the largest difference of two groups: only <= promises anything."
        faults.append(CriterionFault(at, what, f"Write gap(…) <= {plain(bound)}."))
    elif kind == "ratio" and sentence.op != ">=":
        what = "A ratio is the smallest of two groups: only >= promises anything."
        faults.append(CriterionFault(at, what, f"Write ratio(…) >= {plain(bound)}."))
    elif kind in ("gap", "ratio"):
        _check_comparison(bound, at, kind, metric, faults)
    else:
        _check_range(sentence.op, bound, at, kind, metric, faults)


def _check_comparison(bound: float, at: int, kind: str, metric: Metric, faults: Faults) -> None:
    """A gap or ratio: strictly inside, for at the ends nothing is shown or nothing is said."""
    low, high = metric.range
    top = 1.0 if kind == "ratio" else high - low
    if 0 < bound < top:
        return
    limits = "above 0" if math.isinf(top) else f"between 0 and {plain(top)}, both excluded"
    what = f"The bound {plain(bound)} of {kind}({metric.name}) can never decide."
    faults.append(CriterionFault(at, what, f"It must lie {limits}." + _percent(bound, 0, top)))


def _check_range(op: str, bound: float, at: int, kind: str, metric: Metric, faults: Faults) -> None:
    low, high = metric.range
    if kind == "contrast":
        low, high = low - high, high - low
    name = f"a difference of {metric.name}" if kind == "contrast" else metric.name
    if not low <= bound <= high:
        what = f"The bound {plain(bound)} lies outside what {name} can be."
        remedy = f"It lies {_limits(low, high)}." + _percent(bound, low, high)
        faults.append(CriterionFault(at, what, remedy))
    elif (op, bound) in ((">=", low), ("<=", high)):
        what = f"{name} {op} {plain(bound)} always holds: it decides nothing."
        faults.append(CriterionFault(at, what, "Write a bound that could be missed."))


def _limits(low: float, high: float) -> str:
    if math.isinf(high):
        return f"at {plain(low)} or above"
    return (
        f"at {plain(high)} or below" if math.isinf(low) else f"from {plain(low)} to {plain(high)}"
    )


def _percent(bound: float, low: float, high: float) -> str:
    """A share written without its percent sign is the usual slip."""
    fits = 2 <= bound <= 100 and low <= bound / 100 < high <= 1
    return f" Did you mean {plain(bound)}%?" if fits else ""
