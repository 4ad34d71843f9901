"""What a column's new mix alone would do to a contract's criteria.

The reference's states of each value, weighed by how frequent it is now (direct standardisation):
what a criterion would be if rows of one value still did as they did, only more or fewer of them
came. That is the part of a change that needs no new labels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sextant.contracts.grammar import MISSING
from sextant.contracts.model import Contract, Criterion, Data, Segment
from sextant.contracts.requests import request_of
from sextant.engines.crossing import Cells
from sextant.engines.plan import plan_of
from sextant.engines.scan import tally as scan
from sextant.engines.source import Source
from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.requests import Ranking, Request
from sextant.metrics.tally import Cell, Grouping, Tally
from sextant.stats.estimate import Estimate, Level
from sextant.stats.groups import difference
from sextant.studies.drift.result import Effect

LEAST = 20
"""Labelled rows of the reference that stand for a value."""
MOST_UNKNOWN = 0.1
"""More of the rows of now of values that hardly any labelled row stands for: no estimate."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The reference's tally by column, and the rows of each window by column and value."""

    criteria: tuple[Criterion, ...]
    tally: Tally
    now: Tally
    by: str
    names: Mapping[str, str]
    numeric: frozenset[str]


def criteria_of(contract: Contract) -> tuple[Criterion, ...]:
    """Those that are one number of all rows; of promises for groups the number of all."""
    found: dict[str, Criterion] = {}
    for one in contract.criteria:
        plain = one.quantity.kind == "metric" and not isinstance(request_of(one), Ranking)
        if plain and one.scope.kind in {"all", "every"}:
            text = one.text.partition(" in every ")[0]
            found.setdefault(text, replace(one, text=text))
    return tuple(found.values())


def counted(
    contract: Contract, reference: Source, current: Source, by: str, cells: Mapping[str, Cells]
) -> Counted:
    """One scan of each table. Raises `SourceError` where the reference cannot answer."""
    names = {name: f"the column {name}" for name in cells}
    ours = tuple(
        Segment(names[name], name, bands=tuple(cell.limits)) for name, cell in cells.items()
    )
    criteria = criteria_of(contract)
    data = replace(contract.data, time=None, period=None, unit=None)
    data = replace(data, segments=(*data.segments, *ours))
    wanted: dict[Grouping, list[Request]] = {(): [request_of(one) for one in criteria]}
    wanted |= {(names[name],): list(wanted[()]) for name in cells}
    held = replace(contract, data=data)
    first = scan(held, reference, None, plan_of(held, wanted))
    window = (Segment(by, by),) if by else ()
    rows = Contract("Drift", "", "generation", Data(current.name, segments=(*window, *ours)), ())
    base: Grouping = (by,) if by else ()
    second = scan(rows, current, None, plan_of(rows, {(*base, names[name]): [] for name in cells}))
    numeric = frozenset(
        name for name in cells if not cells[name].limits and reference.columns[name] != "text"
    )
    return Counted(criteria, first, second, by, names, numeric)


def effects_of(held: Counted, column: str, window: str, confidence: float) -> tuple[Effect, ...]:
    """Each criterion at the reference, and with rows of the column's values as frequent as now."""
    base: Grouping = (held.by,) if held.by else ()
    now: dict[str, float] = {}
    for values, (rows, _) in held.now.counts[(*base, held.names[column])].items():
        if not held.by or (values[0] or MISSING) == window:
            key = _key(values[-1], column in held.numeric)
            now[key] = now.get(key, 0.0) + rows
    found = (_effect(held, one, column, now, Level(1 - confidence)) for one in held.criteria)
    return tuple(one for one in found if one is not None)


def _effect(
    held: Counted, criterion: Criterion, column: str, now: Mapping[str, float], level: Level
) -> Effect | None:
    """None where the reference has no such number."""
    call, request = criterion.quantity.call, request_of(criterion)
    metric, params = CATALOGUE[call.metric], dict(call.params)
    whole = held.tally.find((), request).get(())
    if whole is None:
        return None
    before = metric.estimate(whole, params, level)
    if before.value is None:
        return None
    cells: dict[str, Cell] = {}
    for values, cell in held.tally.find((held.names[column],), request).items():
        key = _key(values[-1], column in held.numeric)
        cells[key] = cells[key] + cell if key in cells else cell
    rows = {key: one.labelled if metric.labelled else one.rows for key, one in cells.items()}
    total = sum(now.values())
    known = {key: n for key, n in now.items() if rows.get(key, 0.0) >= LEAST}
    unknown = 1 - sum(known.values()) / total
    if unknown > MOST_UNKNOWN:
        why = f"{unknown * 100:.0f} of 100 rows have values that the reference hardly has"
        return Effect(criterion, before, Estimate.undefined(why), Estimate.undefined(why), unknown)
    shares = {key: n / sum(known.values()) for key, n in known.items()}
    worth = 1 / (sum(w * w / rows[key] for key, w in shares.items()) + 1 / total)
    mixed = _sum([cells[key].scaled(worth * w / rows[key]) for key, w in shares.items()])
    after = metric.estimate(mixed, params, level)
    return Effect(criterion, before, after, difference(after, before), unknown)


def _sum(cells: Sequence[Cell]) -> Cell:
    first, *rest = cells
    for one in rest:
        first = first + one
    return first


def _key(value: str, numeric: bool) -> str:
    """17.0 in one file is 17 in the other."""
    if not numeric or not value:
        return value
    try:
        return repr(float(value))
    except ValueError:
        return value


def size(effects: Sequence[Effect]) -> tuple[float, float]:
    """By how much a criterion is moved, of itself or its bound: what is shown, and estimated."""
    shown, guessed = 0.0, 0.0
    for one in effects:
        if one.change.value is None or one.before.value is None:
            continue
        scale = max(abs(one.before.value), abs(one.criterion.bound)) or 1.0
        guessed = max(guessed, abs(one.change.value) / scale)
        least = max(one.change.low, -one.change.high, 0.0)
        shown = max(shown, least / scale)
    return shown, guessed
