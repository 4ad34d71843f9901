"""The states of both tables: which columns can be compared, and one scan of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sextant.contracts.evidence import DataFacts
from sextant.contracts.grammar import MISSING
from sextant.contracts.model import Contract, Data, Segment
from sextant.engines.checks import all_broken
from sextant.engines.csvfile import broken_lines
from sextant.engines.errors import SourceError
from sextant.engines.plan import plan_of
from sextant.engines.profile import profile
from sextant.engines.scan import tally as scan
from sextant.engines.source import Source
from sextant.engines.sweep.sweeping import Pass, Swept, swept
from sextant.engines.sweep.words import MOST as MOST_TEXTS
from sextant.metrics.requests import Values as Numbers
from sextant.metrics.tally import Cell, Grouping
from sextant.states.snapshot import Snapshot
from sextant.stats.estimate import Estimate, Level
from sextant.stats.mean import mean
from sextant.studies.drift.result import State, Structure, Window

Progress = Callable[[float], None]
LEFT_OUT = {
    "time": "times move by themselves",
    "other": "lists, structures and bytes are not compared",
}


@dataclass(frozen=True, slots=True)
class Columns:
    """What both tables can be compared by: numbers, values, texts; and what cannot."""

    numbers: tuple[str, ...]
    values: tuple[str, ...]
    structure: tuple[Structure, ...]
    left_out: tuple[tuple[str, str], ...]
    texts: tuple[str, ...] = ()


def columns_of(
    reference: Source, current: Source, named: Sequence[str], apart: Sequence[str], score: str
) -> Columns:
    """Columns by name; `apart`: those that make windows, or hold the time.

    Raises `SourceError` for a named one that the reference does not have.
    """
    apart = [name for name in apart if name]
    problems = reference.check_columns(dict.fromkeys(named, "a column to compare"))
    problems += current.check_columns(dict.fromkeys(apart, "the windows"))
    if score:
        for one in (reference, current):
            problems += one.check_columns({score: "the score"})
    if problems:
        raise SourceError(problems)
    wanted = list(named) or [name for name in reference.columns if name not in apart]
    kinds = _kinds(reference, current, wanted)
    numbers: list[str] = []
    values: list[str] = []
    structure: list[Structure] = []
    left: list[tuple[str, str]] = []
    for name in wanted:
        before, after = kinds[name]
        if name in reference.repeated | current.repeated:
            left.append((name, "the name stands more than once"))
        elif name not in current.columns:
            structure.append(Structure(name, "absent", before))
        elif before in LEFT_OUT and before == after:
            left.append((name, LEFT_OUT[before]))
        elif before != after:
            structure.append(Structure(name, "retyped", before, after))
        else:
            (numbers if before == "numbers" else values).append(name)
    if not named:
        known = {*reference.columns, *apart}
        new = [name for name in current.columns if name not in known]
        structure += [Structure(name, "new", "", _plain(current.columns[name])) for name in new]
    return Columns(tuple(numbers), tuple(values), tuple(structure), tuple(left))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a pass saw: the rows, with those that could not be read, and which they were."""

    rows: int
    snapshot: Snapshot


def counted(
    source: Source, columns: Columns, by: str, score: str, level: Level, progress: Progress | None
) -> tuple[tuple[Window, ...], Facts]:
    """One pass: the states of each window, in the order of `by`'s values, or of all rows as one.

    Raises `SourceError` where there is no row, or there are more windows than anybody would read.
    """
    values = [name for name in columns.values if name != by]
    seen = swept(source, Pass(columns.numbers, values, columns.texts, by), progress=progress)
    broken = {} if source.typed else broken_lines(source.session)
    if not seen.rows:
        raise SourceError([all_broken(broken, source.name) if broken else
                           f"{source.name} has no row to compare."])  # fmt: skip
    states = _states(seen, source, by)
    means = _means(source, by, score, level) if score else {}
    none = Estimate.undefined("no row with a value") if score else None
    windows = tuple(
        Window(
            (name or MISSING) if by else source.name,
            float(rows),
            held,
            means.get(name or "", none),
        )
        for name, rows, held in zip(seen.groups, seen.of_group, states, strict=True)
        if rows
    )
    facts = Facts(seen.rows + sum(broken.values()), seen.row_hashes.snapshot)
    return tuple(sorted(windows, key=lambda one: _by_number(one.name))), facts


def facts(source: Source, seen: Facts) -> DataFacts:
    """What a pass saw, as evidence names it."""
    return DataFacts(source.name, seen.rows, None, seen.snapshot.hex)


def _states(seen: Swept, source: Source, by: str) -> list[dict[str, State]]:
    """The states of every group of a pass, by column."""
    groups = len(seen.groups)
    found: list[dict[str, State]] = [{} for _ in range(groups)]
    for name, column in seen.numbers.items():
        for held, state in zip(found, column.histograms(groups), strict=True):
            held[name] = state
    for name, words in seen.words.items():
        counts = words.counts(groups)
        if counts is None:
            raise SourceError([too_many(source.name, name, by)])
        for held, rows in zip(found, counts, strict=True):
            held[name] = {text or "": float(n) for text, n in rows.items()}
    return found


def too_many(source: str, name: str, by: str) -> str:
    """Texts that nobody could compare one by one."""
    what = f"Column '{name}' of {source} holds more than {MOST_TEXTS:,} different values"
    return f"{what}. Name the columns to compare, without it."


def _means(source: Source, by: str, score: str, level: Level) -> dict[str, Estimate]:
    """The mean of the score in each window, by a scan of its own."""
    segments = (Segment(by, by),) if by else ()
    contract = Contract("Drift", "", "generation", Data(source.name, segments=segments), ())
    base: Grouping = (by,) if by else ()
    tally = scan(contract, source, None, plan_of(contract, {base: [Numbers(score)]}))
    cells = tally.find(base, Numbers(score))
    return {(values[0] if values else ""): _mean(cell, level) for values, cell in cells.items()}


def _mean(cell: Cell, level: Level) -> Estimate:
    state = cell.whole
    return mean(state.n, state.mean, state.m2, state.m3, level)


def _kinds(
    reference: Source, current: Source, names: Sequence[str]
) -> Mapping[str, tuple[str, str]]:
    """Numbers, values, time or other, on both sides; text files and empty columns are looked at."""
    before, after = (
        {name: _plain(kind) for name, kind in one.columns.items()} for one in (reference, current)
    )
    unlike = any(before[name] != after.get(name, before[name]) for name in names)
    if not reference.typed or unlike:
        before |= _seen(reference)
    if not current.typed or unlike:
        after |= _seen(current)
    found = {}
    for name in names:
        a, b = before[name], after.get(name, before[name])
        found[name] = (b if a == "nothing" else a, a if b == "nothing" else b)
        if found[name] == ("nothing", "nothing"):
            found[name] = ("values", "values")
    return found


def _plain(kind: str) -> str:
    return {"number": "numbers", "single": "numbers", "boolean": "values", "text": "values"}.get(
        kind, kind
    )


def _seen(source: Source) -> dict[str, str]:
    """What the cells of a table hold, where its types do not say: one more look at its rows."""
    found = {}
    for one in profile(source):
        if one.missing == one.rows:
            found[one.name] = "nothing"
        elif not source.typed and one.numeric:
            found[one.name] = "numbers"
        elif not source.typed and one.moments:
            found[one.name] = "time"
    return found


def _by_number(name: str) -> tuple[int, float, str]:
    try:
        return (0, float(name), name)
    except ValueError:
        return (1, 0.0, name)
