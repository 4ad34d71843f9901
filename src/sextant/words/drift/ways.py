"""How do we fix it? What to do next, chosen by what a study of drift found."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sextant.metrics.catalogue import CATALOGUE
from sextant.stats.estimate import Level
from sextant.stats.needed import factor_to_decide
from sextant.stats.rate import rate
from sextant.studies.drift.labels import Performed
from sextant.studies.drift.result import ColumnShift, Drift, Effect, Structure, WindowShift
from sextant.words.drift.labels import performed_sentence
from sextant.words.drift.shares import named
from sextant.words.needed import decides
from sextant.words.nouns import listed
from sextant.words.numbers import about, whole

MOST = 8
SAMPLE = 385
"""Labelled rows by which every share is known to within 5 of 100: 1.96² / (4 · 0.05²)."""
TYPES = {"numbers": "numbers", "values": "words", "time": "times", "nothing": "nothing"}


def ways(drift: Drift) -> list[str]:
    """Sentences, the foremost first: mend what is written, then what is promised, then wait."""
    if drift.same:
        return ["Name the rows that came since: both sides are the same."]
    found = [
        *_of_structure(drift), *_of_cells(drift), *_of_promises(drift), *_of_rows(drift),
    ]  # fmt: skip
    return found[:MOST] or ["Nothing has to be done."]


def _of_structure(drift: Drift) -> Iterator[str]:
    """Columns that vanished, changed type or, so it seems, their name."""
    gone = [one for one in drift.structure if one.kind == "absent"]
    new = [one for one in drift.structure if one.kind == "new"]
    for one in gone:
        likely = [other.column for other in new if _alike(one, other)]
        if len(likely) == 1 and sum(_alike(other, new[0]) for other in gone) <= 1:
            yield (
                f"See whether {one.column} is called {likely[0]} now: one is gone, the other new, "
                "and both hold the same kind of thing. Give it its old name back, and ask again."
            )
        else:
            yield f"Bring {one.column} back where the table is written: what reads it gets nothing."
    for one in drift.structure:
        if one.kind == "retyped":
            yield (
                f"Write {one.column} as {TYPES.get(one.before, one.before)} again: now it holds "
                f"{TYPES.get(one.after, one.after)}."
            )


def _alike(one: Structure, other: Structure) -> bool:
    return one.before == other.after


def _of_cells(drift: Drift) -> Iterator[str]:
    """Columns that stand empty or still, and values that no model has seen."""
    told: set[str] = set()
    for window, one in _changed(drift):
        if one.column in told:
            continue
        before, after = one.missing
        still = dict(window.still).get(one.column)
        share = (after.value or 0.0) - (before.value or 0.0)
        if still == "" or (share >= 0.5 and after.low > before.high):
            told.add(one.column)
            yield (
                f"Mend what fills {one.column}: {_of_100(after.value)} of 100 rows are empty"
                f"{_where(drift, window)}."
            )
        elif still is not None:
            told.add(one.column)
            yield (
                f"See whether what fills {one.column} stands still: every row is {named(still)}"
                f"{_where(drift, window)}."
            )
        elif one.kind == "values" and one.news and not one.note:
            told.add(one.column)
            names = listed([named(name) for name, _ in one.new], most=3)
            more = f" and {whole(one.news - len(one.new))} more" if one.news > len(one.new) else ""
            yield (
                f"Fold in what is new in {one.column}, {names}{more}: no row of the reference had "
                "it, so nothing was learned of it."
            )


def _of_promises(drift: Drift) -> Iterator[str]:
    """Label, retrain, or leave it: by what labels say, or would have to."""
    moved = [one for one in drift.windows if one.answer == "changed"]
    broken = [(window, one) for window in drift.windows for one in window.performance if one.broken]
    if broken:
        _, one = max(broken, key=lambda found: _beyond(found[1]))
        contract = drift.labelled.contract
        assert contract is not None
        labelled = sum(held.performance[0].row.labelled for held in _with(broken))
        names = listed([held.window for held in _with(broken)], most=4)
        yield (
            f"Retrain with the {whole(labelled)} labelled rows"
            f"{f' of {names}' if drift.asked.by else ''}, and hold the result against the last "
            f"version; until then do without its answers there. {performed_sentence(one, contract)}"
        )
        return
    if not moved:
        return
    held = [one for window in moved for one in window.performance]
    held = [one for one in held if one.criterion.role != "secondary"]
    if held and all(one.row.verdict == "met" for one in held):
        yield (
            "Leave the model as it is: in what changed every promise is kept, by its labels. If "
            "the change is there to stay, make these rows the next reference."
        )
    elif held:
        yield _more_labels(drift, held)
    else:
        yield _sample(drift, max(moved, key=lambda one: one.rows))


def _beyond(one: Performed) -> float:
    """How far it lies beyond its bound, of the larger of the two."""
    value, bound = one.row.estimate.value or 0.0, one.criterion.bound
    return abs(value - bound) / (max(abs(value), abs(bound)) or 1.0)


def _more_labels(drift: Drift, held: list[Performed]) -> str:
    contract = drift.labelled.contract
    assert contract is not None
    one = max(held, key=_needs)
    if not one.row.labelled:
        return (
            f"Label a sample of {SAMPLE} rows of what changed, drawn by chance: none has a label, "
            f"and {one.criterion.text} cannot be judged without."
        )
    return f"Label more of what changed. {one.criterion.text}: {decides(one.row, contract)}."


def _needs(one: Performed) -> int:
    needed = one.row.needed
    return -1 if one.row.verdict != "undecided" else 0 if needed is None else needed.rows or 0


def _sample(drift: Drift, window: WindowShift) -> str:
    """How many labels would show whether a promise still holds, by what the new mix alone does."""
    where = f" of {window.window}" if drift.asked.by else ""
    effects = [effect for one in window.columns for effect in one.effects]
    wanted = [(rows, one) for one in effects if (rows := _rows_to_tell(one, drift)) is not None]
    wanted = [found for found in wanted if found[1].criterion.role != "secondary"]
    if not wanted:
        return (
            f"Label a sample of {SAMPLE} rows{where}, drawn by chance: it tells each share to "
            "within 5 of 100, and whether the answers are still right."
        )
    rows, one = max(wanted, key=lambda found: found[0])
    return (
        f"Label a sample of about {about(rows)} rows{where}, drawn by chance: if nothing but the "
        f"mix changed, so many show whether {one.criterion.text} still holds."
    )


def _rows_to_tell(effect: Effect, drift: Drift) -> int | None:
    """Labelled rows from which the interval would leave the bound; None where no number would."""
    one, value = effect.criterion, effect.after.value
    metric = CATALOGUE[one.quantity.call.metric]
    if value is None or metric.unit != "share" or not metric.labelled or not effect.before.n:
        return None
    level, first = Level(1 - drift.asked.confidence), 10
    found = factor_to_decide(
        lambda f: rate(value * first * f, first * f, level), one.bound, one.op, step=1 / first
    )
    if found is None:
        return None
    return math.ceil(found[0] * first * max(drift.reference.rows / effect.before.n, 1.0))


def _of_rows(drift: Drift) -> Iterator[str]:
    """Rows that are missing: to decide, in a window, of a season."""
    if drift.empty:
        yield f"Ask why no row came in {listed(list(drift.empty), most=4)}."
    if drift.uncompared:
        yield "Compare without the season, or wait until the reference has rows of it."
    if drift.labelled.succession and drift.labelled.succession.beats:
        yield (
            "Make the last label a column of the model, and the rule that repeats it the baseline "
            "to beat: retraining at every alarm gains less."
        )
    if drift.answer != "undecided":
        return
    open_ = [
        (window, one) for window in drift.windows for one in window.columns
        if one.answer == "undecided" and not one.note
    ]  # fmt: skip
    counted = [one.needed - window.rows for window, one in open_ if one.needed is not None]
    if counted:
        yield (
            f"Wait for about {about(math.ceil(max(counted)))} more rows"
            f"{' a window' if drift.asked.by else ''}: then all that can be told is told."
        )
    noted = dict.fromkeys(
        one.column for window in drift.windows for one in window.columns
        if one.answer == "undecided" and one.note
    )  # fmt: skip
    if noted:
        yield f"Compare a coarser form of {listed(list(noted), most=4)}, such as a group."
    if any(one.needed is None for _, one in open_):
        yield "Take a larger reference: no number of new rows tells so little from nothing."


def _changed(drift: Drift) -> Iterator[tuple[WindowShift, ColumnShift]]:
    for window in drift.windows:
        for one in window.columns:
            if one.answer == "changed":
                yield window, one


def _with(broken: list[tuple[WindowShift, Performed]]) -> list[WindowShift]:
    return list({window.window: window for window, _ in broken}.values())


def _where(drift: Drift, window: WindowShift) -> str:
    return f" in {window.window}" if drift.asked.by else ""


def _of_100(share: float | None) -> str:
    return f"{(share or 0.0) * 100:.0f}"
