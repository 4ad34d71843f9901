"""A column of texts, batch by batch: rows by text in every group, and its different texts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sextant.engines.sweep.batches import Words
from sextant.engines.sweep.hashing import EMPTY, Hashes, mixed, of_text
from sextant.states.distinct import Distinct

Ints = NDArray[np.int64]
MOST = 200_000
"""A column of more different texts is not counted text by text."""
TOGETHER = 1_000_000
"""So many cells are held before those of one text and group are added up."""
MISSING = -1
LEADING = np.uint64(48)


class WordColumn:
    """What is known of one column so far. The database's hash finds a text; its MD5 is kept."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.found = np.zeros(0, np.uint64)
        self.place = np.zeros(0, np.int64)
        self.texts: list[str] = []
        self.short: Ints | None = None
        self.stable = np.zeros(0, np.uint64)
        self.cells: list[tuple[Ints, Ints, Ints]] = []
        self.held = 0
        self.distinct = Distinct()
        self.too_many = False

    def codes(self, words: Words, hashes: Hashes) -> Ints:
        """Each row's place in `texts`, `MISSING` for an empty cell; new texts are taken in."""
        at = self._places(hashes)
        new = at < 0
        if words.known is not None:
            new &= words.known
        if new.any():
            rows = np.flatnonzero(new)
            fresh, first = np.unique(hashes[rows], return_index=True)
            texts = [words.at(int(rows[one])) for one in first]
            stable = np.array([of_text(one) for one in texts], np.uint64)
            places = np.arange(len(self.texts), len(self.texts) + fresh.size)
            self.texts += texts
            self.stable = np.concatenate([self.stable, stable])
            joined = np.concatenate([self.found, fresh])
            order = np.argsort(joined)
            self.found = joined[order]
            self.place = np.concatenate([self.place, places])[order]
            self._shortened()
            self.distinct += Distinct.of(mixed(stable.copy()))
            at = self._places(hashes)
        if words.known is not None:
            at = np.where(words.known, at, MISSING)
        return at

    def _places(self, hashes: Hashes) -> Ints:
        if not self.found.size:
            return np.full(hashes.size, MISSING, np.int64)
        if self.short is not None:
            at = self.short[hashes >> LEADING]
        else:
            at = np.minimum(np.searchsorted(self.found, hashes), self.found.size - 1)
        return np.where(self.found[at] == hashes, self.place[at], MISSING)

    def _shortened(self) -> None:
        """A table by the hashes' first 16 bits, where those tell the texts apart."""
        first = (self.found >> LEADING).astype(np.int64)
        self.short = None
        if (np.diff(first) > 0).all():
            self.short = np.zeros(2**16, np.int64)
            self.short[first] = np.arange(first.size)

    def add(self, words: Words, hashes: Hashes, group: Ints | None) -> Hashes:
        """Count a batch: its texts, the database's hash of each, each row's group.

        Returns the hashes of the cells that hold on another day too.
        """
        at = self.codes(words, hashes)
        stable = np.concatenate([mixed(self.stable.copy()), mixed(np.array([EMPTY]))])
        if not self.too_many:
            size = len(self.texts) + 1
            key = at + 1 if group is None else at + 1 + group * size
            keys, n = _counted(key)
            self._hold(keys // size, keys % size - 1, n)
        cells: Hashes = stable[at]  # MISSING is the last
        if len(self.texts) > self.most:
            self.too_many = True
            self.cells = []
            self.texts, self.stable = [], np.zeros(0, np.uint64)
            self.found, self.place = np.zeros(0, np.uint64), np.zeros(0, np.int64)
        return cells

    def _hold(self, group: Ints, text: Ints, n: Ints) -> None:
        self.cells.append((group, text, n))
        self.held += n.size
        if self.held > TOGETHER:
            self.cells = [self._summed()]
            self.held = self.cells[0][0].size

    def _summed(self) -> tuple[Ints, Ints, Ints]:
        group, text, n = (np.concatenate([one[at] for one in self.cells]) for at in range(3))
        size = len(self.texts) + 1
        keys, at = np.unique(group * size + text + 1, return_inverse=True)
        return keys // size, keys % size - 1, np.bincount(at, n).astype(np.int64)

    def counts(self, groups: int) -> Sequence[dict[str | None, int]] | None:
        """Rows by text of each group, None for empty cells; None where the texts are too many."""
        if self.too_many:
            return None
        found: list[dict[str | None, int]] = [{} for _ in range(groups)]
        if self.cells:
            for group, text, n in zip(*(one.tolist() for one in self._summed()), strict=True):
                found[group][None if text < 0 else self.texts[text]] = n
        return found


def _counted(key: Ints) -> tuple[Ints, Ints]:
    """The different keys and how often each stands."""
    if not key.size:
        return key, key
    if int(key.max()) < 4 * key.size:
        n = np.bincount(key)
        keys = np.flatnonzero(n)
        return keys, n[keys]
    keys, n = np.unique(key, return_counts=True)
    return keys, n
