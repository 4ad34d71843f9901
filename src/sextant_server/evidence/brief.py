"""The few lines of a record that lists and Today show: what is open, and how many are what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

MOST = 12


def brief_of(record: Mapping[str, Any]) -> dict[str, Any]:
    """The open promises, the worst first of each verdict, and a count of all that decide."""
    deciding = [one for one in record["criteria"] if one["role"] != "secondary"]
    open_ones = [_open(one) for one in deciding if one["verdict"] != "met"]
    counts = Counter(one["verdict"] for one in deciding)
    return {
        "open": sorted(open_ones, key=lambda one: (one["verdict"] != "missed", -one["beyond"]))[
            :MOST
        ],
        "counts": {verdict: counts[verdict] for verdict in ("met", "missed", "undecided")},
        "counted": counted(counts, len(deciding)),
        "figures": [_figure(one) for one in record["criteria"]],
        "rates": record["rates"],
    }


def counted(counts: Mapping[str, int], total: int) -> str:
    """`Six of eight promises are met, one is missed, one is undecided` in figures."""
    parts = [f"{counts[one]} {one}" for one in ("met", "missed", "undecided") if counts.get(one)]
    promises = "promise" if total == 1 else "promises"
    return f"Of {total} {promises} {', '.join(parts)}." if parts else "No promise decides."


def _open(criterion: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": criterion["id"],
        "text": criterion["text"],
        "verdict": criterion["verdict"],
        "sentence": criterion["sentences"]["product"],
        "figures": _told(criterion),
        "beyond": beyond(criterion["top"]),
    }


def _figure(criterion: Mapping[str, Any]) -> dict[str, Any]:
    """The number of a criterion (of its worst group), for what rests on it."""
    top = criterion["top"]
    figures = {name: top[name] for name in ("estimate", "low", "high", "count")}
    named = {name: criterion[name] for name in ("id", "text", "verdict")}
    return {**named, **figures, "figures": _told(criterion)}


def _told(criterion: Mapping[str, Any]) -> str:
    """`women: 84 % (80 to 88 %), n 1,204; promised at least 80 %.`"""
    top = criterion["top"]
    name = f"{criterion['top_name']}: " if criterion["top_name"] else ""
    if not top["value"]:
        return f"{name}{top['reason']}."
    return f"{name}{top['value']} ({top['interval']}), n {top['n']}; promised {top['bound']}."


def beyond(row: Mapping[str, Any]) -> float:
    """How far the estimate lies on the wrong side of its bound, as a share of the bound's size."""
    if row["estimate"] is None:
        return 0.0
    short = row["limit"] - row["estimate"] if row["op"] == ">=" else row["estimate"] - row["limit"]
    size = abs(row["limit"]) or 1.0
    return float(max(short / size, 0.0))
