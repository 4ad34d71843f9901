"""The ledger beside a contract: how often one question has been looked at."""

from __future__ import annotations

import base64
import json
import os
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sextant.contracts.looks import Look
from sextant.contracts.model import Looks
from sextant.states.snapshot import RowSample

SCHEMA = 1
SAME_QUESTION = 0.5
"""Data that hold this share of the last look's rows, where rows tell themselves apart, are the
same question again: a look is not made new by leaving a few rows out."""


class LedgerError(ValueError):
    """The ledger cannot be read or written: the problem, the file, the remedy."""


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
    """Whether the new data hold the old ones, judged by the samples of their rows.

    All of them, as often; or half of the rows that stand only once, if most do.
    """
    if (old.contained_in(new) or 0.0) == 1.0:
        return True
    single = tuple(item for item in old.items if item[1] == 1)
    if 2 * len(single) < sum(n for _, n in old.items):
        return False
    return (RowSample(old.threshold, single).contained_in(new) or 0.0) >= SAME_QUESTION


def ledger_path(contract: Path) -> Path:
    """`launch.yaml` keeps its looks in `launch.looks.json`."""
    return contract.with_name(contract.stem + ".looks.json")


def read_ledger(path: Path) -> Ledger:
    """The ledger of a file; empty where there is none.

    Raises `LedgerError` where the file is damaged: the count of looks must not start again.
    """
    if not path.exists():
        return Ledger()
    try:
        text = path.read_text(encoding="utf-8")
    except ValueError as error:
        raise _unreadable(path.name, error) from None
    return ledger_from_text(text, path.name)


def ledger_from_text(text: str, name: str) -> Ledger:
    """The ledger that `ledger_text` wrote; `name` is what an error calls it."""
    try:
        held = json.loads(text)
        schema = held["schema"]
        series = [_series(one) for one in held["series"]] if schema == SCHEMA else []
    except (KeyError, TypeError, AttributeError, ValueError, struct.error) as error:
        raise _unreadable(name, error) from None
    if schema != SCHEMA:
        raise LedgerError(f"{name} is of schema {schema}; this version reads {SCHEMA}.")
    return Ledger(tuple(series))


def _unreadable(name: str, error: Exception) -> LedgerError:
    return LedgerError(
        f"{name} counts the looks at this contract and cannot be read ({error}). "
        "Restore it from version control, or pass --look N."
    )


def ledger_text(ledger: Ledger) -> str:
    """A ledger as JSON text."""
    return json.dumps(
        {"schema": SCHEMA, "series": [_series_dict(one) for one in ledger.series]},
        indent=1,
        ensure_ascii=False,
    )


def write_ledger(path: Path, ledger: Ledger) -> None:
    """Write the ledger in one step: a reader sees the old or the new, never a part."""
    text = ledger_text(ledger)
    try:
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        part.write_text(text + "\n", encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise LedgerError(
            f"The looks cannot be counted in {path.name} ({error.strerror}). "
            "Make the folder writable, or keep the count yourself with --look N."
        ) from None


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Keep other runs on the same contract waiting, where the system can lock files."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    try:
        handle = os.open(path.parent, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


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


def sample_text(sample: RowSample) -> str:
    """A sample of row hashes as text."""
    flat = [number for item in sample.items for number in item]
    return base64.b64encode(struct.pack(f"<Q{len(flat)}Q", sample.threshold, *flat)).decode()


def sample_from_text(text: str) -> RowSample:
    """The sample that `sample_text` wrote; raises ValueError or struct.error for anything else."""
    raw = base64.b64decode(text, validate=True)
    threshold, *flat = struct.unpack(f"<{len(raw) // 8}Q", raw)
    return RowSample(threshold, tuple(zip(flat[::2], flat[1::2], strict=True)))
