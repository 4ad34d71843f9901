"""Since when, and for how long: the windows of a study in their order, as sentences."""

from __future__ import annotations

from collections.abc import Sequence

from sextant.studies.drift.result import Drift, WindowShift


def since_when(drift: Drift) -> str:
    """`It began in 2026-03-02 and lasts to the last window`; "" where nothing changed in time."""
    if not drift.asked.by or len(drift.windows) < 2:
        return ""
    stretches = _stretches(drift.windows)
    if not stretches:
        return ""
    first, last = stretches[0][0], stretches[-1][-1]
    if len(stretches) > 1:
        return (
            f"It came and went: {len(stretches)} stretches of windows changed, the first from "
            f"{first} on, the last in {stretches[-1][0]}{_to(stretches[-1])}."
        )
    if last == drift.windows[-1].window:
        return (
            f"It changed in {first}, the last window: whether it lasts, the next will show."
            if first == last
            else f"It changed in {first} and has stayed so to the last window, {last}."
        )
    if first == last:
        return f"It changed in {first} alone; the windows after it are not shown to have changed."
    return f"It changed in {first} and lasted to {last}; what came after is not shown to differ."


def _stretches(windows: Sequence[WindowShift]) -> list[list[str]]:
    """Windows that changed, those that follow one another together."""
    found: list[list[str]] = []
    open_ = False
    for one in windows:
        if one.answer == "changed":
            if not open_:
                found.append([])
            found[-1].append(one.window)
        open_ = one.answer == "changed"
    return found


def _to(stretch: Sequence[str]) -> str:
    return f" to {stretch[-1]}" if len(stretch) > 1 else ""
