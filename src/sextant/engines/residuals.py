"""What is derived of a label that is a number and of what was predicted of it."""

from __future__ import annotations

from sqlglot import exp

from sextant.contracts.model import Data
from sextant.engines.reading import as_number, is_empty
from sextant.engines.source import Source
from sextant.engines.sql import number, sql
from sextant.engines.usable import (
    Reason,
    Reasons,
    number_reasons,
    unreadable,
    usable,
    wrong_numbers,
)
from sextant.metrics.requests import Fit, OfLabel, Residuals, Scaled, Within

SUMMABLE = 1e45
"""Beyond it the third power of a squared error, which intervals are made of, is no double."""
NEAR_ZERO = 1e6
"""A label is as good as 0 where the error is more than so many times as large."""
ZERO = "label is 0 or next to it, so it has no percentage error"


def of_label(
    request: OfLabel, data: Data, source: Source, index: int
) -> tuple[dict[str, exp.Expr], Reasons]:
    """The derived columns of a request, named after its place in the plan, and the reasons."""
    assert data.label
    label = data.label.column
    y = usable(source, label, SUMMABLE)
    reasons = wrong_numbers(source, label, "label", SUMMABLE)
    if isinstance(request, Within):
        return {f"f{index}": _within(request, source, y)}, reasons | _ends(request, source)
    name = request.column if isinstance(request, Residuals) and request.column else data.prediction
    assert name
    called = name if name != data.prediction else "prediction"
    reasons |= number_reasons(source, name, called, SUMMABLE)
    error = sql("(:p - :y)", p=usable(source, name, SUMMABLE), y=y)
    match request:
        case Fit():
            return {f"x{index}": sql(":e * :e", e=error), f"v{index}": _both(error, y)}, reasons
        case Scaled(baseline=""):
            return {f"x{index}": sql("abs(:e)", e=error), f"y{index}": sql("abs(:y)", y=y)}, reasons
        case Scaled(baseline=name):
            reasons |= number_reasons(source, name, name, SUMMABLE)
            other = sql("abs(:b - :y)", b=usable(source, name, SUMMABLE), y=y)
            return {f"x{index}": sql("abs(:e)", e=error), f"y{index}": other}, reasons
        case Residuals(kind="percentage"):
            if_usable = sql("(:y <> 0e0 and abs(:e) <= abs(:y) * :most)", y=y, e=error, most=_MOST)
            reasons[ZERO] = Reason(sql("coalesce(not :ok, false)", ok=if_usable))
            share = sql("case when :ok then abs(:e) / abs(:y) end", ok=if_usable, e=error, y=y)
            return {f"v{index}": share}, reasons
        case _:
            return {f"v{index}": _of_error(request, error)}, reasons


_MOST = number(NEAR_ZERO)


def _of_error(request: Residuals, error: exp.Expr) -> exp.Expr:
    match request.kind:
        case "absolute":
            return sql("abs(:e)", e=error)
        case "squared":
            return sql(":e * :e", e=error)
        case "pinball":
            q = request.q or 0.0
            return sql("greatest(:up * :e, :down * :e)", e=error, up=number(1 - q), down=number(-q))
        case _:
            return error


def _both(error: exp.Expr, y: exp.Expr) -> exp.Expr:
    """The label where there is a prediction too."""
    return sql("case when :e is not null then :y end", e=error, y=y)


def _within(request: Within, source: Source, y: exp.Expr) -> exp.Expr:
    """1 inside, 0 outside, 2 where the label or an end is missing. An end may be infinite."""
    low, high = (_end(source, name) for name in (request.lower, request.upper))
    return sql(
        "case when :y is null or :a is null or :b is null then 2 "
        "when :y >= :a and :y <= :b then 1 else 0 end",
        y=y,
        a=low,
        b=high,
    )


def _end(source: Source, name: str) -> exp.Expr:
    value = as_number(source, name)
    return sql("case when abs(:x) <= 'infinity'::double then :x end", x=value)


def _ends(request: Within, source: Source) -> Reasons:
    reasons: Reasons = {}
    for name in (request.lower, request.upper):
        reasons[f"no {name}"] = Reason(is_empty(source, name))
        reasons |= unreadable(source, name, name)
    return reasons
