"""A study of drift as plain sentences."""

from __future__ import annotations

from sextant.stats.estimate import Estimate
from sextant.studies.drift.result import ColumnShift, Drift, Structure, WindowShift
from sextant.words.nouns import capital, listed
from sextant.words.numbers import percent, whole, word

DENOMINATORS = ((0.05, 100), (0.005, 1_000), (0.0, 10_000))
NOTHING = "empty cells"


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
    elif not drift.structure and (drift.windows or not drift.uncompared):
        said.append(_open(drift))
    for names, what in (
        (drift.empty, "without a row"),
        (drift.uncompared, f"not compared, for the reference has no row of its {asked_season}"),
    ):
        if names:
            many = f"{len(names)} {drift.asked.by}{'' if len(names) == 1 else 's'}"
            said.append(f"{capital(many)} {what}: {listed(list(names), most=6)}.")
    return " ".join(said)


def column_sentence(one: ColumnShift) -> str:
    """Direction and size in plain units, what is new or gone, and what would decide."""
    if one.note:
        return f"{capital(one.note)}."
    said = [f"{capital(direction(one))}."]
    before, after = one.missing
    apart = before.high < after.low or after.high < before.low
    if apart and one.mover.value:
        said.append(f"{capital(_share('empty cells', before, after))}.")
    for which, names, count in (("New", one.new, one.news), ("Gone", one.gone, one.goes)):
        if names:
            had = "had " if which == "Gone" else ""
            shown = [f"{_named(name)} ({had}{whole(n)} rows)" for name, n in names]
            more = f" and {whole(count - len(names))} more" if count > len(names) else ""
            said.append(f"{which}: {', '.join(shown)}{more}.")
    if one.answer == "undecided":
        said.append(_undecided(one))
    return " ".join(said)


def direction(one: ColumnShift) -> str:
    """`17 rose from 5 to 70 of 100 rows (68 to 72)`; `the median fell from 44 to 38`."""
    mover = one.mover
    if one.medians is not None and mover.value:
        before, after = one.medians
        if before.value is not None and after.value is not None and before.value != after.value:
            move = "rose" if after.value > before.value else "fell"
            return (
                f"the median {move} from {_number(before.value)} to {_number(after.value)}"
                f"{_ends(after)}; {_share(_up_to(one), mover.before, mover.after)}"
            )
        return _share(_up_to(one), mover.before, mover.after)
    return _share(_named(mover.value), mover.before, mover.after)


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
        f"The mean of {score} is {_number(abs(mean.value))} {move} than in the reference "
        f"({_signed(low)} to {_signed(high)})."
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
    ]
    if drift.left_out:
        left = listed([f"{name} ({why})" for name, why in drift.left_out], most=6)
        found.append(f"Left out: {left}.")
    return found


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
    if drift.answer == "not changed":
        what = f"in {len(drift.windows)} windows" if drift.asked.by else ""
        names = {one.column for one in columns}
        many = "the column" if len(names) == 1 else f"{len(names)} columns"
        return " ".join(f"Nothing changed by more than {margin}, in {many} {what}".split()) + "."
    least = max(one.shift.detectable for one in columns)
    left = sum(one.answer == "undecided" for one in columns)
    are = "comparison leaves" if left == 1 else "comparisons leave"
    return (
        f"Nothing is shown to have changed, and {whole(left)} of {whole(len(columns))} {are} it "
        f"open: a change of {_count(least, 100)} of 100 rows would have been seen, {margin} matter."
    )


def _undecided(one: ColumnShift) -> str:
    seen = f"A change of {_count(one.shift.detectable, 100)} of 100 rows would have been seen"
    if one.needed is None:
        return f"{seen}; the reference has too few rows to tell less."
    return f"{seen}; about {whole(one.needed)} rows here would tell whether it matters."


def _up_to(one: ColumnShift) -> str:
    """Empty cells are counted below all values, and named where there are any."""
    empty = any(side.value for side in one.missing)
    return f"{'empty or ' if empty else ''}values up to {one.mover.value}"


def _named(value: str) -> str:
    """A number as it is, words in quotes, so that they keep their letters."""
    if not value:
        return NOTHING
    return value if value.lstrip("-").replace(".", "", 1).isdigit() else f"“{value}”"


def _share(what: str, before: Estimate, after: Estimate) -> str:
    """`17 rose from 5 (5 to 5) to 70 (68 to 72) of 100 rows`."""
    assert before.value is not None
    assert after.value is not None
    top = max(before.value, after.value)
    scale = next(count for least, count in DENOMINATORS if top >= least)
    was, now = _count(before.value, scale), _count(after.value, scale)
    if was == now:
        return f"{what}: {now} of {scale:,} rows, as before"
    move = "rose" if after.value > before.value else "fell"
    ends = f"{_count(after.low, scale)} to {_count(after.high, scale)}"
    return f"{what} {move} from {was} to {now} of {scale:,} rows ({ends})"


def _count(share: float, scale: int) -> str:
    held = share * scale
    return f"{held:.1f}" if scale == 100 and 0 < held < 1 else f"{held:,.0f}"


def _ends(one: Estimate) -> str:
    return f" ({_number(one.low)} to {_number(one.high)})"


def _number(x: float) -> str:
    return _signed(x) if x < 0 else f"{x:,.4g}" if abs(x) < 1e4 else f"{x:,.0f}"


def _signed(x: float) -> str:
    return f"−{_number(-x)}" if x < 0 else _number(x)
