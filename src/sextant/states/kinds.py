"""How each kind of state lies in columns: its fields, and how to store each sort of field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

import numpy as np

from sextant.states.agreement import Agreement
from sextant.states.classes import ClassCounts
from sextant.states.columns import ColumnReader, ColumnWriter, damaged
from sextant.states.confusion import Confusion
from sextant.states.counts import Counts
from sextant.states.fit import FitMoments
from sextant.states.histogram import Histogram
from sextant.states.joint import JointScores
from sextant.states.judged import WIDTH, Judged
from sextant.states.moments import CoMoments, Moments
from sextant.states.newest import Newest
from sextant.states.repeated import Repeated
from sextant.states.scores import ScoreCounts
from sextant.states.shown import Shown
from sextant.states.snapshot import RowSample, Snapshot
from sextant.states.state import StateError
from sextant.states.units import ByUnit

MAX_STATES = 2**20
"""A stored tree of states holds at most so many, parts of units included."""

MAPPING_DEPTH = 8

UNITS = "units/"


class Sort(Protocol):
    """Stores one field of many states, and reads it again."""

    def write(self, columns: ColumnWriter, values: Sequence[Any]) -> None: ...

    def read(self, columns: ColumnReader, n: int) -> Sequence[Any]: ...


class Number:
    """A double."""

    def write(self, columns: ColumnWriter, values: Sequence[float]) -> None:
        columns.floats(values)

    def read(self, columns: ColumnReader, n: int) -> list[float]:
        held: list[float] = columns.floats(n).tolist()
        return held


class Whole:
    """A whole number, or a truth value, of at least 0."""

    def write(self, columns: ColumnWriter, values: Sequence[int]) -> None:
        columns.bigs([int(value) for value in values])

    def read(self, columns: ColumnReader, n: int) -> list[int]:
        return columns.bigs(n)


class Integers:
    """An array of int64."""

    def write(self, columns: ColumnWriter, values: Sequence[Any]) -> None:
        columns.run_lengths(values)
        columns.ints(np.concatenate(values))

    def read(self, columns: ColumnReader, n: int) -> list[Any]:
        ends = columns.ends(n)
        return _cut(columns.ints(ends[-1]), ends)


@dataclass(frozen=True)
class Doubles:
    """An array of float64, or a tuple of them; `width` numbers a row."""

    width: int = 1
    as_tuple: bool = False

    def write(self, columns: ColumnWriter, values: Sequence[Any]) -> None:
        lengths = columns.item_lengths if self.as_tuple else columns.run_lengths
        lengths(values)
        joined = np.concatenate([np.asarray(value, np.float64) for value in values])
        for column in joined.reshape(-1, self.width).T:
            columns.floats(column)

    def read(self, columns: ColumnReader, n: int) -> list[Any]:
        ends = columns.item_ends(n) if self.as_tuple else columns.ends(n)
        held = [columns.floats(ends[-1]) for _ in range(self.width)]
        runs = _cut(held[0] if self.width == 1 else np.stack(held, axis=1), ends)
        return [tuple(run.tolist()) for run in runs] if self.as_tuple else runs


class NamedNumbers:
    """Pairs of a text and a double."""

    def write(self, columns: ColumnWriter, values: Sequence[tuple[tuple[str, float], ...]]) -> None:
        columns.item_lengths(values)
        columns.texts([name for value in values for name, _ in value])
        columns.floats([number for value in values for _, number in value])

    def read(self, columns: ColumnReader, n: int) -> list[Any]:
        ends = columns.item_ends(n)
        names, numbers = columns.texts(ends[-1]), columns.floats(ends[-1]).tolist()
        return _cut(tuple(zip(names, numbers, strict=True)), ends)


class NamedPairs:
    """Pairs of texts, each with a double."""

    def write(self, columns: ColumnWriter, values: Sequence[tuple[Any, ...]]) -> None:
        columns.item_lengths(values)
        for place in (0, 1):
            columns.texts([item[place] for value in values for item in value])
        columns.floats([item[2] for value in values for item in value])

    def read(self, columns: ColumnReader, n: int) -> list[Any]:
        ends = columns.item_ends(n)
        first, second = columns.texts(ends[-1]), columns.texts(ends[-1])
        numbers = columns.floats(ends[-1]).tolist()
        return _cut(tuple(zip(first, second, numbers, strict=True)), ends)


class WholePairs:
    """Pairs of whole numbers."""

    def write(self, columns: ColumnWriter, values: Sequence[tuple[tuple[int, int], ...]]) -> None:
        columns.item_lengths(values)
        columns.bigs([first for value in values for first, _ in value])
        columns.bigs([second for value in values for _, second in value])

    def read(self, columns: ColumnReader, n: int) -> list[Any]:
        ends = columns.item_ends(n)
        pairs = zip(columns.bigs(ends[-1]), columns.bigs(ends[-1]), strict=True)
        return _cut(tuple(pairs), ends)


NUMBER, WHOLE, EDGES = Number(), Whole(), Doubles(as_tuple=True)

KINDS: tuple[tuple[str, type[Any], dict[str, Sort]], ...] = (
    ("counts", Counts, {"items": NamedNumbers()}),
    ("classes", ClassCounts, {"items": NamedPairs()}),
    ("moments", Moments, dict.fromkeys(("n", "mean", "m2", "m3"), NUMBER)),
    (
        "co_moments",
        CoMoments,
        dict.fromkeys(("n", "mean_x", "mean_y", "m2_x", "m2_y", "c"), NUMBER),
    ),
    (
        "fit",
        FitMoments,
        dict.fromkeys(("n", "mean", "m2", "m3", "m4", "error", "v", "c1", "c2"), NUMBER),
    ),
    (
        "confusion",
        Confusion,
        dict.fromkeys(
            ("tp", "fp", "fn", "tn", "unlabelled_positive", "unlabelled_negative"), NUMBER
        ),
    ),
    (
        "scores",
        ScoreCounts,
        {
            "thresholds": EDGES,
            "per_octave": WHOLE,
            "bin": Integers(),
            "cut": Integers(),
            "counts": Doubles(width=3),
            "low": Doubles(),
            "high": Doubles(),
        },
    ),
    (
        "histogram",
        Histogram,
        {
            "cuts": EDGES,
            "bucket": Integers(),
            "cut": Integers(),
            "n": Doubles(),
            "low": Doubles(),
            "high": Doubles(),
            **dict.fromkeys(("missing", "nan", "negative_infinite", "positive_infinite"), NUMBER),
            "by_value": WHOLE,
            "per_octave": WHOLE,
        },
    ),
    ("snapshot", Snapshot, dict.fromkeys(("rows", "upper", "lower"), WHOLE)),
    ("judged", Judged, {"table": Doubles(width=WIDTH)}),
    ("agreement", Agreement, {"counts": Doubles(width=4)}),
    (
        "joint_scores",
        JointScores,
        {"per_octave": WHOLE, "a": Integers(), "b": Integers(), "counts": Doubles(width=2)},
    ),
    ("shown", Shown, {"users": NUMBER, "item": Integers(), "n": Doubles(), "copies": NUMBER}),
    ("newest", Newest, dict.fromkeys(("n", "day"), NUMBER)),
    ("repeated", Repeated, dict.fromkeys(("rows", "again", "tables"), NUMBER)),
    ("row_sample", RowSample, {"threshold": WHOLE, "items": WholePairs()}),
)


def shape_of(state: Any) -> str:
    """The name of a state's kind; that of `ByUnit` names the kind of its parts too.

    Raises StateError for what is no known state.
    """
    if isinstance(state, ByUnit):
        inner = shape_of(state.parts[0][1]) if state.parts else ""
        if not inner.startswith(UNITS):
            return UNITS + inner
    for name, kind, _ in KINDS:
        if type(state) is kind:
            return name
    raise StateError("This cannot be stored as a state", repr(type(state)), "Pass a state.")


def write_group(columns: ColumnWriter, shape: str, states: Sequence[Any]) -> None:
    """Stores states of one shape, field by field."""
    if len(states) > MAX_STATES:
        raise StateError("Too many states to store at once", len(states), f"Up to {MAX_STATES}.")
    if shape.startswith(UNITS):
        columns.floats([state.copies for state in states])
        columns.ints([len(state.parts) for state in states])
        columns.ints([bucket for state in states for bucket, _ in state.parts])
        parts = [part for state in states for _, part in state.parts]
        if parts:
            write_group(columns, shape.removeprefix(UNITS), parts)
        return
    _, fields = _kind(shape)
    for name, sort in fields.items():
        sort.write(columns, [getattr(state, name) for state in states])


def read_group(columns: ColumnReader, shape: str, n: int) -> list[Any]:
    """The `n` states of one shape. Raises StateError, or ValueError where a state refuses."""
    columns.bounds.take_states(n)
    if shape.startswith(UNITS):
        copies, ends = columns.floats(n).tolist(), columns.ends(n)
        buckets = columns.ints(ends[-1]).tolist()
        inner = shape.removeprefix(UNITS)
        if inner.startswith(UNITS) or bool(inner) != bool(buckets):
            raise damaged("kind of state", repr(shape)[:80])
        states = read_group(columns, inner, len(buckets)) if buckets else []
        parts = _cut(tuple(zip(buckets, states, strict=True)), ends)
        return [ByUnit(part, many) for part, many in zip(parts, copies, strict=True)]
    kind, fields = _kind(shape)
    held = [sort.read(columns, n) for sort in fields.values()]
    states = [kind(**dict(zip(fields, row, strict=True))) for row in zip(*held, strict=True)]
    for state in states:
        if isinstance(state, ScoreCounts | Histogram):
            state.checked()
    return states


def _kind(shape: str) -> tuple[type[Any], dict[str, Sort]]:
    for name, kind, fields in KINDS:
        if name == shape:
            return kind, fields
    raise damaged("kind of state", repr(shape)[:80])


def _cut(rows: Any, ends: list[int]) -> list[Any]:
    """Runs of rows that end at `ends`."""
    return [rows[start:end] for start, end in pairwise([0, *ends])]
