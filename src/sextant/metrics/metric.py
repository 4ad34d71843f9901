"""A metric of the catalogue: what it needs, how it is estimated, how it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sextant.metrics.requests import Request
from sextant.metrics.tally import Cell
from sextant.stats.estimate import Estimate, Level

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a metric: `recall(threshold=0.5)`, `quantile(latency_ms, q=0.95)`.

    `kind` "column" is positional and names a column; the others are written `name=value`; a
    "value" is one of a column's, as text.
    A number must lie between `low` and `high`, and be `whole` where that is said. No `default` and
    `required` False: None.
    """

    name: str
    kind: Literal["column", "number", "list", "value"]
    doc: str
    required: bool = False
    default: Any = None
    low: float | None = None
    high: float | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """How a metric reads in words.

    For a share: "Of 100 {of}, about 85 {are}" and, where `failure` is True, the sentence counts
    the others: "about 15 {otherwise}". For the rest `noun` alone: "{noun} is 12.3". Placeholders
    `{column}`, `{q}`, `{low}` … are filled from the metric's parameters.
    """

    noun: str
    of: str = ""
    are: str = ""
    otherwise: str = ""
    failure: bool = False


@dataclass(frozen=True, slots=True)
class Metric:
    """One entry of the catalogue; the documentation is generated from it.

    `needs(params, bound)` names the state it wants (`bound` lets a quantile ask for an exact
    edge there); `estimate(cell, params, level)` turns that state into an estimate. `labelled`: it
    rests on labelled rows, so that more of those would decide it. `fact`: counted in the rows that
    are there, without an interval and met or missed; `whole` where segments cannot have it.
    """

    name: str
    family: str
    summary: str
    formula: str
    interval: str
    domain: str
    source: str
    unit: Literal["share", "percent", "score", "value", "money"]
    better: Literal["higher", "lower", "either"]
    reading: Reading
    needs: Callable[[Params, float], Request]
    estimate: Callable[[Cell, Params, Level], Estimate]
    parameters: tuple[Parameter, ...] = ()
    range: tuple[float, float] = (float("-inf"), float("inf"))
    labelled: bool = True
    tasks: tuple[str, ...] = ("binary",)
    version: int = 1
    fact: bool = False
    whole: bool = False
