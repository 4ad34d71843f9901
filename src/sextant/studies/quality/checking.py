"""Rules against a table: a count is a fact of the table, a share is judged by its interval."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date

from sextant.contracts.evidence import Verdict
from sextant.contracts.model import Op
from sextant.contracts.problems import ContractError, Problem, suggest
from sextant.engines.columns import Test, count_where
from sextant.engines.repeats import Repeats, twice
from sextant.engines.source import Source
from sextant.stats.estimate import Estimate, Level
from sextant.stats.needed import decided, factor_to_decide
from sextant.stats.rate import rate
from sextant.studies.quality.columns import DAY
from sextant.studies.quality.result import Column, Ruled
from sextant.studies.quality.rules import TYPES, Rule

NOTHING = "no filled cell"
COUNTED = frozenset(("between", "in", "type", "matches", "share"))


def checked(
    rules: Sequence[Rule],
    source: Source,
    columns: Mapping[str, Column],
    rows: int,
    repeats: Repeats,
    alpha: float,
    today: date,
) -> tuple[Ruled, ...]:
    """Every rule with its verdict: one scan for all that count cells, one for each `unique`.

    A rule about this table is met or missed by what was counted, and undecided only where there is
    nothing to count. A rule about what will come takes the rows for a sample of it, independent
    of each other: met or missed where the whole exact interval says so. A column that is gone
    misses its rules. Raises `ContractError` for a column that never was.
    """
    asked = [one for one in rules if one.what in COUNTED and one.column in columns]
    counts = dict(zip(map(id, asked), count_where(source, map(_test, asked)), strict=True))
    return tuple(
        _checked(one, source, columns, rows, repeats, counts.get(id(one), 0), alpha, today)
        for one in rules
    )


def unknown(rules: Sequence[Rule], known: Sequence[str], gone: Sequence[str]) -> None:
    """Raises `ContractError` for rules about columns that neither table has."""
    problems = [
        Problem(f"'{one.text}'", f"There is no column '{one.column}'.",
                suggest(one.column, known, "columns"))
        for one in rules
        if one.column is not None and one.column not in known and one.column not in gone
    ]  # fmt: skip
    if problems:
        raise ContractError(problems)


def _test(rule: Rule) -> Test:
    numbers: list[float] = []
    for value in rule.values:
        with suppress(ValueError):
            numbers.append(float(value))
    finite = tuple(one for one in numbers if math.isfinite(one))
    assert rule.column is not None
    kind = rule.pattern or TYPES.get(rule.type, "")
    return Test(rule.column, rule.what, rule.limits, rule.values, finite, kind)


def _checked(
    rule: Rule,
    source: Source,
    columns: Mapping[str, Column],
    rows: int,
    repeats: Repeats,
    broken: int,
    alpha: float,
    today: date,
) -> Ruled:
    if rule.what == "rows":
        kept = rows <= rule.most if rule.op == "<=" else rows >= rule.most
        return Ruled(rule, "met" if kept else "missed", rows, rows)
    if rule.what == "duplicates":
        return Ruled(rule, _exact(repeats.surplus, rule.most), repeats.surplus, rows)
    column = columns.get(rule.column or "")
    if column is None:
        return Ruled(rule, "missed", reason="the column is gone")
    if rule.what == "newest":
        return _newest(rule, column, today)
    n = column.rows if rule.what == "missing" else column.cells
    if not n:
        why = "no row" if not column.rows else NOTHING
        return Ruled(rule, "undecided", reason=why)
    if rule.what == "missing":
        broken = column.missing
    elif rule.what == "unique":
        broken = twice(source, column.name)
    if rule.share is None:
        return Ruled(rule, _exact(broken, rule.most), broken, n)
    bound = 1 - rule.share if rule.what not in {"missing", "share"} else rule.most
    op: Op = "<="
    if rule.what == "share":
        broken, op = n - broken, rule.op
    estimate = rate(broken, n, Level(alpha))
    verdict = decided(estimate, bound, op)
    needed = None if verdict else _needed(broken, n, bound, alpha, op)
    return Ruled(rule, verdict or "undecided", broken, n, estimate, needed)


def _newest(rule: Rule, column: Column, today: date) -> Ruled:
    """The age of the newest row in days; what lies in the future says nothing of it."""
    if column.last is None or not DAY.match(column.last):
        return Ruled(rule, "undecided", reason="no time that can be read")
    age = (today - date.fromisoformat(column.last[:10])).days
    if age < 0:
        why = f"the newest row is dated {-age:,} {'day' if age == -1 else 'days'} ahead"
        return Ruled(rule, "undecided", reason=why)
    return Ruled(rule, _exact(age, rule.most), age, column.cells)


def _exact(broken: int, most: float) -> Verdict:
    return "met" if broken <= most else "missed"


def _needed(broken: int, n: int, bound: float, alpha: float, op: Op) -> tuple[int, Verdict] | None:
    def interval(f: float) -> Estimate:
        return rate(broken * f, n * f, Level(alpha))

    found = factor_to_decide(interval, bound, op, 1 / n)
    return None if found is None else (max(round((found[0] - 1) * n), 1), found[1])
