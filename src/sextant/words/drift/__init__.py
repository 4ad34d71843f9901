"""A study of drift as plain sentences."""

from __future__ import annotations

from sextant.stats.estimate import Estimate
from sextant.studies.drift.result import ColumnShift, Drift, Structure, WindowShift
from sextant.words.drift.carried import changed_with, driver_sentence
from sextant.words.drift.effects import effects_sentence, order_said
from sextant.words.drift.labels import broken_sentence, succession_sentence, unjudged_sentence
from sextant.words.drift.shares import counted, ends_of, named, number, share_sentence, signed
from sextant.words.drift.texts import text_direction, words_sentence
from sextant.words.nouns import capital, listed
from sextant.words.numbers import percent, whole, word


def headline(drift: Drift) -> str:
    """The answer, and what moved furthest."""
    if drift.same:
        return (
            f"Both sides are the same {whole(drift.current.rows)} rows: nothing was compared. "
            "Name the rows that came since."
        )
    asked_season = drift.asked.season
    said = [structure_sentence(one) for one in drift.structure[:2]]
    if (more := len(drift.structure) - 2) > 0:
        are = "column is" if more == 1 else "columns are"
        said.append(f"{capital(word(more))} more {are} not the same on both sides.")
    moved = [one for one in drift.windows if one.answer == "changed"]
    if moved:
        first = max(moved, key=_furthest)
        said.append(_many(drift, moved) if drift.asked.by else _columns(first))
        where = f"In {first.window}: " if drift.asked.by else ""
        column = first.columns[0]
        said.append(f"{where}{column.column}: {direction(column)}.")
        if first.lead:
            said.append(changed_with(first.lead, column.column))
    elif not drift.structure and (drift.windows or not drift.uncompared):
        said.append(_open(drift))
    said.insert(1 if moved else len(said), broken_sentence(drift))
    for names, what in (
        (drift.empty, "without a row"),
        (drift.uncompared, f"not compared, for the reference has no row of its {asked_season}"),
    ):
        if names:
            many = f"{len(names)} {drift.asked.by}{'' if len(names) == 1 else 's'}"
            said.append(f"{capital(many)} {what}: {listed(list(names), most=6)}.")
    return " ".join(one for one in said if one)


def column_sentence(one: ColumnShift) -> str:
    """Direction and size in plain units, what is new or gone, and what would decide."""
    if one.note:
        return f"{capital(one.note)}."
    said = [f"{capital(direction(one))}."]
    before, after = one.missing
    apart = before.high < after.low or after.high < before.low
    if apart and one.mover.value:
        said.append(f"{capital(share_sentence('empty cells', before, after))}.")
    for which, names, count in (("New", one.new, one.news), ("Gone", one.gone, one.goes)):
        if names:
            had = "had " if which == "Gone" else ""
            shown = [f"{named(name)} ({had}{whole(n)} rows)" for name, n in names]
            more = f" and {whole(count - len(names))} more" if count > len(names) else ""
            said.append(f"{which}: {', '.join(shown)}{more}.")
    if effect := effects_sentence(one.effects):
        said.append(effect)
    if one.driver:
        said.append(driver_sentence(one.driver))
    if one.kind == "text":
        said.append(words_sentence(one))
    if one.answer == "undecided":
        said.append(_undecided(one))
    return " ".join(said)


def direction(one: ColumnShift) -> str:
    """`17 rose from 5 to 70 of 100 rows (68 to 72)`; `the median fell from 44 to 38`."""
    mover = one.mover
    if one.kind == "text":
        return text_direction(one)
    if one.medians is not None and mover.value:
        before, after = one.medians
        if before.value is not None and after.value is not None and before.value != after.value:
            move = "rose" if after.value > before.value else "fell"
            return (
                f"the median {move} from {number(before.value)} to {number(after.value)}"
                f"{ends_of(after)}; {share_sentence(_up_to(one), mover.before, mover.after)}"
            )
        return share_sentence(_up_to(one), mover.before, mover.after)
    return share_sentence(named(mover.value), mover.before, mover.after)


def structure_sentence(one: Structure) -> str:
    """A column that is gone, new or of another type."""
    if one.kind == "absent":
        return f"Column {one.column} is no longer there."
    if one.kind == "new":
        return f"Column {one.column} is new."
    return f"Column {one.column} held {one.before} and now holds {one.after}."


def mean_sentence(mean: Estimate | None, score: str) -> str:
    """How much the mean of the score differs; "" where none was named."""
    if mean is None:
        return ""
    if mean.value is None or not mean.assessable:
        return f"The mean of {score} cannot be compared: {mean.reason}."
    move = "higher" if mean.value > 0 else "lower"
    low, high = sorted((mean.low, mean.high))
    return (
        f"The mean of {score} is {number(abs(mean.value))} {move} than in the reference "
        f"({signed(low)} to {signed(high)})."
    )


def caveats(drift: Drift) -> list[str]:
    """How often such an alarm is false, what it does not see, what was left out."""
    asked = drift.asked
    margin = f"{asked.margin * 100:g} of 100 rows"
    if asked.run_length is None:
        many = "columns and windows" if asked.by else "columns"
        error = f"With {percent(asked.confidence)} confidence no alarm is false, over all {many}."
    else:
        error = (
            f"If nothing ever changes, at most one false alarm is expected in "
            f"{asked.run_length:g} windows, over all columns, on the average over references. With "
            "an unlucky one they come together, less so where it has ten times a window's rows."
        )
    found = [
        f"{error} Both sides are taken for random samples; {_tests(drift.family)}.",
        f"Changed means shown, and by at least {margin}; not changed, shown to be by no more. Each "
        "row counts as independent: rows of one person or hour that hang together make false "
        "alarms.",
        "Columns are compared one by one. A change of how they hang together, or of what follows "
        "from them, is not seen here; nor why something changed.",
        *([order_said(drift)] if drift.answer == "changed" else []),
        *_of_carrying(drift),
        *_of_labels(drift),
        *filter(None, [succession_sentence(drift.labelled.succession)]),
    ]
    if drift.left_out:
        left = listed([f"{name} ({why})" for name, why in drift.left_out], most=6)
        found.append(f"Left out: {left}.")
    return found


def _of_carrying(drift: Drift) -> list[str]:
    """What it means that a segment carries a change, where segments were looked at."""
    searched = sum(one.searched for one in drift.windows)
    if not searched:
        return []
    return [
        f"What carries a change need not be its cause. A segment is named where at most half of a "
        f"change is left without it, or with as much of it in the reference; "
        f"{whole(searched)} were looked at in the windows that moved most, and with "
        f"{percent(drift.asked.confidence)} confidence none is named falsely."
    ]


def _of_labels(drift: Drift) -> list[str]:
    """How a broken promise is told, and why none could be."""
    if said := unjudged_sentence(drift):
        return [said]
    if not any(one.performance for one in drift.windows):
        return []
    shared = "all windows and promises" if drift.asked.run_length is None else "a window's promises"
    return [
        f"A promise is broken where its interval misses it at an error that {shared} share, and "
        "kept where its own interval keeps it."
    ]


def _tests(count: int) -> str:
    return "there is one test" if count == 1 else f"{whole(count)} tests share the error (Holm)"


def _furthest(window: WindowShift) -> float:
    return window.columns[0].shift.distance.value or 0.0


def _many(drift: Drift, moved: list[WindowShift]) -> str:
    are = "window" if len(drift.windows) == 1 else "windows"
    names = listed([one.window for one in moved], most=6)
    return f"{len(moved)} of {len(drift.windows)} {are} of {drift.asked.by} changed: {names}."


def _columns(window: WindowShift) -> str:
    changed = sum(one.answer == "changed" for one in window.columns)
    if len(window.columns) == 1:
        return "The column changed."
    return f"{capital(word(changed))} of {len(window.columns)} columns changed."


def _open(drift: Drift) -> str:
    margin = f"{drift.asked.margin * 100:g} of 100 rows"
    columns = [one for window in drift.windows for one in window.columns]
    if not columns:
        return "There is no column that both sides have."
    if all(one.answer == "not changed" for one in drift.windows):
        what = f"in {len(drift.windows)} windows" if drift.asked.by else ""
        names = {one.column for one in columns}
        many = "the column" if len(names) == 1 else f"{len(names)} columns"
        return " ".join(f"Nothing changed by more than {margin}, in {many} {what}".split()) + "."
    least = max(one.shift.detectable for one in columns)
    left = sum(one.answer == "undecided" for one in columns)
    are = "comparison leaves" if left == 1 else "comparisons leave"
    return (
        f"Nothing is shown to have changed, and {whole(left)} of {whole(len(columns))} {are} "
        f"it open: a change of {counted(least, 100)} of 100 rows would have been seen, {margin} "
        "matter."
    )


def _undecided(one: ColumnShift) -> str:
    seen = f"A change of {counted(one.shift.detectable, 100)} of 100 rows would have been seen"
    if one.needed is None:
        return f"{seen}; the reference has too few rows to tell less."
    return f"{seen}; about {whole(one.needed)} rows here would tell whether it matters."


def _up_to(one: ColumnShift) -> str:
    """Empty cells are counted below all values, and named where there are any."""
    empty = any(side.value for side in one.missing)
    return f"{'empty or ' if empty else ''}values up to {one.mover.value}"
