"""The ledger of a contract: how often one question has been looked at.

It may lie in a file beside the contract (`ledger_file`) or elsewhere as a text.
"""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sextant.contracts.looks import Look
from sextant.contracts.model import Looks
from sextant.states.snapshot import MODULUS, RowSample

SCHEMA = 1
SAME_QUESTION = 0.5
"""Data that hold this share of the last look's rows, where rows tell themselves apart, are the
same question again: a look is not made new by leaving a few rows out."""


class LedgerError(ValueError):
    """The ledger cannot be read or written: the problem, its name, the remedy."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One look that was taken: its number, the data's snapshot and a sample of their rows."""

    number: int
    snapshot: str
    rows: int
    sample: RowSample
    on: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """The looks at one question on growing data.

    `first` holds each row's look and n when it was first seen, `folds` the segment values that
    were folded at the first look.
    """

    digest: str
    model: str
    looks: tuple[Seen, ...]
    first: Mapping[str, tuple[int, float]]
    folds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def look(self, number: int, locked: Looks) -> Look:
        """Look `number` of this series, with the n of every row that was seen before it."""
        before = {key: n for key, (look, n) in self.first.items() if look < number}
        return Look(number, locked, before, self.folds)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All series of one contract file."""

    series: tuple[Series, ...] = ()

    def find(
        self, digest: str, model: str, snapshot: str, sample: RowSample, locked: Looks
    ) -> Look:
        """Which look these data are.

        The same snapshot again is no new look. Data that contain the last look's rows are the next
        look; data that do not are a new question.
        """
        mine = [one for one in self.series if (one.digest, one.model) == (digest, model)]
        for series in reversed(mine):
            for seen in series.looks:
                if seen.snapshot == snapshot:
                    return series.look(seen.number, locked)
        for series in reversed(mine):
            last = series.looks[-1]
            if same_rows(sample, last.sample):
                return series.look(last.number + 1, locked)
        return Look(1, locked, {})

    def record(
        self,
        digest: str,
        model: str,
        look: Look,
        seen: Seen,
        sizes: Mapping[str, float],
        folds: Mapping[str, Mapping[str, str]],
    ) -> Ledger:
        """The ledger with this look added; unchanged where its snapshot is already there."""
        kept = list(self.series)
        for place, series in enumerate(kept):
            if (series.digest, series.model) != (digest, model):
                continue
            if any(one.snapshot == seen.snapshot for one in series.looks):
                return self
            last = series.looks[-1]
            if look.number == last.number + 1 and same_rows(seen.sample, last.sample):
                new = {key: (look.number, n) for key, n in sizes.items() if n > 0}
                looks, first = (*series.looks, seen), new | dict(series.first)
                kept[place] = Series(digest, model, looks, first, series.folds)
                return Ledger(tuple(kept))
        first = {key: (look.number, n) for key, n in sizes.items() if n > 0}
        return Ledger((*kept, Series(digest, model, (seen,), first, folds)))


def same_rows(new: RowSample, old: RowSample) -> bool:
    """Whether the new data hold the old ones and are the same question, by samples of their rows.

    All of them, as often; or half of the rows that stand only once, if most do.
    """
    if (old.contained_in(new) or 0.0) == 1.0:
        return True
    single = tuple(item for item in old.items if item[1] == 1)
    if 2 * len(single) < sum(n for _, n in old.items):
        return False
    return (RowSample(old.threshold, single).contained_in(new) or 0.0) >= SAME_QUESTION


def ledger_text(ledger: Ledger) -> str:
    """A ledger as JSON; equal ledgers have equal texts."""
    held = {"schema": SCHEMA, "series": [_series_dict(one) for one in ledger.series]}
    return json.dumps(held, indent=1, ensure_ascii=False) + "\n"


def ledger_from_text(text: str, name: str) -> Ledger:
    """The ledger that `ledger_text` wrote; `name` says to the reader which one it is.

    Raises `LedgerError` where it is damaged: the count of looks must not start again.
    """
    try:
        held = json.loads(text)
        if held["schema"] != SCHEMA:
            raise LedgerError(f"{name} is of schema {held['schema']}; this version reads {SCHEMA}.")
        return Ledger(tuple(_series(one) for one in held["series"]))
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        if isinstance(error, LedgerError):
            raise
        raise unreadable(name, error) from None


def unreadable(name: str, error: Exception) -> LedgerError:
    """What to say of a ledger that cannot be read."""
    return LedgerError(
        f"{name} counts the looks at this contract and cannot be read ({error}). "
        "Restore it from version control, or pass --look N."
    )


def sample_text(sample: RowSample) -> str:
    """A sample as base64 of 64-bit numbers: its threshold (0 for 2^64), then hash and count."""
    flat = [number for item in sample.items for number in item]
    raw = struct.pack(f"<Q{len(flat)}Q", sample.threshold % MODULUS, *flat)
    return base64.b64encode(raw).decode()


def sample_from_text(text: str) -> RowSample:
    """The sample that `sample_text` wrote. Raises ValueError for any other text."""
    raw = base64.b64decode(text, validate=True)
    if not raw or len(raw) % 16 != 8:
        raise ValueError(f"a sample of rows has {len(raw)} bytes, and must have 8 and 16 a row")
    threshold, *flat = struct.unpack(f"<{len(raw) // 8}Q", raw)
    return RowSample(threshold or MODULUS, tuple(zip(flat[::2], flat[1::2], strict=True)))


def _series(held: Mapping[str, Any]) -> Series:
    return Series(
        held["digest"],
        held["model"],
        tuple(
            Seen(
                one["look"],
                one["snapshot"],
                one["rows"],
                sample_from_text(one["sample"]),
                one["on"],
            )
            for one in held["looks"]
        ),
        {key: (int(look), float(n)) for key, (look, n) in held["first"].items()},
        {name: dict(values) for name, values in held["folds"].items()},
    )


def _series_dict(series: Series) -> dict[str, Any]:
    return {
        "digest": series.digest,
        "model": series.model,
        "looks": [
            {
                "look": one.number,
                "on": one.on,
                "rows": one.rows,
                "snapshot": one.snapshot,
                "sample": sample_text(one.sample),
            }
            for one in series.looks
        ],
        "first": {key: [look, n] for key, (look, n) in sorted(series.first.items())},
        "folds": {name: dict(sorted(values.items())) for name, values in series.folds.items()},
    }
