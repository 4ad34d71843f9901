"""Facts of the rows that are there: counted, and no claim about those that will come."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Literal

from sextant.metrics.metric import Metric, Parameter, Params, Reading
from sextant.metrics.quality import COLUMN, HIGH, LOW, PATTERN, TASKS, TYPE, VALUES, flag
from sextant.metrics.requests import Copies, Latest, Request, Volume
from sextant.metrics.tally import Cell
from sextant.states.counts import Counts
from sextant.states.newest import Newest
from sextant.states.repeated import Repeated
from sextant.stats.estimate import Estimate, Level

Found = Callable[[Cell, Level], Estimate]
COUNTED = "counted"
SEVERAL = "rows that several tables have in common are not told by their counts: scan them as one"
INTERVAL = "none: it is counted, and met or missed"
DOMAIN = "any n; it says nothing of rows that will come"
IGNORE = Parameter("ignore", "list", "columns that are left out, such as a running number")


def _exact(value: float, n: float) -> Estimate:
    return Estimate(value, value, value, n, COUNTED)


def _yes(cell: Cell, level: Level) -> Estimate:
    """Rows under "yes"; nothing to count where no cell is filled."""
    counts: Counts = cell.whole
    n = counts.get("yes") + counts.get("no")
    return _exact(counts.get("yes"), n) if n else Estimate.undefined("no value")


def _again(cell: Cell, level: Level) -> Estimate:
    """Rows that repeat another: exact in one table, at least so many over several."""
    held: Repeated = cell.whole
    if not held.rows:
        return Estimate.undefined("no value")
    if held.tables <= 1:
        return _exact(held.again, held.rows)
    return Estimate(held.again, held.again, math.inf, held.rows, COUNTED, SEVERAL)


def _age(cell: Cell, level: Level) -> Estimate:
    """Days from the newest row to the day of the check; undecided where it lies ahead of it."""
    held: Newest = cell.whole
    if not held.n:
        return Estimate.undefined("no time that can be read")
    if level.today is None:
        return Estimate.undefined("no day is known from which its age could be counted")
    age = level.today - held.day
    if age < 0:
        days = "day" if age == -1 else "days"
        return Estimate.undefined(f"the newest row is dated {-age:,.0f} {days} ahead", held.n)
    return _exact(age, held.n)


def _fact(
    name: str,
    summary: str,
    formula: str,
    noun: str,
    needs: Callable[[Params, float], Request],
    found: Found,
    *parameters: Parameter,
    better: Literal["higher", "lower", "either"] = "lower",
    **more: Any,
) -> Metric:
    def estimate(cell: Cell, params: Params, level: Level) -> Estimate:
        return found(cell, level)

    return Metric(
        name=name,
        family="facts of the table",
        summary=summary,
        formula=formula,
        interval=INTERVAL,
        domain=DOMAIN,
        source="a count needs none",
        unit="value",
        better=better,
        reading=Reading(noun),
        needs=needs,
        estimate=estimate,
        parameters=parameters,
        range=(0, math.inf),
        labelled=False,
        tasks=TASKS,
        fact=True,
        **more,
    )


METRICS = (
    _fact(
        "row_count", "the number of rows that count", "all rows", "the number of rows",
        lambda params, bound: Volume(), _yes, better="either",
    ),
    _fact(
        "missing_rows", "the number of rows in which a column is empty", "empty rows",
        "the number of rows that lack {column}", flag("missing"), _yes, COLUMN,
    ),
    _fact(
        "rows_out_of_range",
        "the number of a column's values below `low` or above `high`; the ends are allowed",
        "values outside", "the number of values of {column} outside {low} to {high}",
        flag("range"), _yes, COLUMN, LOW, HIGH,
    ),
    _fact(
        "rows_out_of_set", "the number of a column's values that are not one of those allowed",
        "other values", "the number of values of {column} outside those allowed",
        flag("set"), _yes, COLUMN, VALUES,
    ),
    _fact(
        "rows_out_of_pattern",
        "the number of a column's values of which not all matches a pattern",
        "values that do not match", "the number of values of {column} that do not match {pattern}",
        flag("pattern"), _yes, COLUMN, PATTERN,
    ),
    _fact(
        "rows_of_wrong_type", "the number of a column's values that do not read as its type",
        "values of another type", "the number of values of {column} that are no {type}",
        flag("type"), _yes, COLUMN, TYPE,
    ),
    _fact(
        "repeated_values",
        "the number of rows whose value of a column stands in another row of the table too",
        "rows that share their value", "the number of rows that share their {column}",
        lambda params, bound: Copies(params["column"]), _again, COLUMN, whole=True,
    ),
    _fact(
        "duplicate_rows",
        "the number of rows that copy another: alike in every column of the table but those in "
        "`ignore`",
        "rows - different rows", "the number of rows that copy another",
        lambda params, bound: Copies(ignore=tuple(map(str, params["ignore"] or ()))), _again,
        IGNORE, whole=True,
    ),
    _fact(
        "newest_age",
        "the age in days of the newest row, by a column of times, on the day of the check",
        "day of the check - newest day", "the age in days of the newest row, by {column},",
        lambda params, bound: Latest(params["column"]), _age, COLUMN,
    ),
)  # fmt: skip
