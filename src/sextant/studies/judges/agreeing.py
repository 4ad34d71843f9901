"""How far a judge agrees with people, and people with each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sextant.metrics.tally import Cell
from sextant.stats.agreement import ac1, alpha, jackknife, jackknife_by_unit, kappa
from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import rate, rate_by_unit
from sextant.studies.judges.patterns import Pattern, classes_of, held, square, units_of, verdicts
from sextant.studies.judges.result import Measure, Pair, PerClass

Array = NDArray[np.float64]
MOST = 50
"""Verdicts of more classes than these are numbers, not classes."""


def share_of(
    cell: Cell, keys: list[Pattern], yes: list[bool], among: list[bool], level: Level
) -> Estimate:
    """The share of rows of the patterns `among` that are of those in `yes`; by unit where kept."""
    rows = np.array([held(cell.whole).get(key, 0.0) for key in keys])
    counted = np.array(among, dtype=float)
    hit = counted * np.array(yes, dtype=float)
    units = units_of(cell, keys)
    if units is not None:
        return rate_by_unit(units @ hit, units @ counted, level)
    return rate(float(rows @ hit), float(rows @ counted), level)


def pair(
    cell: Cell,
    a: str,
    b: str,
    level: Level,
    known: set[str],
    scale: str = "nominal",
) -> Pair:
    """Two raters: raw agreement, κ, AC1 and α over the rows on which both gave a known verdict.

    Where the second is a judge (`known` are people's verdicts) its silent rows are counted apart,
    and count as not agreeing in the raw agreement.
    """
    found = held(cell.whole)
    labelled = {key: n for key, n in found.items() if key[0]}
    both = [key for key in labelled if key[1] in known]
    silent = sum(n for key, n in labelled.items() if key[1] not in known)
    keys = list(labelled)
    raw = share_of(cell, keys, [key[0] == key[1] for key in keys], [True] * len(keys), level)
    measures = [Measure("raw", raw)]
    classes = classes_of(both)
    if len(classes) <= MOST and both:
        rows = np.array([labelled[key] for key in both])
        measures += _chance(cell, both, rows, classes, level, scale)
    table = tuple((key[0], key[1], n) for key, n in sorted(labelled.items()))
    return Pair(a, b, tuple(measures), table, silent)


def _chance(
    cell: Cell,
    keys: list[Pattern],
    rows: Array,
    classes: tuple[str, ...],
    level: Level,
    scale: str,
) -> list[Measure]:
    statistics = {
        "kappa": lambda n: kappa(square(keys, n, classes)),
        "ac1": lambda n: ac1(square(keys, n, classes)),
    }
    if scale != "nominal":
        statistics = {"alpha": _alpha_of(keys, classes, scale)}
    units = units_of(cell, keys)
    return [
        Measure(
            name,
            jackknife(one, rows, level) if units is None else jackknife_by_unit(one, units, level),
        )
        for name, one in statistics.items()
    ]


def _alpha_of(keys: list[Pattern], classes: tuple[str, ...], scale: str):  # type: ignore[no-untyped-def]
    counts = verdicts(keys, classes)
    values = np.array([float(one) for one in classes]) if scale == "interval" else None
    return lambda n: alpha(counts, n, scale, values)  # type: ignore[arg-type]


def everyone(cell: Cell, level: Level, scale: str) -> tuple[Measure, ...]:
    """Krippendorff's α of all raters together; items with two verdicts or more."""
    found = held(cell.whole)
    keys = [key for key in found if sum(map(bool, key)) > 1]
    classes = classes_of(keys)
    if not keys or len(classes) > MOST:
        return ()
    rows = np.array([found[key] for key in keys])
    statistic = _alpha_of(keys, classes, scale)
    units = units_of(cell, keys)
    if units is None:
        return (Measure("alpha", jackknife(statistic, rows, level)),)
    return (Measure("alpha", jackknife_by_unit(statistic, units, level)),)


def per_class(cell: Cell, level: Level, known: set[str]) -> tuple[PerClass, ...]:
    """The judge against people, class by class; rows that people judged alone count."""
    keys = [key for key in held(cell.whole) if key[0]]
    classes = classes_of([(key[0],) for key in keys])
    if len(classes) > MOST:
        return ()
    return tuple(
        PerClass(
            value,
            share_of(
                cell, keys, [k[1] == value for k in keys], [k[0] == value for k in keys], level
            ),
            share_of(
                cell, keys, [k[0] == value for k in keys], [k[1] == value for k in keys], level
            ),
        )
        for value in classes
    )
