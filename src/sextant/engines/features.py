"""Columns of all rows in their order, as a model takes them, and every cell as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from sextant.contracts.model import Segment
from sextant.engines.errors import SourceError
from sextant.engines.labelled import numbers_of, seconds, texts_of
from sextant.engines.reading import as_number, as_segment
from sextant.engines.source import RELATION, Source, unreadable
from sextant.engines.sql import DIALECT

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Features:
    """Every row of a table, in its order: `columns` by name, `cells` the table itself as text.

    Numbers and times (seconds) are float, NaN where there is nothing; texts "".
    """

    columns: Mapping[str, Array]
    cells: Mapping[str, Array]


def features(source: Source, kinds: Mapping[str, str]) -> Features:
    """Columns as `kinds` says: "number", "moment" or "category".

    Raises `SourceError` where one is not there or the table cannot be read.
    """
    if problems := source.check_columns(dict.fromkeys(kinds, "the baseline reads it")):
        raise SourceError(problems)
    plain = [name for name, kind in source.columns.items() if kind != "other"]
    picked = [
        _read(source, name, kind).as_(f"f{i}") for i, (name, kind) in enumerate(kinds.items())
    ]
    picked += [_text(name).as_(f"c{i}") for i, name in enumerate(plain)]
    query = exp.select(*picked).from_(exp.to_table(RELATION, quoted=True))
    try:
        found = source.session.columns(query.sql(dialect=DIALECT))
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None
    columns = {
        name: texts_of(found[f"f{i}"]) if kind == "category" else _finite(found[f"f{i}"])
        for i, (name, kind) in enumerate(kinds.items())
    }
    return Features(columns, {name: texts_of(found[f"c{i}"]) for i, name in enumerate(plain)})


def _read(source: Source, name: str, kind: str) -> exp.Expr:
    if kind == "category":
        return as_segment(source, Segment(name, name))
    return seconds(source, name) if kind == "moment" else as_number(source, name)


def _text(name: str) -> exp.Expr:
    return exp.cast(exp.column(name, quoted=True), "text")


def _finite(held: Any) -> Array:
    value = numbers_of(held)
    return np.where(np.isfinite(value), value, np.nan)
