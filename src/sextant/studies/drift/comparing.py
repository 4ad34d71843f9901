"""From the states of all windows to the answer; no rows are read here."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sextant.stats.groups import difference
from sextant.stats.shift import holm
from sextant.studies.drift.columns import Measured, judged, measured
from sextant.studies.drift.result import Answer, Asked, Window, WindowShift
from sextant.studies.drift.shared import are_codes
from sextant.studies.drift.texts import MeasuredTexts

ORDER: dict[Answer, int] = {"changed": 0, "undecided": 1, "not changed": 2}


def compared(
    asked: Asked, reference: Window | Sequence[Window], windows: Sequence[Window]
) -> tuple[tuple[WindowShift, ...], int]:
    """Every window against the reference, or against its own; how many tests share one error.

    With a run length every window is a family of its own, else all windows together are one:
    the question is then asked once, in hindsight.
    """
    if not windows:
        return (), 0
    own = [reference] * len(windows) if isinstance(reference, Window) else list(reference)
    sides = list({id(one): one for one in (*own, *windows)}.values())
    names = [name for name in sides[0].columns if all(name in one.columns for one in sides)]
    codes = {name: are_codes([one.columns[name] for one in sides]) for name in names}
    apart = asked.run_length is not None
    family = max(len(names) * (1 if apart else len(windows)), 1)
    held = [
        [
            measured(
                name, before.columns[name], window.columns[name], codes[name],
                1 - asked.confidence, asked.alpha / family,
            )
            for name in names
        ]
        for before, window in zip(own, windows, strict=True)
    ]  # fmt: skip
    p = np.array([[one.p for one in row] for row in held]).reshape(len(windows), len(names))
    adjusted = (
        np.array([holm(row) for row in p]).reshape(p.shape)
        if apart
        else holm(p.ravel()).reshape(p.shape)
    )
    found = tuple(
        _window(asked, before, window, row, steps, family)
        for before, window, row, steps in zip(own, windows, held, adjusted, strict=True)
    )
    return found, family


def _window(
    asked: Asked, reference: Window, window: Window, row: Sequence[Measured | MeasuredTexts],
    adjusted: np.ndarray, family: int,
) -> WindowShift:  # fmt: skip
    columns = [
        judged(one, float(p), asked.alpha, asked.margin, family)
        for one, p in zip(row, adjusted, strict=True)
    ]
    columns.sort(key=lambda one: (ORDER[one.answer], -(one.shift.distance.value or 0.0)))
    mean = None
    if reference.mean is not None and window.mean is not None:
        mean = difference(window.mean, reference.mean)
    answer = together([one.answer for one in columns])
    return WindowShift(window.name, window.rows, answer, tuple(columns), mean)


def together(answers: Sequence[Answer]) -> Answer:
    """Changed where one is; not changed where all are shown not to be, and there are some."""
    if "changed" in answers:
        return "changed"
    return "not changed" if answers and set(answers) == {"not changed"} else "undecided"
