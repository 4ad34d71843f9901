"""How far predictions of a number lie from it: MAE, RMSE, bias, MAPE, R², intervals, quantiles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from sextant.metrics.cells import share_of_rows
from sextant.metrics.decisions import ANYWHERE, EXACT
from sextant.metrics.decisions import SOURCE as RATES
from sextant.metrics.means import (
    DOMAIN,
    INTERVAL,
    SOURCE,
    Estimator,
    mean_of,
    mean_or,
    named,
    ratio_of,
    root,
)
from sextant.metrics.metric import Metric, Parameter, Params, Reading
from sextant.metrics.requests import Difference, Fit, Request, Residuals, Scaled, Within
from sextant.metrics.tally import Cell
from sextant.states.fit import FitMoments
from sextant.states.moments import Moments
from sextant.stats.estimate import Estimate, Level
from sextant.stats.r_squared import NO_ROWS, r_squared, r_squared_by_unit

TASKS = ("regression", "forecasting")
INFINITE = float("inf")
FEW_CARRY = 0.5
ENDS = (
    Parameter("lower", "column", "the lower end of each row's interval", required=True),
    Parameter("upper", "column", "the upper end of each row's interval", required=True),
)


def _root_mean_square(cell: Cell, params: Params, level: Level) -> Estimate:
    return root(named(mean_of(cell, level), NO_ROWS))


def _percentage(cell: Cell, params: Params, level: Level) -> Estimate:
    """The mean percentage error, unless a few labels near 0 make most of it.

    The skewness of n values is at most about √n, where one of them lies apart from all others. A
    mean of more than 100 % with half of that says that a few small labels decide it.
    """
    found = named(
        mean_of(cell, level), "no labelled row with a prediction and a label other than 0"
    )
    m: Moments = cell.whole
    if found.value is None or m.m2 <= 0 or m.mean <= 1:
        return found
    if m.m3 / m.m2**1.5 > FEW_CARRY:
        return Estimate.undefined(
            "a few labels near 0 make most of the percentage error, so its mean says nothing: "
            "use wape or mae",
            m.n,
        )
    return found


def _relative(cell: Cell, params: Params, level: Level) -> Estimate:
    return named(ratio_of(cell, level), NO_ROWS)


def _skill(cell: Cell, params: Params, level: Level) -> Estimate:
    found = named(ratio_of(cell, level), "no labelled row with a prediction and a baseline")
    if found.value is None:
        return found
    return replace(found, value=1 - found.value, low=1 - found.high, high=1 - found.low)


def _r_squared(cell: Cell, params: Params, level: Level) -> Estimate:
    whole: FitMoments = cell.whole
    f = whole
    if cell.by_unit is None or f.n == 0:
        return r_squared(f.n, f.error, f.v, f.m2, f.m4, f.c2, f.mean, level)
    units = cell.by_unit
    return r_squared_by_unit(
        units.column(lambda u: u.n),
        units.column(lambda u: u.n * u.error),
        units.column(lambda u: u.m2 + u.n * (u.mean - f.mean) ** 2),
        level,
        units.copies,
    )


def _error(
    name: str,
    kind: str,
    summary: str,
    formula: str,
    better: Literal["lower", "either"],
    reading: Reading,
    estimate: Estimator,
    *,
    low: float = 0.0,
    unit: Literal["value", "percent"] = "value",
    interval: str = INTERVAL,
    domain: str = DOMAIN,
) -> Metric:
    return Metric(
        name=name,
        family="regression",
        summary=summary,
        formula=formula,
        interval=interval,
        domain=domain,
        source=SOURCE,
        unit=unit,
        better=better,
        reading=reading,
        needs=_residuals(kind),
        estimate=estimate,
        range=(low, INFINITE),
        tasks=TASKS,
    )


def _residuals(kind: str) -> Callable[[Params, float], Request]:
    return lambda params, bound: Residuals(kind)


METRICS = (
    _error(
        "mae",
        "absolute",
        "the mean absolute error: how far predictions lie from the labels, on average",
        "mean of |prediction − label|",
        "lower",
        Reading("the mean absolute error"),
        mean_or(NO_ROWS),
    ),
    _error(
        "rmse",
        "squared",
        "the root of the mean squared error: large errors count more than in mae",
        "√ mean of (prediction − label)²",
        "lower",
        Reading("the root mean squared error"),
        _root_mean_square,
        interval=f"square roots of the limits of the mean square: {INTERVAL}",
    ),
    _error(
        "bias",
        "error",
        "the mean error: above 0 the predictions are too high; bound it from both sides",
        "mean of prediction − label",
        "either",
        Reading("the mean error (prediction minus label)"),
        mean_or(NO_ROWS),
        low=-INFINITE,
    ),
    _error(
        "mape",
        "percentage",
        "the mean absolute percentage error; labels of 0 have none and are set aside, with a count",
        "mean of |prediction − label| / |label|",
        "lower",
        Reading("the mean absolute percentage error"),
        _percentage,
        unit="percent",
        domain=(
            f"{DOMAIN}; no more than 1 % of the labels 0, or so near that the error is a million "
            "times the label; undefined where a few labels near 0 make most of a mean above 100 %"
        ),
    ),
    Metric(
        name="wape",
        family="regression",
        summary="the total absolute error over the total of the labels: bears labels of 0",
        formula="Σ |prediction − label| / Σ |label|",
        interval="Fieller; dependent rows: Fieller over the totals of units",
        domain="100 rows (20 units, at later looks 200), labels away from 0 on average",
        source="Fieller 1954; Kolassa and Schütz 2007",
        unit="percent",
        better="lower",
        reading=Reading("the total error in proportion to the total"),
        needs=lambda params, bound: Scaled(),
        estimate=_relative,
        range=(0, INFINITE),
        tasks=TASKS,
    ),
    Metric(
        name="skill",
        family="regression",
        summary="how much smaller the errors are than those of a baseline, such as last week's "
        "value: 0 no better, 1 perfect, below 0 worse",
        formula="1 − Σ |prediction − label| / Σ |baseline − label|",
        interval="Fieller, turned round; dependent rows: over the totals of units",
        domain="100 rows (20 units, at later looks 200), a baseline that errs",
        source="Murphy 1988; Hyndman and Koehler 2006 (relative MAE); Fieller 1954",
        unit="percent",
        better="higher",
        reading=Reading("the skill against {baseline}"),
        needs=lambda params, bound: Scaled(params["baseline"]),
        estimate=_skill,
        parameters=(
            Parameter("baseline", "column", "what a naive method would have said", required=True),
        ),
        range=(-INFINITE, 1),
        tasks=TASKS,
    ),
    Metric(
        name="r2",
        family="regression",
        summary="the share of the labels' variance that the predictions explain; it may be below 0",
        formula="1 − Σ (prediction − label)² / Σ (label − mean label)²",
        interval="delta method on log(1 − R²) from fourth moments, t of a quarter of the pieces",
        domain="50 rows or units (at later looks 200), 20 of which carry errors and spread alike",
        source="Steiger and Hakstian 1982 (distribution-free); simulated in benchmarks/coverage",
        unit="score",
        better="higher",
        reading=Reading("R²"),
        needs=lambda params, bound: Fit(),
        estimate=_r_squared,
        range=(-INFINITE, 1),
        tasks=TASKS,
    ),
    Metric(
        name="quantile_loss",
        family="regression",
        summary="the pinball loss of a column that predicts the q quantile of the label",
        formula="mean of max(q (label − prediction), (1 − q) (prediction − label))",
        interval=INTERVAL,
        domain=DOMAIN,
        source=f"Koenker and Bassett 1978; {SOURCE}",
        unit="value",
        better="lower",
        reading=Reading("the loss of {column} as the {q} quantile"),
        needs=lambda params, bound: Residuals("pinball", params["column"], params["q"]),
        estimate=mean_or(NO_ROWS),
        parameters=(
            Parameter("column", "column", "the predicted quantile", required=True),
            Parameter(
                "q", "number", "the share, such as 0.95", required=True, low=0.0001, high=0.9999
            ),
        ),
        range=(0, INFINITE),
        tasks=TASKS,
    ),
    Metric(
        name="interval_coverage",
        family="regression",
        summary="the share of labels that lie in their predicted interval, both ends included",
        formula="rows with lower <= label <= upper / labelled rows with both ends",
        interval=EXACT,
        domain=ANYWHERE,
        source=RATES,
        unit="share",
        better="higher",
        reading=Reading(
            "coverage of the intervals from {lower} to {upper}",
            "rows",
            "lie between {lower} and {upper}",
            "lie outside {lower} and {upper}",
        ),
        needs=lambda params, bound: Within(params["lower"], params["upper"]),
        estimate=share_of_rows("no labelled row with both ends of an interval"),
        parameters=ENDS,
        range=(0, 1),
        tasks=TASKS,
    ),
    Metric(
        name="interval_width",
        family="regression",
        summary="the mean width of the predicted intervals: coverage is cheap where they are wide",
        formula="mean of upper − lower",
        interval=INTERVAL,
        domain=DOMAIN,
        source=SOURCE,
        unit="value",
        better="lower",
        reading=Reading("the mean width from {lower} to {upper}"),
        needs=lambda params, bound: Difference(params["lower"], params["upper"]),
        estimate=mean_or("no row with both ends of an interval"),
        parameters=ENDS,
        labelled=False,
        tasks=TASKS,
    ),
)
