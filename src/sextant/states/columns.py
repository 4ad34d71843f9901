"""Columns of numbers and texts as bytes: little-endian, each as narrow as its values allow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from sextant.states.arrays import Floats, Ints
from sextant.states.state import StateError

INTEGERS = ("u1", "i1", "u2", "i2", "u4", "i4", "i8")
"""Codes of integer columns, narrowest first; with "+" before it a column holds differences."""

EXACT = 2.0**53
"""Below it every whole number is a double, so that whole numbers can be stored as integers."""

HALF = 32

MAX_ITEMS = 100_000
"""One state holds at most so many thresholds, cuts, names or pairs."""

N = TypeVar("N", np.int64, np.float64)


def damaged(what: str, value: object) -> StateError:
    return StateError(
        f"The stored state is damaged, {what}", value, "Fetch it again or compute it anew."
    )


class ColumnWriter:
    """Takes columns one by one; `header` lists [code, length] of each, `body` holds the bytes."""

    def __init__(self) -> None:
        self.header: list[tuple[str, int]] = []
        self.body: list[bytes] = []

    def _add(self, code: str, length: int, data: bytes) -> None:
        self.header.append((code, length))
        self.body.append(data)

    def ints(self, values: Sequence[int] | Ints) -> None:
        """Whole numbers of 64 bits, as differences where those are narrower."""
        column = np.asarray(values, np.int64)
        code, plain = _narrowest(column), column
        spread = int(column.max()) - int(column.min()) if column.size else 0
        if column.size > 1 and spread < 2**62:
            steps = np.diff(column, prepend=np.int64(0))
            narrow = _narrowest(steps)
            if INTEGERS.index(narrow) < INTEGERS.index(code):
                code, plain = narrow, steps
        sign = "" if plain is column else "+"
        self._add(sign + code, column.size, plain.astype("<" + code).tobytes())

    def bigs(self, values: Sequence[int]) -> None:
        """Whole numbers from 0 to 2^94, as their upper parts and their lower 32 bits."""
        if any(value >> (63 + HALF) for value in values):
            raise StateError("A whole number is too large to store", max(values), "Keep it < 2^95.")
        self.ints([value >> HALF for value in values])
        self.ints([value & (2**HALF - 1) for value in values])

    def floats(self, values: Sequence[float] | Floats) -> None:
        """Doubles, bit for bit: as integers where all are whole, else bytes of one rank together.

        The bytes of one rank are alike (sign and exponent above all), which packs better.
        """
        column = np.asarray(values, np.float64)
        small = np.abs(column) < EXACT
        if small.all() and not (np.signbit(column) & (column == 0)).any():
            integers = column.astype(np.int64)
            if (integers == column).all():
                return self.ints(integers)
        ranks = column.astype("<f8").view(np.uint8).reshape(-1, 8).T
        return self._add("f8", column.size, ranks.tobytes())

    def run_lengths(self, values: Sequence[Sequence[Any]]) -> None:
        """The lengths of runs."""
        self.ints([len(value) for value in values])

    def item_lengths(self, values: Sequence[Sequence[Any]]) -> None:
        """The lengths of runs that become objects, each at most `MAX_ITEMS` long."""
        lengths = [len(value) for value in values]
        if max(lengths, default=0) > MAX_ITEMS:
            raise StateError("A state has too many items to store", max(lengths), "Group them.")
        self.ints(lengths)

    def texts(self, values: Sequence[str]) -> None:
        """Texts as UTF-8 and their lengths; a lone surrogate, as in odd file names, survives."""
        parts = [value.encode("utf-8", "surrogatepass") for value in values]
        self.ints([len(part) for part in parts])
        joined = b"".join(parts)
        self._add("u1", len(joined), joined)


class Bounds:
    """How much columns from outside may still hold; what they hold is taken off it.

    `states`: states, parts of units included. `items`: texts, thresholds and pairs, which are
    many times as large as objects. `length`: numbers in one column.
    """

    def __init__(self, states: int) -> None:
        self.states, self.items, self.length = states, 16 * states, 64 * states

    def take_states(self, n: int) -> None:
        """Raises StateError where more states are claimed than are left."""
        if n > self.states:
            raise damaged(f"at most {self.states} more states may come, it claims", n)
        self.states -= n

    def take_items(self, n: int) -> None:
        """Raises StateError where more items are claimed than are left."""
        if n > self.items:
            raise damaged(f"at most {self.items} more items may come, it claims", n)
        self.items -= n


class ColumnReader:
    """Hands the columns out again in the order in which they were written.

    Every method raises StateError where the columns are not what was asked for, or where they
    hold more than `bounds` admits.
    """

    def __init__(self, header: Any, body: bytes, bounds: Bounds) -> None:
        self.bounds = bounds
        self._columns: list[tuple[str, int, bytes]] = []
        self._next = 0
        self._longest = 0
        if not isinstance(header, list):
            raise damaged("its list of columns is", type(header).__name__)
        start = 0
        for entry in header:
            code, length = _column(entry)
            if length > bounds.length:
                raise damaged(f"a column may have {bounds.length} numbers, not", length)
            end = start + length * int(code[-1])
            self._columns.append((code, length, body[start:end]))
            self._longest = max(self._longest, length)
            start = end
        if start != len(body):
            raise damaged("bytes declared and held", f"{start} and {len(body)}")

    def _take(self) -> tuple[str, int, bytes]:
        if self._next >= len(self._columns):
            raise damaged("columns held", self._next)
        self._next += 1
        return self._columns[self._next - 1]

    def finish(self) -> None:
        """Raises StateError where columns are left over."""
        if self._next < len(self._columns):
            raise damaged("columns left over", len(self._columns) - self._next)

    def ints(self, n: int | None = None) -> Ints:
        """The next column, of `n` numbers where `n` is given."""
        code, length, data = self._take()
        if code == "f8":
            raise damaged("column of whole numbers", code)
        return self._sized(_integers(code, data), n, length)

    def bigs(self, n: int) -> list[int]:
        upper, lower = self.ints(n).tolist(), self.ints(n).tolist()
        if any(not 0 <= low < 2**HALF for low in lower) or any(high < 0 for high in upper):
            raise damaged("whole number", "out of range")
        return [(high << HALF) | low for high, low in zip(upper, lower, strict=True)]

    def floats(self, n: int | None = None) -> Floats:
        """The next column, of `n` numbers where `n` is given."""
        code, length, data = self._take()
        if code != "f8":
            return self._sized(_integers(code, data).astype(np.float64), n, length)
        ranks = np.frombuffer(data, np.uint8).reshape(8, -1).T
        column = np.ascontiguousarray(ranks).reshape(-1).view("<f8").astype(np.float64)
        return self._sized(column, n, length)

    def texts(self, n: int) -> list[str]:
        ends = self.ends(n)
        code, length, data = self._take()
        if code != "u1" or (ends[-1] if n else 0) != length:
            raise damaged("bytes of text", length)
        starts = [0, *ends]
        return [data[a:b].decode("utf-8", "surrogatepass") for a, b in pairwise(starts)]

    def ends(self, n: int) -> list[int]:
        """Where each of `n` runs ends, from the next column, which holds their lengths."""
        lengths = self.ints(n)
        if n and not 0 <= lengths.min() <= lengths.max() <= self._longest:
            raise damaged("lengths of runs", "out of range")
        ends: list[int] = np.cumsum(lengths).tolist()
        return ends

    def item_ends(self, n: int) -> list[int]:
        """As `ends`, for runs that become objects: each run is short, and all are counted."""
        ends = self.ends(n)
        longest = max((b - a for a, b in pairwise([0, *ends])), default=0)
        if longest > MAX_ITEMS:
            raise damaged(f"a state may have {MAX_ITEMS} items, not", longest)
        self.bounds.take_items(ends[-1])
        return ends

    @staticmethod
    def _sized(column: NDArray[N], n: int | None, length: int) -> NDArray[N]:
        if n is not None and n != length:
            raise damaged("numbers due and held", f"{n} and {length}")
        return column


def _narrowest(column: Ints) -> str:
    low, high = (int(column.min()), int(column.max())) if column.size else (0, 0)
    return next(
        code for code in INTEGERS if np.iinfo(code).min <= low and high <= np.iinfo(code).max
    )


def _integers(code: str, data: bytes) -> Ints:
    column = np.frombuffer(data, "<" + code.removeprefix("+")).astype(np.int64)
    return np.cumsum(column) if code.startswith("+") else column


def _column(entry: Any) -> tuple[str, int]:
    if isinstance(entry, list) and len(entry) == 2:
        code, length = entry
        known = code == "f8" or (isinstance(code, str) and code.removeprefix("+") in INTEGERS)
        if known and type(length) is int and length >= 0:
            return code, length
    raise damaged("column", repr(entry)[:80])
