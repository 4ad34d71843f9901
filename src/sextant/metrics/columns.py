"""Numbers of one or two columns: mean, rates, quantile, ratio of means."""

from __future__ import annotations

import numpy as np

from sextant.metrics.cells import share_of_rows
from sextant.metrics.decisions import ANYWHERE, EXACT, SOURCE
from sextant.metrics.judged import JUDGE, judged_or, needs_judged
from sextant.metrics.means import DOMAIN, INTERVAL, mean_of, ratio_of
from sextant.metrics.means import SOURCE as MEANS
from sextant.metrics.metric import Metric, Parameter, Params, Reading
from sextant.metrics.quality import COLUMN, TASKS
from sextant.metrics.requests import Distribution, Flag, Pairs, Request, Values
from sextant.metrics.tally import Cell
from sextant.states.histogram import Histogram
from sextant.stats import quantile as quantiles
from sextant.stats.estimate import Estimate, Level


def _mean(cell: Cell, params: Params, level: Level) -> Estimate:
    return mean_of(cell, level)


def _ratio(cell: Cell, params: Params, level: Level) -> Estimate:
    return ratio_of(cell, level)


def _quantile(cell: Cell, params: Params, level: Level) -> Estimate:
    whole: Histogram = cell.whole
    low, high, n = whole.bins()
    if cell.by_unit is None:
        return quantiles.quantile(low, high, n, params["q"], level)
    units = cell.by_unit
    parts = [state.bins() for _, state in units.parts]
    return quantiles.quantile_by_unit(
        low, high, n / units.copies, parts, params["q"], level, units.copies
    )


def _distribution(params: Params, bound: float) -> Request:
    return Distribution(params["column"], (bound,) if np.isfinite(bound) else ())


def _limits(params: Params, bound: float) -> Request:
    return Flag("range", params["column"], low=params["at_least"], high=params["at_most"])


METRICS = (
    Metric(
        name="mean",
        family="columns",
        summary="the mean of a numeric column",
        formula="sum / number of values",
        interval=INTERVAL,
        domain=DOMAIN,
        source=MEANS,
        unit="value",
        better="either",
        reading=Reading("the mean of {column}"),
        needs=needs_judged("value", lambda params, bound: Values(params["column"])),
        estimate=judged_or(_mean, share=False),
        parameters=(COLUMN, JUDGE),
        labelled=False,
        tasks=TASKS,
    ),
    Metric(
        name="rate",
        family="columns",
        summary="the share of rows in which a yes/no column is true (or 1)",
        formula="true rows / rows with a value",
        interval=EXACT,
        domain=ANYWHERE,
        source=SOURCE,
        unit="share",
        better="either",
        reading=Reading(
            "the rate of {column}", "rows", "are marked {column}", "are not marked {column}"
        ),
        needs=needs_judged("true", lambda params, bound: Flag("true", params["column"])),
        estimate=judged_or(share_of_rows("no row with a value")),
        parameters=(COLUMN, JUDGE),
        range=(0, 1),
        labelled=False,
        tasks=TASKS,
    ),
    Metric(
        name="success_rate",
        family="columns",
        summary="the share of tasks, answers or calls that a yes/no column says succeeded",
        formula="true rows / rows with a value",
        interval=EXACT,
        domain=ANYWHERE,
        source=SOURCE,
        unit="share",
        better="higher",
        reading=Reading("the success rate by {column}", "rows", "succeed", "fail", failure=True),
        needs=needs_judged("true", lambda params, bound: Flag("true", params["column"])),
        estimate=judged_or(share_of_rows("no row with a value")),
        parameters=(COLUMN, JUDGE),
        range=(0, 1),
        labelled=False,
        tasks=TASKS,
    ),
    Metric(
        name="pass_rate",
        family="columns",
        summary="the share of a column's values that pass: a rubric score of at least 4, 20 steps "
        "at most",
        formula="values from `at_least` to `at_most` / all values that are not empty",
        interval=EXACT,
        domain=ANYWHERE,
        source=SOURCE,
        unit="share",
        better="higher",
        reading=Reading(
            "the pass rate of {column}",
            "rows",
            "have {limits} in {column}",
            "do not have {limits} in {column}",
        ),
        needs=needs_judged("range", _limits),
        estimate=judged_or(share_of_rows("no value", key="no")),
        parameters=(
            COLUMN,
            Parameter("at_least", "number", "the lowest value that passes"),
            Parameter("at_most", "number", "the highest value that passes"),
            JUDGE,
        ),
        range=(0, 1),
        labelled=False,
        tasks=TASKS,
    ),
    Metric(
        name="quantile",
        family="columns",
        summary="the value that a share q of a column's values does not exceed",
        formula="smallest x with P(value <= x) >= q",
        interval="the exact interval of the rate P(value <= x), turned round; buckets of 1 %",
        domain="any n; unbounded above while n is too small (p95 at 95 %: 72 rows)",
        source="Conover 1999, binomial order statistics; Masson et al. 2019 for the buckets",
        unit="value",
        better="lower",
        reading=Reading("the {q} quantile of {column}"),
        needs=_distribution,
        estimate=_quantile,
        parameters=(
            COLUMN,
            Parameter(
                "q", "number", "the share, such as 0.95", required=True, low=0.0001, high=0.9999
            ),
        ),
        labelled=False,
        tasks=TASKS,
    ),
    Metric(
        name="ratio_of_means",
        family="columns",
        summary="the total of one column over the total of another: revenue per session",
        formula="mean of x / mean of y",
        interval="Fieller; dependent rows: Fieller over the totals of units",
        domain="100 rows (20 units, at later looks 200), y away from 0; skewed columns more",
        source="Fieller 1954; Franz 2007",
        unit="value",
        better="either",
        reading=Reading("{x} per {y}"),
        needs=lambda params, bound: Pairs(params["x"], params["y"]),
        estimate=_ratio,
        parameters=(
            Parameter("x", "column", "the numerator", required=True),
            Parameter("y", "column", "the denominator", required=True),
        ),
        labelled=False,
        tasks=TASKS,
    ),
)
