"""What a metric of two versions is: the metric of one, and the estimate of their difference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sextant.metrics.metric import Metric, Params
from sextant.metrics.paired.requests import PairRequest, Side
from sextant.metrics.tally import Cell
from sextant.stats.estimate import Estimate, Level

Cells = tuple[Cell, ...]
"""The cells that answer a metric's requests, in their order."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The two versions; `truth` is the column of the number that both predict, "" for classes."""

    a: Side
    b: Side
    truth: str = ""
    by_unit: bool = False


@dataclass(frozen=True, slots=True)
class PairedMetric:
    """One metric that two versions can be compared by.

    `sides` are both versions' own estimates over the rows that both have judged, `difference` is
    B - A, and `detectable` the least difference that these data could have shown at 80 % power
    (None where none could). `labelled`: it rests on labelled rows. `noun` names the number where
    the metric's own reading does not. `plain` is the difference alone, of counts [label, a, b],
    where one table of counts answers the metric; None elsewhere.
    """

    name: str
    metric: Metric
    better: Literal["higher", "lower", "either"]
    needs: Callable[[Params, Versions], tuple[PairRequest, ...]]
    sides: Callable[[Cells, Params, Level], tuple[Estimate, Estimate]]
    difference: Callable[[Cells, Params, Level], Estimate]
    detectable: Callable[[Cells, Params, Level, Estimate], float | None]
    labelled: bool = True
    tasks: tuple[str, ...] = ("binary",)
    scored: bool = False
    noun: str = ""
    method: str = ""
    plain: Callable[[NDArray[np.float64], Params], float] | None = None
