"""From a contract and an opened source to a `Tally`: one plan, one scan, states back."""

from __future__ import annotations

from collections import defaultdict

import duckdb
import numpy as np

from sextant.contracts.model import Contract, Segment
from sextant.engines.classes import two_classes
from sextant.engines.decode import (
    MISSING,
    Answer,
    Labels,
    groups,
    request_index,
    state_of,
    unused,
)
from sextant.engines.duck import Columns, Progress
from sextant.engines.errors import SourceError
from sextant.engines.period import first_instant
from sextant.engines.plan import Plan, build_plan
from sextant.engines.query import FACTS, REASONS, SAMPLE, Query, build_query
from sextant.engines.reading import OTHER, UNLABELLED
from sextant.engines.rows import derive
from sextant.engines.source import RELATION, Source, unreadable
from sextant.engines.sql import DIALECT, column, finite, sql
from sextant.metrics.requests import Distribution, Errors, Flag, Pairs, Request, Scores, Values
from sextant.metrics.tally import Cell, Grouping, Tally
from sextant.metrics.tally import Values as SegmentValues
from sextant.states.snapshot import RowSample, Snapshot
from sextant.states.units import ByUnit

FEW_VALUES, HEAD = 256, 10_000
"""A column with so few distinct values in its first rows is counted value by value."""


def tally(contract: Contract, source: Source, progress: Progress | None = None) -> Tally:
    """Scan the source once and return every state that the contract's criteria need.

    Raises `SourceError` with all problems where the data cannot answer, `Cancelled` on interrupt.
    """
    plan = build_plan(contract)
    if problems := _column_problems(contract, plan, source):
        raise SourceError(problems)
    rows = derive(contract, plan, source)
    frequent = _frequent(plan, source)
    query = build_query(contract, plan, rows, source.rows_hint, frequent)
    try:
        columns = source.session.columns(query.text, progress)
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error)]) from None
    reader = _Reader(contract, plan, source, query, columns, rows.reasons)
    return reader.tally()


def _column_problems(contract: Contract, plan: Plan, source: Source) -> list[str]:
    problems = source.check_columns(plan.columns)
    numeric = {contract.data.score.column: "scores"} if contract.data.score else {}
    for request in plan.all_requests:
        for name in _numeric_columns(request):
            numeric[name] = "numbers"
    for segment in contract.data.segments:
        if segment.bands:
            numeric[segment.column] = "numbers (it is cut into bands)"
    for name, what in numeric.items():
        kind = source.columns.get(name)
        if kind in {"text", "other", "time"} and (source.typed or kind != "text"):
            problems.append(
                f"Column '{name}' holds {kind} where {what} are due"
                f"{_example(source, name)}. Convert it to a number."
            )
    return problems


def _numeric_columns(request: Request) -> tuple[str, ...]:
    match request:
        case Values() | Distribution():
            return (request.column,)
        case Pairs():
            return (request.x, request.y)
        case Flag(kind="range"):
            return (request.column,)
        case _:
            return ()


def _example(source: Source, name: str) -> str:
    values = _examples(source, name)
    return f", such as {values[0]!r}" if values else ""


def _examples(source: Source, name: str) -> list[str]:
    text = sql("cast(:x as text)", x=column(name)).sql(dialect=DIALECT)
    rows = source.session.rows(
        f'SELECT DISTINCT {text} AS v FROM "{RELATION}" WHERE v IS NOT NULL ORDER BY v LIMIT 5'
    )
    return [row[0] for row in rows]


def _frequent(plan: Plan, source: Source) -> dict[int, tuple[float, ...]]:
    """The values of distributions that have few of them, judged by the first rows."""
    wanted = {
        index: request.column
        for index, request in enumerate(plan.all_requests)
        if isinstance(request, Distribution)
    }
    if not wanted:
        return {}
    from sextant.engines.reading import as_number

    picked = []
    for index, name in wanted.items():
        value = as_number(source, name)
        listed = sql("list(distinct case when :ok then :x end)", ok=finite(value), x=value)
        picked.append(listed.as_(f"v{index}").sql(dialect=DIALECT))
    head = f'(SELECT * FROM "{RELATION}" LIMIT {HEAD})'
    row = source.session.rows(f"SELECT {', '.join(picked)} FROM {head}")[0]
    found = {
        index: tuple(sorted(v for v in values or [] if v is not None))
        for index, values in zip(wanted, row, strict=True)
    }
    return {index: values for index, values in found.items() if len(values) <= FEW_VALUES}


class _Reader:
    """Turns one query's columns into a `Tally`, or into the problems they show."""

    def __init__(
        self,
        contract: Contract,
        plan: Plan,
        source: Source,
        query: Query,
        columns: Columns,
        reasons: tuple[str, ...],
    ) -> None:
        self.contract, self.plan, self.source = contract, plan, source
        self.query, self.columns, self.reasons = query, columns, reasons
        self.ids = np.asarray(columns["id"], dtype=np.int64)
        self.problems: list[str] = []

    def tally(self) -> Tally:
        n = int(np.asarray(self.columns["n"])[self._rows(FACTS, kept_only=False)].sum())
        if n == 0:
            return self._empty()
        answer = Answer(self.columns, self._classes("label"), self._classes("prediction"))
        self._check_scores()
        self._check_flags()
        self._check_readable(n)
        if self.problems:
            raise SourceError(self.problems)
        cells, counts = self._cells(answer)
        kept = counts[()]
        return Tally(
            cells=cells,
            counts=counts,
            rows=n + self._rejected(),
            labelled=int(sum(labelled for _, labelled in kept.values()))
            if self.contract.data.label
            else None,
            snapshot=self._snapshot(n),
            sample=self._sample(),
            set_aside=self._set_aside(),
            period=self._period(),
        )

    def _empty(self) -> Tally:
        nothing: dict[Grouping, dict[SegmentValues, tuple[float, float]]] = {
            grouping: {} for grouping in self.plan.requests
        }
        return Tally(
            cells={g: {r: {} for r in held} for g, held in self.plan.requests.items()},
            counts=nothing,
            rows=self._rejected(),
            labelled=0 if self.contract.data.label else None,
            snapshot=Snapshot(0, 0, 0),
            sample=self._sample(),
            set_aside=self._set_aside(),
            period=self._period(),
        )

    def _rows(self, keys: tuple[str, ...], kept_only: bool = True) -> np.ndarray:
        rows = np.flatnonzero(self.ids == self.query.number(keys))
        if kept_only and rows.size:
            rows = rows[np.asarray(self.columns["kept"][rows]) == 1]
        return rows

    def _classes(self, use: str) -> Labels:
        data = self.contract.data
        name = (data.label.column if data.label else None) if use == "label" else data.prediction
        key = "y" if use == "label" else "d"
        positive = data.label.positive if data.label else None
        if name is None or key not in self.columns:
            return lambda codes: codes
        held = np.ma.compressed(np.ma.asarray(self.columns[key]))
        found = two_classes(
            {int(code) for code in held}, positive, name, use, lambda: _examples(self.source, name)
        )
        if isinstance(found, str):
            self.problems.append(found)
            return lambda codes: codes
        return found

    def _check_scores(self) -> None:
        score = self.contract.data.score
        if score is None or "p_low" not in self.columns:
            return
        facts = self._rows(FACTS)
        low = float(np.ma.min(np.ma.asarray(self.columns["p_low"])[facts])) if facts.size else 0.0
        high = float(np.ma.max(np.ma.asarray(self.columns["p_high"])[facts])) if facts.size else 0.0
        if low < 0 or high > 1:
            scaled = f" after dividing by {score.scale:g}" if score.scale != 1 else ""
            remedy = (
                f"If they are out of {_round_up(high):g}, write score: "
                f"{{column: {score.column}, scale: {_round_up(high):g}}}."
                if low >= 0 and score.scale == 1
                else "A score is a probability of the positive class."
            )
            self.problems.append(
                f"Scores in '{score.column}' run from {low:g} to {high:g}{scaled}, outside 0 to 1. "
                f"{remedy}"
            )

    def _check_flags(self) -> None:
        for index, request in enumerate(self.plan.all_requests):
            if isinstance(request, Flag) and request.kind == "true":
                codes = np.ma.compressed(np.ma.asarray(self.columns[f"f{index}"]))
                name = request.column
                found = two_classes(
                    {int(code) for code in codes},
                    None,
                    name,
                    "yes/no",
                    lambda name=name: _examples(self.source, name),  # type: ignore[misc]
                )
                if isinstance(found, str):
                    self.problems.append(found)

    def _check_readable(self, n: int) -> None:
        """A text column of which nothing can be read is no column of numbers or times."""
        counted = dict(self._set_aside())
        for reason, rows in counted.items():
            name, _, complaint = reason.partition(" ")
            if rows == n and ("not a number" in reason or "cannot be read" in reason):
                column_name = self._column_called(reason.removesuffix(" is not a number"))
                values = _examples(self.source, column_name)
                comma = any("," in value and "." not in value for value in values)
                hint = (
                    "They look like decimal commas: export the file with decimal points."
                    if comma
                    else "Write times as 2026-03-31 or 2026-03-31 09:00."
                    if name == "time"
                    else "Name a column of numbers."
                )
                shown = ", ".join(repr(value) for value in values[:3])
                self.problems.append(f"No value in '{column_name}' can be read ({shown}). {hint}")

    def _column_called(self, called: str) -> str:
        data = self.contract.data
        if called == "score" and data.score:
            return data.score.column
        if called.startswith("time") and data.time:
            return data.time
        return called

    def _rejected(self) -> int:
        if self.source.typed:
            return 0
        held = self.source.session.connection.execute(
            "SELECT count(DISTINCT (file_id, line)) FROM reject_errors"
        ).fetchone()
        return int(held[0]) if held else 0

    def _set_aside(self) -> tuple[tuple[str, int], ...]:
        rows = self._rows(REASONS, kept_only=False)
        masks = np.asarray(self.columns["w"][rows], dtype=np.int64)
        n = np.asarray(self.columns["n"][rows], dtype=np.int64)
        counted: dict[str, int] = {}
        for bit, reason in enumerate(self.reasons):
            if total := int(n[(masks >> bit) & 1 == 1].sum()):
                counted[reason] = total
        if rejected := self._rejected():
            counted["broken line"] = rejected
        return tuple(counted.items())

    def _snapshot(self, n: int) -> Snapshot:
        rows = self._rows(FACTS, kept_only=False)

        def total(name: str) -> int:
            return sum(int(value) for value in np.asarray(self.columns[name])[rows]) % 2**64

        return Snapshot(n, total("upper"), total("lower"))

    def _sample(self) -> RowSample:
        rows = self._rows(SAMPLE, kept_only=False)
        hashes = np.ma.asarray(self.columns["sampled"])[rows]
        n = np.asarray(self.columns["n"])[rows]
        items = [
            (int(one), int(count))
            for one, count, absent in zip(
                hashes.data, n, np.ma.getmaskarray(hashes), strict=True
            )
            if not absent
        ]
        return RowSample(self.query.sample_below, tuple(sorted(items)))

    def _period(self) -> tuple[str | None, str | None]:
        data = self.contract.data
        if data.period:
            ends = (data.period.start, data.period.end)
            return tuple(None if end is None else str(end) for end in ends)  # type: ignore[return-value]
        rows = self._rows(FACTS)
        if not data.time or not rows.size:
            return (None, None)
        return tuple(str(self.columns[name][rows[0]]) for name in ("t_low", "t_high"))  # type: ignore[return-value]

    def _cells(self, answer: Answer) -> tuple[
        dict[Grouping, dict[Request, dict[SegmentValues, Cell]]],
        dict[Grouping, dict[SegmentValues, tuple[float, float]]],
    ]:
        cells: dict[Grouping, dict[Request, dict[SegmentValues, Cell]]] = defaultdict(dict)
        counts: dict[Grouping, dict[SegmentValues, tuple[float, float]]] = {}
        segments = [segment.name for segment in self.contract.data.segments]
        for one in self.query.sets:
            if one.request is None and one.keys in (FACTS, REASONS, SAMPLE):
                continue
            names = tuple(f"s{segments.index(name)}" for name in one.grouping)
            rows = self._rows(one.keys)
            if one.request is None:
                counts[one.grouping] = _counts(answer, rows, names)
                continue
            index = request_index(self.plan.all_requests, one.request)
            held = cells[one.grouping].setdefault(one.request, {})
            for group in groups(answer, rows, names):
                state, aside = self._state(answer, one, index, group.rows)
                total, labelled = counts[one.grouping].get(group.values, (0.0, 0.0))
                old = held.get(group.values)
                if not one.by_unit:
                    held[group.values] = Cell(state, None, total, labelled, aside)
                elif old is None:
                    held[group.values] = Cell(state.total(), state, total, labelled, aside)
                else:
                    held[group.values] = Cell(old.whole, state, total, labelled, aside)
            if isinstance(one.request, Errors):
                for values, cell in held.items():
                    lacking = cell.labelled - cell.whole.n
                    held[values] = Cell(
                        cell.whole, cell.by_unit, cell.rows, cell.labelled, lacking
                    )
        return dict(cells), counts

    def _state(self, answer: Answer, one: object, index: int, rows: np.ndarray) -> tuple[object, float]:
        aside = unused(answer, one, index, rows)  # type: ignore[arg-type]
        if not one.by_unit:  # type: ignore[attr-defined]
            return state_of(answer, one, index, rows), aside  # type: ignore[arg-type]
        buckets = answer.ints("u", rows)
        parts = tuple(
            (int(bucket), state_of(answer, one, index, rows[buckets == bucket]))  # type: ignore[arg-type]
            for bucket in np.unique(buckets)
        )
        return ByUnit(parts), aside


def _counts(
    answer: Answer, rows: np.ndarray, names: tuple[str, ...]
) -> dict[SegmentValues, tuple[float, float]]:
    counted = {}
    for group in groups(answer, rows, names):
        n = answer.floats("n", group.rows)
        labelled = n[answer.label(answer.ints("y", group.rows)) != UNLABELLED]
        counted[group.values] = (float(n.sum()), float(labelled.sum()))
    return counted


def _round_up(value: float) -> float:
    scale = 1.0
    while scale < value:
        scale *= 10
    return scale
