"""One look at a table's first rows: which columns have few values, and about where numbers lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sextant.contracts.model import Contract
from sextant.engines.plan import Plan
from sextant.engines.reading import as_number
from sextant.engines.source import RELATION, Source
from sextant.engines.sql import DIALECT, LARGEST, finite, sql
from sextant.metrics.merging import FEW_VALUES, FIRST_ROWS
from sextant.metrics.requests import Distribution, Fit, Pairs, Values, Verdicts

ROWS = FIRST_ROWS
"""A column with `FEW_VALUES` distinct values in its first rows is counted value by value."""
SUMMABLE = 1e60
"""Beyond it the fourth power of a number, which intervals are made of, is no double."""


@dataclass(frozen=True, slots=True)
class Head:
    """`few`: the values of a distribution (by its request's place) that has few of them.

    `near`: the mean of a column in the first rows, by its name in the query. Sums are taken of
    the differences from it: the third power of a time in seconds would leave no digit of its skew.
    """

    few: Mapping[int, tuple[float, ...]] = field(default_factory=dict)
    near: Mapping[str, float] = field(default_factory=dict)


def look(contract: Contract, plan: Plan, source: Source) -> Head:
    """What the first rows tell; no query where nobody asks."""
    values: dict[int, str] = {}
    means: dict[str, str] = {}
    for index, request in enumerate(plan.all_requests):
        match request:
            case Distribution():
                values[index] = request.column
            case Values():
                means[f"v{index}"] = request.column
            case Fit() if contract.data.label:
                means[f"v{index}"] = contract.data.label.column
            case Pairs():
                means |= {f"x{index}": request.x, f"y{index}": request.y}
            case Verdicts(kind="value"):
                means |= {f"y{index}": request.column, f"g{index}": request.judge}
            case _:
                pass
    if not values and not means:
        return Head()
    picked = [_told("list(distinct :x)", source, name, LARGEST) for name in values.values()]
    picked += [_told("avg(:x)", source, name, SUMMABLE) for name in means.values()]
    head = f'(SELECT * FROM "{RELATION}" LIMIT {ROWS})'
    row = source.session.rows(f"SELECT {', '.join(picked)} FROM {head}")[0]
    listed = [tuple(sorted(v for v in one or [] if v is not None)) for one in row[: len(values)]]
    return Head(
        {at: one for at, one in zip(values, listed, strict=True) if len(one) <= FEW_VALUES},
        {name: mean or 0.0 for name, mean in zip(means, row[len(values) :], strict=True)},
    )


def _told(aggregate: str, source: Source, name: str, most: float) -> str:
    value = as_number(source, name)
    usable = sql("case when :ok then :x end", ok=finite(value, most), x=value)
    return sql(aggregate, x=usable).sql(dialect=DIALECT)
