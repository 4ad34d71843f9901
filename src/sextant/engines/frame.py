"""Rows themselves, for the lab alone: label, group, score and features of the labelled ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from sextant.contracts.grammar.segments import value_text
from sextant.contracts.model import Contract
from sextant.engines.errors import SourceError
from sextant.engines.period import bounds
from sextant.engines.reading import (
    FAMILIES,
    NAMED,
    UNLABELLED,
    as_class,
    as_moment,
    as_number,
    as_segment,
)
from sextant.engines.rows import row_hash
from sextant.engines.source import RELATION, Source, unreadable
from sextant.engines.sql import DIALECT, column, finite, number, sql

MOST_ROWS = 5_000_000


@dataclass(frozen=True, slots=True)
class Frame:
    """Labelled rows that have a group (and a score, where one is named), in the order of a hash.

    `features` [rows, columns]: numbers as they are, NaN where there is none; texts as the place of
    their value among all, ascending. `left`: rows that lack something.
    """

    y: NDArray[np.int64]
    group: NDArray[Any]
    score: NDArray[np.float64] | None
    features: NDArray[np.float64] | None
    left: int


def frame(contract: Contract, source: Source, features: Sequence[str] = ()) -> Frame:
    """The rows of a contract's first segment. Raises `SourceError` where they cannot be read."""
    data, segment = contract.data, contract.data.segments[0]
    assert data.label is not None
    wanted = {data.label.column: "the label", segment.column: "the groups"}
    wanted |= {data.time: "the time"} if data.time else {}
    wanted |= {data.score.column: "the score"} if data.score else {}
    if problems := source.check_columns(wanted | dict.fromkeys(features, "a feature")):
        raise SourceError(problems)
    named = data.label.positive
    label = as_class(source, data.label.column, named, others_negative=named is not None)
    picked = [label.as_("y"), as_segment(source, segment).as_("g")]
    if data.score is not None:
        value = as_number(source, data.score.column)
        score = sql("case when :ok then :x / :s end", ok=finite(value), x=value,
                    s=number(data.score.scale))  # fmt: skip
        picked.append(score.as_("p"))
    for i, name in enumerate(features):
        text = source.columns[name] in {"text", "boolean"} and source.typed
        picked.append((sql("cast(:x as text)", x=column(name)) if text
                       else as_number(source, name)).as_(f"f{i}"))  # fmt: skip
    read = sorted({*wanted, *features})
    where = None
    if data.time and data.period:
        moment = as_moment(source, data.time)
        where = bounds(moment, source.columns[data.time], data.period)
    query = (
        exp.select(*picked, row_hash(read).as_("r"))
        .from_(exp.to_table(RELATION, quoted=True))
        .where(where)
        .order_by("r")
        .limit(MOST_ROWS + 1)
    )
    try:
        found = source.session.columns(query.sql(dialect=DIALECT))
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None
    if len(found["y"]) > MOST_ROWS:
        what = f"{source.name} has more than {MOST_ROWS:,} rows, which are held in memory here."
        raise SourceError([f"{what} Name a sample of them."])
    return _framed(contract, found, len(features))


def _framed(contract: Contract, found: dict[str, Any], features: int) -> Frame:
    codes = np.ma.filled(np.ma.asarray(found["y"]), UNLABELLED).astype(np.int64)
    classes = {**FAMILIES, NAMED: 1}
    if unknown := set(np.unique(codes).tolist()) - {*classes, UNLABELLED}:
        assert unknown
        column_name = contract.data.label.column if contract.data.label else ""
        raise SourceError([f"'{column_name}' holds other values than two. Name the positive one."])
    texts: list[Any] = np.ma.filled(np.ma.asarray(found["g"], dtype=object), "").tolist()
    names = {value_text(value): label for value, label in contract.data.segments[0].labels}
    group = np.array([names.get(str(one), str(one)) for one in texts], dtype=object)
    used = (codes != UNLABELLED) & (group != "")
    score = None
    if "p" in found:
        score = np.ma.filled(np.ma.asarray(found["p"], dtype=np.float64), np.nan)
        used &= np.isfinite(score)
        if ((score[used] < 0) | (score[used] > 1)).any():
            raise SourceError(["Scores lie outside 0 to 1. Name the scale of the score."])
    table = None
    if features:
        table = np.stack([_numbers(found[f"f{i}"]) for i in range(features)], axis=1)[used]
    y = np.vectorize(classes.get, otypes=[np.int64])(codes[used]) if used.any() else codes[used]
    return Frame(
        y, group[used].astype(str), None if score is None else score[used], table,
        int((~used).sum()),
    )  # fmt: skip


def _numbers(held: Any) -> NDArray[np.float64]:
    values = np.ma.asarray(held)
    if values.dtype.kind in "fiub":
        return np.ma.filled(values.astype(np.float64), np.nan)
    texts = np.ma.filled(np.ma.asarray(held, dtype=object), "").astype(str)
    return np.unique(texts, return_inverse=True)[1].astype(np.float64)
