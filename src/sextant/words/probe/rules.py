"""The best rule of one column, in words."""

from __future__ import annotations

import numpy as np

from sextant.studies.probe.onecolumn import Found
from sextant.studies.probe.rows import Rows
from sextant.words.nouns import listed

MOST = 6


def rule_text(found: Found, rows: Rows) -> str:
    """`yes where duration ≥ 320, else no`; `price: 12 below 40, 31 from 40 on`."""
    name = found.column.name
    if found.cut is not None:
        below, above = (_said(found, rows, place) for place in (1, found.column.parts - 1))
        gaps = _gaps(found, rows, {below, above})
        if below == above:
            return f"{below} whatever {name} is{gaps}"
        return f"{above} where {name} is {found.cut:g} or more, {below} below{gaps}"
    groups: dict[str, list[str]] = {}
    used = set(np.unique(found.column.place).tolist())
    for place, value in enumerate(found.column.values, start=1):
        if place in used:
            groups.setdefault(_said(found, rows, place), []).append(value or "missing")
    usual = max(groups, key=lambda one: len(groups[one]))
    told = [
        f"{said} where {name} is {_some(values)}"
        for said, values in sorted(groups.items())
        if said != usual
    ]
    if not told:
        return f"{usual} whatever {name} is"
    if len(told) > MOST:
        return f"its own answer for each of {sum(map(len, groups.values()))} values of {name}"
    return f"{'; '.join(told)}; else {usual}{_gaps(found, rows, set(groups))}"


def _said(found: Found, rows: Rows, place: int) -> str:
    value = found.said[place]
    return f"{value:g}" if rows.task == "regression" else rows.classes[int(value)]


def _gaps(found: Found, rows: Rows, others: set[str]) -> str:
    """What is said where the column is missing, if it ever is."""
    if not (found.column.place == 0).any():
        return ""
    return f" (missing: {_said(found, rows, 0)})"


def _some(values: list[str]) -> str:
    if len(values) <= MOST:
        return listed(values, "or") if len(values) > 1 else values[0]
    return f"{', '.join(values[:MOST])} or one of {len(values) - MOST} more"
