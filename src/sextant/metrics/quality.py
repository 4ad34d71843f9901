"""Whether a column is fit for use: missing, of its type, in range, in a set, after a pattern."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from sextant.metrics.cells import share_of_rows
from sextant.metrics.decisions import ANYWHERE, EXACT, SOURCE
from sextant.metrics.metric import Metric, Parameter, Params, Reading
from sextant.metrics.requests import Flag, Request

COLUMN = Parameter("column", "column", "the column that is looked at", required=True)
LOW = Parameter("low", "number", "the lowest value allowed")
HIGH = Parameter("high", "number", "the highest value allowed")
VALUES = Parameter("values", "list", "the values allowed", required=True)
PATTERN = Parameter(
    "pattern", "value", 'what all of a value matches, as RE2 reads it: "[A-Z]{2}"', required=True
)
TYPES = ("number", "whole number", "yes or no", "time")
TYPE = Parameter("type", "value", f"one of {', '.join(TYPES)}", required=True)
TASKS = ("binary", "multiclass", "regression", "forecasting", "ranking", "generation", "agent")


def flag(kind: str) -> Callable[[Params, float], Request]:
    """What asks a column a yes/no question of that kind, by a metric's arguments."""

    def needs(params: Params, bound: float) -> Request:
        column = params["column"]
        match kind:
            case "range":
                return Flag(kind, column, low=params["low"], high=params["high"])
            case "set":
                return Flag(kind, column, values=tuple(params["values"]))
            case "type" | "pattern":
                return Flag(kind, column, values=(params[kind],))
            case _:
                return Flag(kind, column)

    return needs


def _quality(
    name: str,
    kind: str,
    summary: str,
    formula: str,
    reading: Reading,
    *more: Parameter,
    key: Literal["yes", "no"] = "yes",
    nothing: str = "no value",
    better: Literal["lower", "either"] = "lower",
) -> Metric:
    return Metric(
        name=name,
        family="data quality",
        summary=summary,
        formula=formula,
        interval=EXACT,
        domain=ANYWHERE,
        source=SOURCE,
        unit="share",
        better=better,
        reading=reading,
        needs=flag(kind),
        estimate=share_of_rows(nothing, key),
        parameters=(COLUMN, *more),
        range=(0, 1),
        labelled=False,
        tasks=TASKS,
    )


METRICS = (
    _quality(
        "missing_rate",
        "missing",
        "the share of rows in which a column is empty: NULL, NaN or blank text",
        "empty rows / all rows",
        Reading("the missing rate of {column}", "rows", "lack {column}", "have {column}"),
        nothing="no row",
    ),
    _quality(
        "out_of_range",
        "range",
        "the share of a column's values that lie below `low` or above `high`; the ends are allowed",
        "values outside / all values that are not empty",
        Reading(
            "the share of {column} out of range",
            "values of {column}",
            "lie outside {low} to {high}",
            "lie within {low} to {high}",
        ),
        LOW,
        HIGH,
    ),
    _quality(
        "out_of_set",
        "set",
        "the share of a column's values that are not one of those allowed",
        "other values / all values that are not empty",
        Reading(
            "the share of {column} out of its set",
            "values of {column}",
            "lie outside those allowed",
            "lie among those allowed",
        ),
        VALUES,
    ),
    _quality(
        "in_set",
        "set",
        "the share of a column's values that are one of those named: how balanced a label is",
        "values named / all values that are not empty",
        Reading(
            "the share of {values} in {column}",
            "values of {column}",
            "are {values}",
            "are not {values}",
        ),
        Parameter("values", "list", "the values that are counted", required=True),
        key="no",
        better="either",
    ),
    _quality(
        "out_of_pattern",
        "pattern",
        "the share of a column's values of which not all matches a pattern",
        "values that do not match / all values that are not empty",
        Reading(
            "the share of {column} that does not match {pattern}",
            "values of {column}",
            "do not match {pattern}",
            "match {pattern}",
        ),
        PATTERN,
    ),
    _quality(
        "wrong_type",
        "type",
        "the share of a column's values that do not read as its type",
        "values of another type / all values that are not empty",
        Reading(
            "the share of {column} that is no {type}",
            "values of {column}",
            "are no {type}",
            "read as {type}",
        ),
        TYPE,
    ),
)
