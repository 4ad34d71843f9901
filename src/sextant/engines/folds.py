"""Which part of a table a row belongs to, where one part teaches and another tests."""

from __future__ import annotations

from sqlglot import exp

from sextant.contracts.model import Fold, Period
from sextant.engines.errors import SourceError
from sextant.engines.period import bounds
from sextant.engines.reading import in_set
from sextant.engines.source import Source
from sextant.engines.sql import cases, sql

HELD = "held"


def as_fold(fold: Fold, columns: dict[str, exp.Expr], row: exp.Expr, source: Source) -> exp.Expr:
    """The name of a row's part; `columns` holds its time `t` and its unit's bucket `u`.

    `row` is the row's hash in hexadecimal. Raises `SourceError` where the moment does not fit the
    time column, or none is known.
    """
    bucket = columns["u"] if "u" in columns else _of_row(row)
    part = sql(f"cast(:b % {fold.parts} as text)", b=bucket)
    tests = []
    if fold.since is None and fold.value is None:
        second = sql(f":b % {2 * fold.parts} >= {fold.parts}", b=bucket)
        tests.append((second, sql(f"'{HELD}'")))
    if fold.since is not None:
        tests.append((_since(fold, columns, source), sql(f"'{HELD}'")))
    if fold.value is not None:
        inside = in_set(source, fold.column, (fold.value,))
        tests.append((sql("not coalesce(:inside, false)", inside=inside), sql(f"'{HELD}'")))
    return cases(tests, part)


def _of_row(row: exp.Expr) -> exp.Expr:
    """A number by the hash of a row and of which of its copies it is.

    Equal rows are told apart by their number alone, so it does not matter which is which. Without
    it all rows of one score and label would teach together, and the others test.
    """
    copy = sql("row_number() over (partition by :r)", r=row)
    return sql("cast('0x' || left(md5(concat(:r, ' ', :c)), 4) as integer)", r=row, c=copy)


def _since(fold: Fold, columns: dict[str, exp.Expr], source: Source) -> exp.Expr:
    if "t" not in columns:
        what = f"Rows from {fold.since} on are to be held out, and no column says when."
        raise SourceError([f"{what} Name it: time."])
    found = bounds(columns["t"], source.columns[fold.column], Period(fold.since, None))
    assert found is not None
    return found
