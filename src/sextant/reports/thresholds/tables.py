"""The tables of a record, as every form shows them: a head and rows of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TITLES = {
    "flagged": "flagged",
    "recall": "recall",
    "precision": "precision",
    "false_positive_rate": "false positive rate",
    "friction": "flagged in error, of all",
    "cost": "cost of a decision",
}
Table = tuple[list[str], list[list[str]]]
Record = Mapping[str, Any]


def cuts_table(record: Record) -> Table:
    """Today's threshold beside the best: a row for each measure."""
    today, best = record["today"], record["best"]
    head = ["", f"today, {today['written']}"]
    shown = [today]
    if best is not None and best["written"] != today["written"]:
        head.append(f"best, {best['written']}")
        shown.append(best)
    rows = [[title, *(said(one[name]) for one in shown)] for name, title in TITLES.items()]
    return head, rows


def groups_table(grouped: Mapping[str, Any]) -> Table:
    """The groups of a segment at today's threshold, with their own cheapest one."""
    head = [grouped["segment"], "n", "flagged", "recall", "false positive rate", "precision",
            "cheapest threshold"]  # fmt: skip
    rows = []
    for one in grouped["groups"]:
        shares = [
            said(one["today"][name]) if name in one["today"] else "no row"
            for name in ("flagged", "recall", "false_positive_rate", "precision")
        ]
        own = "one class only" if one["best"] is None else f"{one['best']:g} ({one['range']})"
        rows.append([one["name"], f"{one['n']:,.0f}", *shares, own])
    return head, rows


def equalised_table(grouped: Mapping[str, Any]) -> Table:
    """What making a share equal does to the gap, and its price."""
    head = ["the same", "thresholds", "gap today", "gap then", "cost of a decision"]
    rows = []
    for one in grouped["equalised"]:
        moved = ", ".join(
            f"{each['name']} {each['threshold']:g}" for each in one["groups"]
            if each["threshold"] is not None
        )  # fmt: skip
        cost = one["cost"]
        sign = "+" if (cost["estimate"] or 0) > 0 else ""
        rows.append([
            TITLES[one["measure"]], moved, said(one["gap_before"]), said(one["gap_after"]),
            sign + said(cost),
        ])  # fmt: skip
    return head, rows


def said(estimate: Mapping[str, Any]) -> str:
    """`82.6 % (82.2 to 83.0)`; the reason where there is no number."""
    if not estimate["shown"]:
        return str(estimate["reason"])
    return f"{estimate['shown']} ({estimate['interval'].replace(' – ', ' to ')})"
