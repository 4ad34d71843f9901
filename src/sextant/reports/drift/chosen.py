"""Which windows and columns a reader is shown: what changed, then the furthest few."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sextant.words.numbers import whole

Record = Mapping[str, Any]
MARKS = {"changed": "✕", "not changed": "●", "undecided": "◐"}
VERDICT_MARKS = {"missed": "✕", "met": "●", "undecided": "◐"}
MOST_PROMISES = 6
MOST_WINDOWS, MOST_COLUMNS, FEWEST = 12, 8, 3


def windows(record: Record) -> list[Record]:
    """Those that changed, or in which a promise is broken; where none did, the furthest off."""
    moved = [one for one in record["windows"] if one["answer"] == "changed" or broken(one)]
    ordered = moved or list(record["windows"])
    ordered = sorted(ordered, key=furthest, reverse=True)[:MOST_WINDOWS]
    return [one for one in record["windows"] if one in ordered]


def columns(window: Record) -> list[Record]:
    """Those that changed, eight at the most; else the three furthest off."""
    moved = sum(one["answer"] == "changed" for one in window["columns"])
    return list(window["columns"][: min(max(moved, FEWEST), MOST_COLUMNS)])


def broken(window: Record) -> list[Record]:
    """The promises that are broken in a window; older records judged none."""
    return [one for one in window.get("performance", ()) if one["broken"]]


def promises(window: Record) -> list[str]:
    """What labels say of a window's promises: those not kept, and how many are."""
    held = [one for one in window.get("performance", ()) if one["role"] != "secondary"]
    open_ = [one for one in held if one["verdict"] != "met"]
    found = [
        f"{VERDICT_MARKS[one['verdict']]} {one['criterion']}: {one['sentence']}"
        for one in sorted(open_, key=lambda one: one["verdict"])[:MOST_PROMISES]
    ]
    if kept := len(held) - len(open_):
        found.append(f"● By its labels {kept} of {len(held)} promises are kept.")
    return found


def furthest(window: Record) -> float:
    return max((one["distance"]["estimate"] or 0.0 for one in window["columns"]), default=0.0)


def rest(record: Record) -> str:
    """How many are not shown, by answer; "" where all are."""
    shown = sum(len(columns(one)) for one in windows(record))
    every = [one["answer"] for window in record["windows"] for one in window["columns"]]
    if shown >= len(every):
        return ""
    counts = ", ".join(
        f"{whole(every.count(answer))} {answer}" for answer in MARKS if answer in every
    )
    return f"Of {whole(len(every))} comparisons: {counts}. The JSON has every one."


def distance(one: Record) -> str:
    """`8.2 of 100 rows (6.1 – 10.2)`."""
    held = one["distance"]
    low, high = held["low"] * 100, held["high"] * 100
    return f"{held['estimate'] * 100:.1f} of 100 rows ({low:.1f} – {high:.1f})"


def title(window: Record, record: Record) -> str:
    """The window's name and rows."""
    by = f"{record['by']} " if record["by"] else ""
    return f"{by}{window['window']}, {whole(window['rows'])} rows"
