"""One pass of a table: every column's state in every group, the hashes of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from sextant.engines.columns import table
from sextant.engines.duck import Progress
from sextant.engines.errors import SourceError
from sextant.engines.source import RELATION, Source
from sextant.engines.sql import DIALECT
from sextant.engines.sweep.batches import Column, Numbers, Words, batches
from sextant.engines.sweep.cells import beyond_doubles, hash_cell, number_cell, word_cells
from sextant.engines.sweep.hashing import EMPTY, Hashes, RowHashes, mixed, weight_of
from sextant.engines.sweep.numbers import NumberColumn
from sextant.engines.sweep.words import MOST, WordColumn
from sextant.states.histogram import MOST_VALUES

MOST_GROUPS = 1_000


@dataclass(frozen=True, slots=True)
class Pass:
    """What to read: `numbers` and `words` are counted as such, `hashed` columns are only hashed.

    `by`: the column whose texts are the groups. `ignore`: columns that the rows' hashes leave out.
    A column of more than `most_texts` different texts is not counted, one of more than
    `most_numbers` different numbers by bucket. `raw`: texts keep the blanks around them.
    `different`: whether to know how many different numbers there are. `keep`: so many rows' hashes
    are kept at the most.
    """

    numbers: Sequence[str]
    words: Sequence[str]
    hashed: Sequence[str] = ()
    by: str = ""
    ignore: Sequence[str] = ()
    most_texts: int = MOST
    most_numbers: int = MOST_VALUES
    raw: bool = False
    different: bool = False
    keep: int = 0


@dataclass(frozen=True, slots=True)
class Swept:
    """What a pass has seen. Groups are numbered in the order in which their rows came.

    `unread`: cells of a column of numbers that hold something else. `hashes`: of every row, while
    they are no more than were to be kept; else None.
    """

    rows: int
    groups: tuple[str | None, ...]
    of_group: tuple[int, ...]
    numbers: dict[str, NumberColumn]
    words: dict[str, WordColumn]
    unread: dict[str, int]
    row_hashes: RowHashes
    hashes: NDArray[np.uint64] | None = field(repr=False)


def swept(
    source: Source, asked: Pass, view: str = RELATION, progress: Progress | None = None
) -> Swept:
    """Read a table once. Raises `SourceError`, also for more than 1,000 groups, and `Cancelled`."""
    picked: list[exp.Expr] = [*word_cells(source, asked.by)] if asked.by else []
    beyond = beyond_doubles(source, asked.numbers, view) if asked.numbers else {}
    for name in asked.numbers:
        picked.append(number_cell(source, name))
        picked += [beyond[name]] if name in beyond else []
    for name in asked.words:
        picked += word_cells(source, name, asked.raw)
    picked += [hash_cell(source, name) for name in asked.hashed]
    named = [one.as_(f"c{at}") for at, one in enumerate(picked)] or [exp.Literal.number(0).as_("c")]
    statement = exp.select(*named, copy=False).from_(table(view), copy=False)
    seen = _Seen(asked, set(beyond))
    for rows, cells in batches(source, statement.sql(dialect=DIALECT, copy=False), progress):
        seen.add(rows, cells)
        if len(seen.windows.texts) > MOST_GROUPS:
            remedy = "Name a column of days, weeks or batches."
            raise SourceError([f"'{asked.by}' makes more than {MOST_GROUPS:,} windows. {remedy}"])
    return seen.end()


class _Seen:
    """The states of a pass, which grow batch by batch."""

    def __init__(self, asked: Pass, beyond: set[str]) -> None:
        self.asked = asked
        most, different = asked.most_numbers, asked.different
        self.numbers = {name: NumberColumn(most, different) for name in asked.numbers}
        self.words = {name: WordColumn(asked.most_texts) for name in asked.words}
        self.unread = dict.fromkeys(beyond, 0)
        self.windows = WordColumn()
        self.of_group = np.zeros(0, np.int64)
        named = [*asked.numbers, *asked.words, *asked.hashed]
        self.weights = {
            name: np.uint64(0) if name in asked.ignore else weight_of(name) for name in named
        }
        self.row_hashes = RowHashes()
        self.kept: list[Hashes] | None = [] if asked.keep else None

    def add(self, rows: int, columns: list[Column]) -> None:
        """A batch: its columns as the statement picks them."""
        held = iter(columns)
        group, groups = None, 1
        if self.asked.by:
            group = self.windows.codes(*_words(held)) + 1
            groups = len(self.windows.texts) + 1
            mine = np.bincount(group, minlength=groups)
            self.of_group = np.pad(self.of_group, (0, groups - self.of_group.size)) + mine
        sums, spare = np.zeros(rows, np.uint64), np.empty(rows, np.uint64)
        for name, hashes in self._hashes(held, group, groups):
            np.multiply(hashes, self.weights[name], out=spare)
            np.add(sums, spare, out=sums)
        found = self.row_hashes.add(sums)
        if self.kept is not None:
            self.kept.append(found)
            if self.row_hashes.rows > self.asked.keep:
                self.kept = None

    def _hashes(
        self, held: Iterator[Column], group: NDArray[np.int64] | None, groups: int
    ) -> Iterator[tuple[str, Hashes]]:
        """Each column's cells are counted; their hashes."""
        for name, one in self.numbers.items():
            cells = _numbers(held)
            hashes = one.add(cells.values, cells.known, group, groups)
            if name in self.unread:
                beyond = _numbers(held)
                there = slice(None) if beyond.known is None else beyond.known
                hashes[there] = beyond.values[there]
                self.unread[name] += int(beyond.values[there].size)
            yield name, hashes
        for name, texts in self.words.items():
            yield name, texts.add(*_words(held), group)
        for name in self.asked.hashed:
            cells = _numbers(held)
            bits = cells.values.astype(np.uint64)
            if cells.known is not None:
                bits[~cells.known] = EMPTY
            yield name, mixed(bits)

    def end(self) -> Swept:
        """What has been seen of all rows."""
        groups: tuple[str | None, ...] = (None,)
        of_group = [self.row_hashes.rows]
        if self.asked.by:
            groups = (None, *self.windows.texts)
            of_group = self.of_group.tolist() or [0]
        kept = None if self.kept is None else np.concatenate([np.zeros(0, np.uint64), *self.kept])
        return Swept(
            self.row_hashes.rows, groups, tuple(of_group), self.numbers, self.words, self.unread,
            self.row_hashes, kept,
        )  # fmt: skip


def _numbers(held: Iterator[Column]) -> Numbers:
    one = next(held)
    assert isinstance(one, Numbers)
    return one


def _words(held: Iterator[Column]) -> tuple[Words, Hashes]:
    texts, hashes = next(held), next(held)
    assert isinstance(texts, Words)
    assert isinstance(hashes, Numbers)
    return texts, hashes.values
