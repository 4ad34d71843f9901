"""Rows themselves, for the lab alone: every labelled row's columns as numbers, times and texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from sextant.contracts.model import Segment
from sextant.engines.errors import SourceError
from sextant.engines.reading import as_moment, as_number, as_segment, as_unit, is_empty
from sextant.engines.rows import row_hash
from sextant.engines.source import RELATION, Source, unreadable
from sextant.engines.sql import DIALECT, finite, sql

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is read: the label (a number or a text), features by kind, the unit, the time."""

    label: str
    label_is_number: bool
    numbers: Sequence[str]
    moments: Sequence[str]
    texts: Sequence[str]
    unit: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """Labelled rows in the order of their time, else of a hash; every array has one cell a row.

    `label`: numbers, or texts. `numbers`: float, NaN where there is none (times are seconds).
    `texts`: "" where there is none. `rows`: of the whole table; `labelled`: of them with a label;
    `untimed`: of these without a time, which are left out; `endless`: infinite cells by column.
    """

    label: Array
    numbers: Mapping[str, Array]
    texts: Mapping[str, Array]
    unit: Array | None
    time: Array | None
    rows: int
    labelled: int
    untimed: int
    endless: Mapping[str, int]


def labelled(source: Source, wanted: Wanted, most: int, seed: int) -> Labelled:
    """At most `most` rows with a label: drawn by a hash of the row and the seed, or the newest.

    Where time counts, rows drawn by chance would part each from the one before it.

    Raises `SourceError` where the table cannot be read.
    """
    rows, known, untimed = _counted(source, wanted)
    picked = _picked(source, wanted)
    named = [wanted.label, *wanted.numbers, *wanted.moments, *wanted.texts]
    drawn = sql("md5(:h || :s)", h=row_hash(sorted(set(named))),
                s=exp.Literal.string(f"{seed}"))  # fmt: skip
    newest = [exp.column("t").desc()] if wanted.time is not None else []
    query = (
        exp.select(*picked, drawn.as_("h"))
        .from_(exp.to_table(RELATION, quoted=True))
        .where(*_usable(source, wanted))
        .order_by(*newest, "h")
        .limit(most)
    )
    found = _asked(source, query)
    order = np.arange(len(found["y"]))
    if wanted.time is not None:
        order = np.argsort(numbers_of(found["t"]), kind="stable")
    endless: dict[str, int] = {}
    numbers: dict[str, Array] = {}
    for i, name in enumerate([*wanted.numbers, *wanted.moments]):
        value = numbers_of(found[f"n{i}"])[order]
        if count := int(np.isinf(value).sum()):
            endless[name] = count
        numbers[name] = np.where(np.isfinite(value), value, np.nan)
    label = numbers_of(found["y"]) if wanted.label_is_number else texts_of(found["y"])
    return Labelled(
        label[order], numbers,
        {name: texts_of(found[f"s{i}"])[order] for i, name in enumerate(wanted.texts)},
        texts_of(found["u"])[order] if wanted.unit is not None else None,
        numbers_of(found["t"])[order] if wanted.time is not None else None,
        rows, known, untimed, endless,
    )  # fmt: skip


def _label(source: Source, wanted: Wanted) -> exp.Expr:
    if wanted.label_is_number:
        return as_number(source, wanted.label)
    return as_segment(source, Segment(wanted.label, wanted.label))


def _usable(source: Source, wanted: Wanted) -> list[exp.Expr]:
    tests = [sql("not :e", e=is_empty(source, wanted.label))]
    if wanted.label_is_number:
        tests.append(finite(as_number(source, wanted.label)))
    if wanted.time is not None:
        tests.append(sql(":t is not null", t=as_moment(source, wanted.time)))
    return tests


def _counted(source: Source, wanted: Wanted) -> tuple[int, int, int]:
    """All rows, those with a label, and those of them without a time."""
    tests = _usable(source, wanted)
    timed = tests.pop() if wanted.time is not None else None
    held = exp.and_(*tests)
    both = held if timed is None else exp.and_(*tests, timed)
    query = exp.select(
        "count(*)",
        sql("count(*) filter (where :t)", t=held),
        sql("count(*) filter (where :t)", t=both),
    ).from_(exp.to_table(RELATION, quoted=True))
    try:
        rows, known, usable = source.session.rows(query.sql(dialect=DIALECT))[0]
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None
    return int(rows), int(known), int(known - usable)


def _picked(source: Source, wanted: Wanted) -> list[exp.Expr]:
    picked = [_label(source, wanted).as_("y")]
    for i, name in enumerate(wanted.numbers):
        picked.append(as_number(source, name).as_(f"n{i}"))
    for i, name in enumerate(wanted.moments, start=len(wanted.numbers)):
        picked.append(seconds(source, name).as_(f"n{i}"))
    for i, name in enumerate(wanted.texts):
        picked.append(as_segment(source, Segment(name, name)).as_(f"s{i}"))
    if wanted.unit is not None:
        picked.append(as_unit(source, wanted.unit).as_("u"))
    if wanted.time is not None:
        picked.append(seconds(source, wanted.time).as_("t"))
    return picked


def seconds(source: Source, name: str) -> exp.Expr:
    """A time as seconds since 1970; a number stays what it is."""
    moment = as_moment(source, name)
    if source.columns[name] in {"number", "single", "boolean"}:
        return moment
    return sql("cast(epoch(:m) as double)", m=moment)


def _asked(source: Source, query: exp.Select) -> dict[str, Any]:
    try:
        return source.session.columns(query.sql(dialect=DIALECT))
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None


def numbers_of(held: Any) -> Array:
    return np.ma.filled(np.ma.asarray(held).astype(np.float64), np.nan)


def texts_of(held: Any) -> Array:
    return np.ma.filled(np.ma.asarray(held, dtype=object), "").astype(str).astype(object)
