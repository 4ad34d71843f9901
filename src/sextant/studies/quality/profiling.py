"""The profile: every column, what is suspicious, personal data, the reference, the rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from statistics import median

from sextant.contracts.model import Segment
from sextant.engines.columns import Facts, Key, Label, counted, label_values
from sextant.engines.csvfile import broken_lines
from sextant.engines.errors import SourceError
from sextant.engines.repeats import REFERENCE, Repeats, overlap, repeats, repeats_of, sample, twice
from sextant.engines.source import RELATION, Source
from sextant.engines.sweep.looking import looked as looked_at
from sextant.states.table import TableState
from sextant.stats.estimate import Level
from sextant.stats.rate import rate
from sextant.studies.quality.checking import checked, unknown
from sextant.studies.quality.columns import DAY, Rows, by_day, column_of, key_of, kind_of
from sextant.studies.quality.kinds import detectors, lacking, regions
from sextant.studies.quality.personal import looked
from sextant.studies.quality.predicting import suspects
from sextant.studies.quality.result import (
    Balance,
    Column,
    Days,
    Kind,
    Looked,
    Profile,
    Schema,
    Suspect,
)
from sextant.studies.quality.rules import Rule
from sextant.studies.quality.suggesting import keys, suggested
from sextant.studies.representation.declared import Population
from sextant.studies.representation.judging import represented

CLASSES = 50
KEPT_HASHES = 16_000_000
"""Hashes of rows that are kept to find copies, 128 MB; of more rows the database finds them."""
WORDS = frozenset(("yes", "true", "1", "y"))
READ = frozenset(("text", "category", "whole number"))
"""What is read for personal data: no number with a fraction is one of a card or a person."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a profile is asked for. `sample`: rows read for personal data, 0 for none."""

    label: str | None = None
    positive: str | None = None
    segments: tuple[Segment, ...] = ()
    time: str | None = None
    ignore: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    sample: int = 2_000
    seed: int = 0
    region: str | None = None
    leak: float = 0.8
    confidence: float = 0.95
    population: Population | None = None

    @property
    def alpha(self) -> float:
        return 1 - self.confidence


def profiled(
    asked: Asked, source: Source, reference: Source | None, today: date, code: str
) -> Profile:
    """Everything that is asked of a table and its reference, in a stated few scans.

    Raises `SourceError` or `ContractError` with every problem and its remedy.
    """
    _checked_names(asked, source)
    seen = looked_at(source, KEPT_HASHES, asked.ignore)
    told = seen.facts
    rows = seen.rows if told else 0
    kinds = {one.name: kind_of(one, source) for one in told}
    schema, then = _against(source, kinds, reference)
    unknown(asked.rules, list(source.columns), schema.gone if schema else ())
    label, balance = _label(asked, source)
    held = {one.name: key_of(one, kinds[one.name]) for one in told}
    wanted = [key for key in held.values() if key is not None]
    named = [Key(f"\x1f{one.name}", "segment", one) for one in asked.segments]
    cells: Mapping[str, Rows] = {}
    if rows and label is not None:
        cells = counted(source, [*wanted, *named], label)
    elif rows:
        rest = [key for key in wanted if key.name not in seen.cells]
        cells = {**seen.cells, **counted(source, [*rest, *named])}
    columns = tuple(
        column_of(one, kinds[one.name], held[one.name], cells.get(one.name, {})) for one in told
    ) + tuple(
        Column(name, "not read", rows, 0, 0, False)
        for name, kind in source.columns.items() if kind == "other"
    )  # fmt: skip
    compared = sorted(set(source.columns) - set(asked.ignore))
    found, judged, unjudged = _suspects(asked, label, told, kinds, held, cells)
    repeated = repeats(source, compared) if seen.hashes is None else repeats_of(seen.hashes)
    shared = sorted(set(compared) & set(reference.columns)) if reference else []
    profile = Profile(
        source=source.name, rows=rows, columns=columns, repeats=repeated, ignored=asked.ignore,
        confidence=asked.confidence, profiled_on=today.isoformat(), code=code, scans=0,
        label=asked.label, positive=label.positive if label else None, balance=balance,
        segments=tuple(
            (one.name, _segment(cells.get(key.name, {}), rows, label, asked))
            for one, key in zip(asked.segments, named, strict=True)
        ),
        suspects=found, judged=judged, unjudged=unjudged, leak=asked.leak,
        looked=_looked(asked, source, kinds, rows),
        days=_days(asked, kinds, cells, columns, today),
        reference=reference.name if reference else None, schema=schema,
        overlap=overlap(source, shared) if shared else None, shared=len(shared),
        rules=checked(asked.rules, source, {one.name: one for one in columns}, rows, repeated,
                      asked.alpha, today),
        represented=(represented(asked.population, source, asked.confidence)
                     if asked.population else None),
        set_aside=tuple(broken_lines(source.session).items()) if not source.typed else (),
    )  # fmt: skip
    hidden = {one.column for one in profile.looked.found} if profile.looked else set()
    profile = replace(
        profile, columns=tuple(_shut(one, hidden) for one in columns),
        state=_without(seen.state, hidden),
    )  # fmt: skip
    origin = replace(then or profile, looked=profile.looked)
    base, view = (source, RELATION) if reference is None else (reference, REFERENCE)
    unique = [name for name in keys(origin.columns) if not twice(base, name, view)]
    drafted = suggested(origin, unique, asked.confidence)
    return replace(profile, suggested=drafted, scans=len(source.session.queries))


def _shut(column: Column, hidden: set[str]) -> Column:
    """A column with personal data shows how much it holds, and no value."""
    if column.name not in hidden:
        return column
    return replace(column, low=None, high=None, quantiles=(), top=None, values=(), spellings=())


def _without(state: TableState, hidden: Collection[str]) -> TableState:
    """The state of the table without columns that hold personal data."""
    return replace(
        state,
        numbers={name: one for name, one in state.numbers.items() if name not in hidden},
        words={name: one for name, one in state.words.items() if name not in hidden},
        left={**state.left, **dict.fromkeys(hidden, "personal data were found in it")},
    )


def _checked_names(asked: Asked, source: Source) -> None:
    wanted = {one.column: f"segment {one.name}" for one in asked.segments}
    wanted |= dict.fromkeys(asked.ignore, "left out")
    wanted |= {asked.time: "time"} if asked.time else {}
    wanted |= {asked.label: "label"} if asked.label else {}
    problems = source.check_columns(wanted)
    if asked.positive is not None and asked.label is None:
        problems.append("A positive value belongs to no label. Name the label's column.")
    if not 0 < asked.confidence < 1:
        problems.append(f"A confidence of {asked.confidence:g} lies outside 0 to 1. Write 0.95.")
    if not 0.5 < asked.leak < 1:
        problems.append(f"leak {asked.leak:g} is no AUC between 0.5 and 1. Write 0.8.")
    if asked.sample < 0:
        problems.append(f"A sample of {asked.sample} rows cannot be drawn. Write 0 for none.")
    if problems:
        raise SourceError(problems)


def _label(asked: Asked, source: Source) -> tuple[Label | None, tuple[Balance, ...]]:
    """The label's positive value, where it has one, and how its values are balanced."""
    if asked.label is None:
        return None, ()
    values = [one for one in label_values(source, asked.label, CLASSES + 2) if one[0] is not None]
    if len(values) > CLASSES and asked.positive is None:
        what = f"The label '{asked.label}' has more than {CLASSES} values."
        raise SourceError([f"{what} Name the positive one, or another column."])
    total = sum(n for _, n in values)
    level = Level(asked.alpha).split(max(len(values), 1))
    balance = tuple(Balance(str(v), n, rate(n, total, level)) for v, n in values[:CLASSES])
    known = [str(value) for value, _ in values]
    if asked.positive is not None:
        if asked.positive not in known:
            what = f"The label '{asked.label}' never says '{asked.positive}'."
            raise SourceError([f"{what} It says {', '.join(known[:5]) or 'nothing'}. Name one."])
        return Label(asked.label, asked.positive), balance
    if len(known) != 2:
        return None, balance
    yes = [value for value in known if value.casefold() in WORDS]
    return Label(asked.label, yes[0] if len(yes) == 1 else known[1]), balance


def _suspects(
    asked: Asked,
    label: Label | None,
    told: Sequence[Facts],
    kinds: Mapping[str, Kind],
    held: Mapping[str, Key | None],
    cells: Mapping[str, Rows],
) -> tuple[tuple[Suspect, ...], int, tuple[tuple[str, str], ...]]:
    if label is None:
        return (), 0, ()
    judged: dict[str, tuple[Rows, bool]] = {}
    unjudged: list[tuple[str, str]] = []
    for one in told:
        key = held[one.name]
        if one.name == label.column:
            continue
        if key is None:
            if kinds[one.name] != "empty":
                unjudged.append((one.name, f"about {one.distinct:,} different texts"))
        elif key.how == "day":
            rows = cells.get(one.name, {})
            judged[one.name] = {_ordinal(day): n for day, n in rows.items()}, True
        else:
            numeric = key.how in {"number", "bucket"}
            judged[one.name] = cells.get(one.name, {}), numeric
    found, more = suspects(judged, asked.leak, asked.alpha)
    return found, len(judged) - len(more), (*unjudged, *more)


def _ordinal(day: str | None) -> str | None:
    return str(_date(day).toordinal()) if day and DAY.match(day) else None


def _date(text: str) -> date:
    return datetime.fromisoformat(text[:10]).date()


def _segment(rows: Rows, total: int, label: Label | None, asked: Asked) -> tuple[Balance, ...]:
    level = Level(asked.alpha).split(max(len(rows), 1))
    found = []
    for value, cells in rows.items():
        n, yes = sum(cells.values()), sum(k for (y, _), k in cells.items() if y == 1)
        labelled = sum(k for (y, _), k in cells.items() if y is not None)
        positive = rate(yes, labelled, level) if label else None
        found.append(Balance(value or "missing", n, rate(n, total, level), positive))
    return tuple(sorted(found, key=lambda one: (-one.rows, one.value)))


def _looked(asked: Asked, source: Source, kinds: Mapping[str, Kind], rows: int) -> Looked:
    if not asked.sample:
        return Looked(0, asked.seed, (), 0, why="nobody asked for it")
    if why := lacking():
        return Looked(0, asked.seed, (), 0, why=why)
    if asked.region is not None and asked.region not in regions():
        what = f"'{asked.region}' is no region whose phone numbers are known."
        raise SourceError([f"{what} Write two capital letters, such as DE or US."])
    names = [name for name, kind in kinds.items() if kind in READ]
    drawn = sample(source, names, asked.sample, asked.seed) if rows else [[] for _ in names]
    cells = dict(zip(names, drawn, strict=True))
    return looked(cells, detectors(asked.region), asked.seed, asked.alpha)


def _days(
    asked: Asked,
    kinds: Mapping[str, Kind],
    cells: Mapping[str, Rows],
    columns: Sequence[Column],
    today: date,
) -> Days | None:
    if asked.time is None:
        return None
    if kinds.get(asked.time) != "time":
        what = f"'{asked.time}' holds no times but {kinds.get(asked.time, 'nothing')}."
        raise SourceError([f"{what} Name a column of dates or times."])
    held = by_day(cells.get(asked.time, {}))
    if not held:
        raise SourceError([f"'{asked.time}' holds no time that can be read. Name another column."])
    days = list(held)
    first, last = _date(days[0]), _date(days[-1])
    span = (last - first).days + 1
    future = sum(n for day, n in held.items() if _date(day) > today)
    return Days(
        asked.time, first.isoformat(), last.isoformat(), len(held), span - len(held),
        min(held.values()), max(held.values()), median(held.values()), (today - last).days, future,
    )  # fmt: skip


def _against(
    source: Source, kinds: Mapping[str, Kind], reference: Source | None
) -> tuple[Schema | None, Profile | None]:
    """What differs from the reference in columns and types, and the reference's own columns."""
    if reference is None:
        return None, None
    seen = looked_at(reference, 0, view=REFERENCE)
    told = seen.facts
    then = {one.name: kind_of(one, reference) for one in told}
    held = {one.name: key_of(one, then[one.name]) for one in told}
    keyed = [key for key in held.values() if key is not None]
    rows = seen.rows if told else 0
    rest = [key for key in keyed if key.name not in seen.cells]
    cells = {**seen.cells, **counted(reference, rest, view=REFERENCE)} if rows else {}
    columns = tuple(
        column_of(one, then[one.name], held[one.name], cells.get(one.name, {})) for one in told
    )
    gone = tuple(name for name in reference.columns if name not in source.columns)
    new = tuple(name for name in source.columns if name not in reference.columns)
    retyped = tuple(
        (name, then[name], kinds[name])
        for name in then
        if name in kinds and _class(then[name]) != _class(kinds[name])
        and "empty" not in {then[name], kinds[name]}
    )  # fmt: skip
    origin = Profile(reference.name, rows, columns, Repeats(rows, rows, 0, 1), (), 0.95, "", "", 0)
    return Schema(gone, new, retyped), origin


def _class(kind: Kind) -> str:
    """Kinds that may change with the values alone are one: whole and other numbers, all texts."""
    return {"whole number": "number", "category": "text"}.get(kind, kind)
