"""What the columns of a table hold, by one pass: facts of each, and its rows by value or bucket.

Texts of few different values are judged by these values; only columns of many different texts and
of times are asked for by statements of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from sextant.engines.columns import Cell, Facts, asked, facts, table
from sextant.engines.reading import NOTHING, as_moment, as_number, is_empty
from sextant.engines.source import RELATION, Source
from sextant.engines.sql import DIALECT, column, finite, sql
from sextant.engines.sweep.numbers import NumberColumn
from sextant.engines.sweep.sweeping import Pass, Swept, swept
from sextant.states.counts import Counts
from sextant.states.histogram import Histogram
from sextant.states.table import TableState

HEAD = 10_000
MOSTLY = 0.9
FEW = 2_000
"""Values of a column that are counted one by one."""
ALONE: Cell = (None, 0)
MANY = f"more than {FEW:,} different texts"
LEFT = {"time": "times move by themselves", "other": "lists, structures and bytes are not compared"}
Rows = Mapping[str | None, Mapping[Cell, int]]


@dataclass(frozen=True, slots=True)
class Looked:
    """Facts of every column, rows by value of those that were counted, and the rows' hashes.

    `state`: what may be kept of them.
    """

    facts: tuple[Facts, ...]
    cells: Mapping[str, Rows]
    rows: int
    state: TableState
    hashes: NDArray[np.uint64] | None


def looked(source: Source, keep: int, ignore: Sequence[str] = (), view: str = RELATION) -> Looked:
    """One pass. `keep`: so many rows' hashes at the most; `ignore`: columns they leave out.

    Raises `SourceError` where the file breaks on reading.
    """
    names = [name for name, kind in source.columns.items() if kind != "other"]
    numbers, words, hashed = _plan(source, names, view)
    others = [name for name in source.columns if name not in names]
    asked_for = Pass(
        numbers, words, [*hashed, *others], ignore=ignore, most_texts=FEW, most_numbers=FEW,
        raw=True, different=True, keep=keep,
    )  # fmt: skip
    seen = swept(source, asked_for, view)
    found: dict[str, Facts] = {}
    cells: dict[str, Rows] = {}
    for name in numbers:
        one = _of_numbers(source, name, seen)
        if one is not None:
            found[name] = one
            cells[name] = _rows(seen.numbers[name], seen.rows)
    for name in words:
        counts = seen.words[name].counts(1)
        if counts is not None:
            found[name] = _of_texts(source, name, seen.rows, counts[0])
            cells[name] = {key: {ALONE: n} for key, n in _filled(source, name, counts[0]).items()}
    rest = [name for name in names if name not in found]
    found |= {one.name: one for one in facts(source, view, rest)}
    return Looked(
        tuple(found[name] for name in names), cells, seen.rows, _kept(source, seen), seen.hashes
    )


def _kept(source: Source, seen: Swept) -> TableState:
    """The state of the table, of the columns that drift compares by it too."""
    numbers: dict[str, Histogram] = {}
    words: dict[str, Counts] = {}
    left = {name: LEFT.get(kind, MANY) for name, kind in source.columns.items()}
    for name, one in seen.numbers.items():
        if source.columns[name] != "text":
            numbers[name] = one.histograms(1)[0]
        elif source.typed or seen.unread[name]:
            left[name] = "a text that mostly holds numbers"
        else:
            numbers[name] = one.histograms(1)[0]
    for name, texts in seen.words.items():
        counts = texts.counts(1)
        if counts is not None:
            trimmed: dict[str, float] = {}
            for text, n in counts[0].items():
                key = (text or "").strip(" ")
                trimmed[key] = trimmed.get(key, 0.0) + n
            words[name] = Counts.of(trimmed)
    kept = {*numbers, *words}
    left = {name: why for name, why in left.items() if name not in kept}
    return TableState(seen.row_hashes.snapshot, numbers, words, left)


def _plan(
    source: Source, names: Sequence[str], view: str
) -> tuple[list[str], list[str], list[str]]:
    """Which columns are counted as numbers, as texts, or not at all, by their types and heads."""
    texts = [name for name in names if source.columns[name] == "text"]
    head = _heads(source, texts, view) if texts else {}
    numbers, words, hashed = [], [], []
    for name in names:
        kind = source.columns[name]
        cells, read, different = head.get(name, (0, 0, 0))
        if kind in {"number", "single"} or (cells and read >= MOSTLY * cells):
            numbers.append(name)
        elif kind == "time" or different > FEW:
            hashed.append(name)
        else:
            words.append(name)
    return numbers, words, hashed


def _heads(source: Source, names: Sequence[str], view: str) -> dict[str, tuple[int, int, int]]:
    """Of each column's first rows: filled cells, those that are numbers, and different ones."""
    picked: list[exp.Expr] = []
    for name in names:
        value = as_number(source, name)
        picked += [
            sql("count(*) filter (where not :e)", e=is_empty(source, name)),
            sql("count(*) filter (where :f)", f=finite(value)),
            sql("approx_count_distinct(:x)", x=column(name)),
        ]
    rows = exp.select("*").from_(table(view)).limit(HEAD).subquery("head")
    told = asked(source, exp.select(*picked).from_(rows))[0]
    return {name: tuple(told[3 * at : 3 * at + 3]) for at, name in enumerate(names)}


def _of_numbers(source: Source, name: str, seen: Swept) -> Facts | None:
    """Facts of a column of numbers; None for a text column that holds fewer than it promised."""
    one = seen.numbers[name]
    state = one.histograms(1)[0]
    empty, n = int(state.missing + state.nan), int(state.finite)
    if source.columns[name] == "text":
        empty -= seen.unread[name]
        if n < MOSTLY * (seen.rows - empty) or seen.rows == empty:
            return None
    distinct = one.distinct.estimate
    if one.values is not None:
        distinct = int(one.values.size)
    elif distinct <= FEW:
        distinct = FEW + 1
    longest = 0 if one.values is None else max(map(len, map(str, one.values.tolist())), default=0)
    return Facts(
        name=name, rows=seen.rows, missing=empty, distinct=distinct, numbers=n,
        whole=n if one.whole else 0, low=float(state.low.min()) if n else None,
        high=float(state.high.max()) if n else None, flags=0, moments=0, first=None, last=None,
        length=0.0, longest=longest,
    )  # fmt: skip


def _rows(one: NumberColumn, rows: int) -> Rows:
    """Rows by value, or by bucket where the values are many."""
    counts = one.counts()
    held = one.buckets() if counts is None else counts
    found: dict[str | None, dict[Cell, int]] = {str(key): {ALONE: n} for key, n in held.items()}
    if rest := rows - sum(held.values()):
        found[None] = {ALONE: rest}
    return found


def _filled(source: Source, name: str, counts: Mapping[str | None, int]) -> dict[str | None, int]:
    """The same with all that counts as nothing under None."""
    nothing = {""} if source.typed else {"", *NOTHING}
    if source.columns[name] == "boolean":
        nothing = set()
    found: dict[str | None, int] = {}
    for text, n in counts.items():
        empty = text is None or text.strip(" ").lower() in nothing
        found[None if empty else text] = found.get(None if empty else text, 0) + n
    return found


def _of_texts(source: Source, name: str, rows: int, counts: Mapping[str | None, int]) -> Facts:
    """Facts of a column from its different texts and how often each stands."""
    filled = _filled(source, name, counts)
    missing = filled.pop(None, 0)
    held = [(str(text), n) for text, n in filled.items()]
    texts = {text.strip(" ") for text, _ in held}
    flags = sum(n for text, n in held if text.strip(" ").lower() in {"true", "false"})
    cells = sum(n for _, n in held)
    length = sum(n * len(text.strip(" ")) for text, n in held) / cells if cells else 0.0
    numbers = whole = moments = 0
    values: list[float] = []
    times: list[tuple[float, str]] = []
    if source.columns[name] == "text" and held:
        read = _read(source, name, [text for text, _ in held])
        for (value, when, shown), (_, n) in zip(read, held, strict=True):
            if value is not None:
                values.append(value)
                numbers += n
                whole += n * (value == np.floor(value))
            if when is not None:
                times.append((when, shown))
                moments += n
    return Facts(
        name=name, rows=rows, missing=missing, distinct=len(texts), numbers=numbers,
        whole=int(whole), low=min(values, default=None), high=max(values, default=None),
        flags=flags, moments=moments, first=min(times)[1] if times else None,
        last=max(times)[1] if times else None, length=length,
        longest=max(map(len, texts), default=0),
    )  # fmt: skip


def _read(
    source: Source, name: str, texts: Sequence[str]
) -> list[tuple[float | None, float | None, str]]:
    """Each text as a number and as a moment, read as the cells of the column are."""
    value, moment = as_number(source, name), as_moment(source, name)
    listed = exp.Array(expressions=[exp.Literal.string(text) for text in texts])
    given = exp.select(
        exp.Explode(this=listed).as_(name, quoted=True),
        sql(f"unnest(range({len(texts)}))").as_("at"),
    ).subquery("given")
    read = (
        exp.select(
            sql("case when :f then :x end", f=finite(value), x=value),
            sql("epoch(:m)", m=moment),
            sql("cast(:m as text)", m=moment),
        )
        .from_(given)
        .order_by("at")
    )
    found: list[tuple[float | None, float | None, str]] = asked(source, read.sql(dialect=DIALECT))
    return found
