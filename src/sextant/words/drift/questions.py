"""The three questions of a change: why did it happen, what data changed, how do we fix it?"""

from __future__ import annotations

from sextant.studies.drift.result import ColumnShift, Drift, WindowShift
from sextant.words.drift.carried import carried_sentence, driver_sentence
from sextant.words.drift.course import since_when
from sextant.words.nouns import capital, listed
from sextant.words.numbers import word

MOST_WINDOWS, MOST_COLUMNS = 3, 6
NO_CAUSE = "What carries a change need not be its cause."


def why(drift: Drift) -> list[str]:
    """Since when, and what carries it; [] where nothing changed."""
    if drift.answer != "changed":
        return []
    said = [since_when(drift), _written(drift)]
    moved = sorted(
        (one for one in drift.windows if one.answer == "changed"), key=_furthest, reverse=True
    )
    carried = [_carried(one, drift) for one in moved[:MOST_WINDOWS]]
    said += [*carried, NO_CAUSE if any(carried) else ""]
    return [one for one in said if one]


def what(drift: Drift, sentences: dict[tuple[str, str], str]) -> list[str]:
    """Each changed column once, where it moved furthest, in the order of the study.

    `sentences`: what is said of a window's column.
    """
    said: dict[str, list[tuple[WindowShift, ColumnShift]]] = {}
    moved = [one for one in drift.windows if one.answer == "changed"]
    for window in sorted(moved, key=_furthest, reverse=True):
        for one in window.columns:
            if one.answer == "changed":
                said.setdefault(one.column, []).append((window, one))
    found = []
    for name, places in list(said.items())[:MOST_COLUMNS]:
        window, one = max(places, key=lambda place: place[1].shift.distance.value or 0.0)
        where = ""
        if drift.asked.by:
            many = len(places)
            more = f", and in {word(many - 1)} more" if many > 1 else ""
            where = f", in {window.window}{more}"
        found.append(f"{name}{where}: {sentences[window.window, one.column]}")
    if (more_columns := len(said) - MOST_COLUMNS) > 0:
        rest = listed(list(said)[MOST_COLUMNS:], most=MOST_COLUMNS)
        found.append(f"{capital(word(more_columns))} more changed: {rest}.")
    return found


def _carried(window: WindowShift, drift: Drift) -> str:
    where = f"In {window.window}: " if drift.asked.by else ""
    if said := carried_sentence(window):
        return f"{where}{said}"
    told = [f"{one.column}: {driver_sentence(one.driver)}" for one in window.columns if one.driver]
    return f"{where}{' '.join(told[:2])}" if told else ""


def _written(drift: Drift) -> str:
    """A column that is no longer the same thing was written otherwise: no sample does that."""
    names = [one.column for one in drift.structure if one.kind != "new"]
    if not names:
        return ""
    return (
        f"Written otherwise: {listed(names, most=MOST_COLUMNS)}. That is a change of what makes "
        "the table, not of what it is about."
    )


def _furthest(window: WindowShift) -> float:
    return max((one.shift.distance.value or 0.0 for one in window.columns), default=0.0)
