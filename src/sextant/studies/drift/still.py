"""Columns that hold one value in a window and several in the reference."""

from __future__ import annotations

from sextant.states.histogram import Histogram
from sextant.studies.drift.result import State, Texts, Window


def still_in(window: Window, reference: Window) -> tuple[tuple[str, str], ...]:
    """Each such column with its value; "" where all of its cells are empty."""
    found = []
    for name, state in window.columns.items():
        value = _only(state)
        if value is not None and _only(reference.columns[name]) is None:
            found.append((name, value))
    return tuple(found)


def _only(state: State) -> str | None:
    """The one value of all rows; None where there are several, or where texts are counted."""
    if isinstance(state, Histogram):
        return _number(state)
    if isinstance(state, Texts):
        return None
    held = [value for value, rows in state.items() if rows]
    return held[0] if len(held) == 1 else None


def _number(state: Histogram) -> str | None:
    rest = (state.missing, state.nan, state.negative_infinite, state.positive_infinite)
    if not state.n.size:
        return "" if not any(rest[2:]) else None
    if state.n.size > 1 or any(rest) or state.low[0] != state.high[0]:
        return None
    value = float(state.low[0])
    return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.6g}"
