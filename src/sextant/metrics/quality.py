"""Whether a column is fit for use: missing, out of range, out of a set."""

from __future__ import annotations

from sextant.metrics.cells import share_of_rows
from sextant.metrics.decisions import ANYWHERE, EXACT, SOURCE
from sextant.metrics.metric import Metric, Parameter, Params, Reading
from sextant.metrics.requests import Flag, Request

COLUMN = Parameter("column", "column", "the column that is looked at", required=True)
TASKS = ("binary", "multiclass", "regression", "forecasting", "ranking", "generation", "agent")


def _quality(
    name: str, summary: str, formula: str, reading: Reading, nothing: str, *more: Parameter
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
        better="lower",
        reading=reading,
        needs=_NEEDS[name],
        estimate=share_of_rows(nothing),
        parameters=(COLUMN, *more),
        range=(0, 1),
        labelled=False,
        tasks=TASKS,
    )


def _missing(params: Params, bound: float) -> Request:
    return Flag("missing", params["column"])


def _range(params: Params, bound: float) -> Request:
    return Flag("range", params["column"], low=params["low"], high=params["high"])


def _set(params: Params, bound: float) -> Request:
    return Flag("set", params["column"], values=tuple(params["values"]))


_NEEDS = {"missing_rate": _missing, "out_of_range": _range, "out_of_set": _set}

METRICS = (
    _quality(
        "missing_rate",
        "the share of rows in which a column is empty: NULL, NaN or blank text",
        "empty rows / all rows",
        Reading("the missing rate of {column}", "rows", "lack {column}", "have {column}"),
        "no row",
    ),
    _quality(
        "out_of_range",
        "the share of a column's values that lie below `low` or above `high`; the ends are allowed",
        "values outside / all values that are not empty",
        Reading(
            "the share of {column} out of range",
            "values of {column}",
            "lie outside {low} to {high}",
            "lie within {low} to {high}",
        ),
        "no value",
        Parameter("low", "number", "the lowest value allowed"),
        Parameter("high", "number", "the highest value allowed"),
    ),
    _quality(
        "out_of_set",
        "the share of a column's values that are not one of those allowed",
        "other values / all values that are not empty",
        Reading(
            "the share of {column} out of its set",
            "values of {column}",
            "lie outside those allowed",
            "lie among those allowed",
        ),
        "no value",
        Parameter("values", "list", "the values allowed", required=True),
    ),
)
