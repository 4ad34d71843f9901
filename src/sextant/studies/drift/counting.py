"""The states of both tables: which columns can be compared, and one scan of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from sextant.contracts.evidence import DataFacts
from sextant.contracts.grammar import MISSING
from sextant.contracts.model import Contract, Data, Segment
from sextant.engines.errors import SourceError
from sextant.engines.plan import plan_of
from sextant.engines.profile import profile
from sextant.engines.scan import tally as scan
from sextant.engines.source import Source
from sextant.metrics.requests import Distribution, Request
from sextant.metrics.requests import Values as Numbers
from sextant.metrics.tally import Cell, Grouping, Tally
from sextant.stats.estimate import Estimate, Level
from sextant.stats.mean import mean
from sextant.studies.drift.result import State, Structure, Window

Progress = Callable[[float], None]
MOST_WINDOWS = 1_000
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


def counted(
    source: Source, columns: Columns, by: str, score: str, level: Level, progress: Progress | None
) -> tuple[tuple[Window, ...], Tally]:
    """One scan: the states of each window, in the order of `by`'s values, or of all rows as one.

    Raises `SourceError` where there is no row, or there are more windows than anybody would read.
    """
    named = [*columns.values, *([by] if by and by not in columns.values else [])]
    segments = tuple(Segment(name, name) for name in named)
    contract = Contract("Drift", "", "generation", Data(source.name, segments=segments), ())
    base: Grouping = (by,) if by else ()
    wanted: dict[Grouping, list[Request]] = {base: [Distribution(name) for name in columns.numbers]}
    if score:
        wanted[base].append(Numbers(score))
    wanted |= {(*base, name): [] for name in columns.values if name != by}
    plan = plan_of(contract, wanted)
    told = dict.fromkeys(columns.texts, "a text")  # rows are the same where these are too
    tally = scan(contract, source, progress, replace(plan, columns={**plan.columns, **told}))
    found = [values for values, (rows, _) in tally.counts[base].items() if rows]
    if not found:
        raise SourceError([f"{source.name} has no row to compare."])
    if len(found) > MOST_WINDOWS:
        remedy = "Name a column of days, weeks or batches."
        raise SourceError([f"'{by}' makes {len(found):,} windows. {remedy}"])
    held = {values: _states(tally, columns, base, values) for values in found}
    means = tally.find(base, Numbers(score)) if score else {}
    windows = tuple(
        Window(
            (values[0] or MISSING) if values else source.name,
            tally.counts[base][values][0],
            held[values],
            _mean(means.get(values), level) if score else None,
        )
        for values in sorted(found, key=_by_number)
    )
    return windows, tally


def facts(source: Source, tally: Tally) -> DataFacts:
    """What a scan saw."""
    return DataFacts(source.name, tally.rows, tally.labelled, tally.snapshot.hex)


def _states(
    tally: Tally, columns: Columns, base: Grouping, window: tuple[str, ...]
) -> dict[str, State]:
    found: dict[str, State] = {}
    for name in columns.numbers:
        found[name] = tally.find(base, Distribution(name))[window].whole
    for name in columns.values:
        cells = tally.counts.get((*base, name), {})
        found[name] = {
            key[-1]: rows for key, (rows, _) in cells.items() if key[:-1] == window and rows
        }
    return found


def _mean(cell: Cell | None, level: Level) -> Estimate:
    if cell is None:
        return Estimate.undefined("no row with a value")
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


def _by_number(values: tuple[str, ...]) -> tuple[int, float, str]:
    if not values:
        return (0, 0.0, "")
    try:
        return (0, float(values[0]), values[0])
    except ValueError:
        return (1, 0.0, values[0])
