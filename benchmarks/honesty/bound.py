"""A criterion whose truth lies on its bound: how often is it *met*? Exact, without drawing.

Ours through the public interface: *met* begins at one count of right answers, found by halving;
how often so many are right where the truth is the bound is the binomial distribution.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import pyarrow as pa
from scipy import stats

import sextant as sx

BOUND = Path(__file__).parents[1] / "results" / "honesty_bound.json"
BOUNDS = (0.8, 0.9, 0.95, 0.99)
ROWS = (50, 200, 1_000, 10_000, 100_000)


def verdict(right: int, rows: int, bound: float) -> str:
    """What ours says of an accuracy of `right` of `rows`."""
    said = pa.array([1] * right + [0] * (rows - right))
    table = pa.table({"label": pa.array([1] * rows), "said": said})
    criterion = f"accuracy >= {bound:.0%}"
    return str(sx.evaluate(table, criteria=[criterion], label="label", prediction="said").verdict)


def met_from(rows: int, bound: float) -> int | None:
    """The fewest right answers that are *met*; None where not even all of them are."""
    if verdict(rows, rows, bound) != "met":
        return None
    low, high = math.floor(bound * rows), rows
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if verdict(middle, rows, bound) == "met" else (middle, high)
    return high


def false_met(rows: int, bound: float) -> dict[str, float | int | None]:
    """The chance of *met* by ours and by the point estimate, the truth being the bound."""
    ours, point = met_from(rows, bound), math.ceil(bound * rows - 1e-9)
    return {
        "rows": rows,
        "bound": bound,
        "met_from": ours,
        "ours": 0.0 if ours is None else float(stats.binom.sf(ours - 1, rows, bound)),
        "point": float(stats.binom.sf(point - 1, rows, bound)),
    }


def at_the_bound(path: Path = BOUND) -> None:
    """Write every case, unless they are there."""
    if not path.exists():
        found = [false_met(rows, bound) for bound in BOUNDS for rows in ROWS]
        path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
