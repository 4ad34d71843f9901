"""A study of a judge from the cells of one scan."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from sextant.contracts.evidence import DataFacts, Needed, Verdict
from sextant.contracts.looks import UNTOLD, Look
from sextant.contracts.partition import Partition
from sextant.engines.plan import plan_of
from sextant.engines.scan import tally as scan
from sextant.engines.source import Source
from sextant.metrics.judged import judged_estimate
from sextant.metrics.tally import Cell, Tally, Values
from sextant.states.judged import Judged
from sextant.stats.estimate import Estimate, Level
from sextant.stats.mean import mean
from sextant.stats.needed import decided, factor_to_decide
from sextant.stats.powered import NOBODY, combine, drawn_alike
from sextant.stats.rate import rate
from sextant.stats.stratified import stratified_mean, stratified_rate
from sextant.studies.judges.agreeing import share_of
from sextant.studies.judges.asked import Asked
from sextant.studies.judges.cells import find, known_of
from sextant.studies.judges.matching import with_agreement
from sextant.studies.judges.patterns import garbage, held, read_alike
from sextant.studies.judges.result import JudgeStudy, Row, Segment

Progress = Callable[[float], None]


def scanned(asked: Asked, source: Source, progress: Progress | None = None) -> Tally:
    """Every state that the study needs, from one scan. Raises `SourceError`, `Cancelled`."""
    contract = asked.contract
    return scan(contract, source, progress, plan_of(contract, asked.requests()))


def judged(
    asked: Asked,
    tally: Tally,
    source: str,
    today: date,
    code: str = "",
    look: int = 1,
    first: float | None = None,
) -> JudgeStudy:
    """The study, wherever the states come from.

    Later looks use always-valid intervals, tightest near the labels that there were at the `first`.
    """
    partition = Partition(asked.contract, tally, Look(look).folds)
    tuned = None if look == 1 else first or UNTOLD
    level = Level(1 - asked.confidence, tuned)
    rows = _rows(asked, partition, level)
    overall, segments = rows[0], tuple(rows[1:])
    whole = find(partition, asked.verdicts)
    known, patterns = known_of(asked, partition)
    drawn = drawn_alike(*whole.whole.heard()) if whole and not asked.stratum else None
    labelled = whole.whole.heard() if whole else None
    use = combine(*labelled).weight if labelled and labelled[0].n > 1 else 0.0
    study = JudgeStudy(
        asked=asked,
        digest=asked.digest(),
        look=look,
        data=_facts(tally, partition, source, overall),
        verdict=_verdict(asked, overall, segments, partition, level),
        overall=overall,
        rows=segments,
        garbage=tuple(sorted(garbage(patterns, 1, known).items(), key=lambda one: -one[1])),
        drawn=drawn,
        weight=use,
        code=code,
        done_on=today.isoformat(),
        notes=tally.notes,
    )
    return with_agreement(study, partition, known, level)


def _facts(tally: Tally, partition: Partition, source: str, overall: Row) -> DataFacts:
    return DataFacts(
        source=source,
        rows=tally.rows,
        labelled=round(overall.labelled),
        snapshot=tally.snapshot.hex,
        period=tally.period,
        set_aside=tally.set_aside,
        segments=partition.coverage(),
    )


def _rows(asked: Asked, partition: Partition, level: Level) -> list[Row]:
    """The whole table, then every value of every segment."""
    found = [_row(asked, (), partition, level, find(partition, asked.verdicts), None)]
    groups = sum(len(partition.declared[name]) for name in asked.segments)
    for name in asked.segments:
        cells = partition.named((name,), partition.tally.find((name,), asked.verdicts))
        same: Mapping[Values, Cell | None] = {}
        if asked.compared:
            same = partition.named((name,), partition.tally.find((name,), asked.both))
        for values, cell in cells.items():
            segment = ((name, values[0]),)
            both = same.get(values)
            if both is not None and asked.kind == "true":
                both = read_alike(both)
            row = _row(asked, segment, partition, level, cell, both, groups)
            found.append(row)
    return found


def _row(
    asked: Asked,
    segment: Segment,
    partition: Partition,
    level: Level,
    cell: Cell | None,
    both: Cell | None,
    groups: int = 1,
) -> Row:
    if cell is None:
        nothing = Estimate.undefined("no row in this segment" if segment else "no row")
        return Row(segment, nothing, nothing, None, 0, 0, 0, verdict=_none(asked))
    state: Judged = cell.whole
    together = _ask(asked, segment, partition, cell)
    estimate = together(level, 1.0)
    labelled, others = state.heard()
    n = labelled.n + others.n
    says = (labelled.n * labelled.mean_f + others.n * others.mean_f) / n if n else None
    alone = Judged.parts(*(state.part(at) if at < 2 else Judged().part(at) for at in range(4)))
    units = cell.by_unit
    if units is not None:
        only = tuple(
            (u, Judged.parts(*(s.part(at) if at < 2 else Judged().part(at) for at in range(4))))
            for u, s in units.parts
        )
        people = judged_estimate(
            replace(cell, whole=alone, by_unit=replace(units, parts=only)), asked.share, level
        )
    else:
        people = _people(alone, asked.share, level)
    verdict, needed = _decision(asked, segment, together, estimate, labelled.n, level)
    same = None
    if both is not None:
        keys = [key for key in held(both.whole) if key[0]]
        if keys:
            shared = replace(level.split(groups), tuned_to=None)
            same = share_of(both, keys, [a == b for a, b in keys], [True] * len(keys), shared)
    heard = state.total - state.silent
    return Row(
        segment, estimate, people, says if heard else None, state.total, labelled.n, state.silent,
        same, verdict, needed,
    )  # fmt: skip


def _people(alone: Judged, share: bool, level: Level) -> Estimate:
    labelled, _ = alone.heard()
    if not labelled.n:
        return Estimate.undefined(NOBODY)
    if share:
        return rate(labelled.mean_y * labelled.n, labelled.n, level)
    return mean(labelled.n, labelled.mean_y, labelled.sum(2, 0), labelled.sum(3, 0), level)


def _ask(
    asked: Asked, segment: Segment, partition: Partition, cell: Cell
) -> Callable[[Level, float], Estimate]:
    """The estimate at any level, with any factor of the human labels."""
    if not asked.stratum:

        def at(level: Level, factor: float) -> Estimate:
            grown = cell
            if factor != 1 and cell.by_unit is None:
                grown = replace(cell, whole=cell.whole.more_labels(factor))
            elif factor != 1:
                grown = cell.scaled(factor)
            return judged_estimate(grown, asked.share, level)

        return at
    names = tuple(name for name, _ in segment)
    grouping = (*names, asked.stratum)
    cells = partition.named(grouping, partition.tally.find(grouping, asked.verdicts))
    values = tuple(value for _, value in segment)
    strata: list[Judged] = [
        one.whole for key, one in cells.items() if one is not None and key[:-1] == values
    ]
    estimator = stratified_rate if asked.share else stratified_mean
    return lambda level, factor: estimator(
        [one.more_labels(factor).heard() for one in strata], level
    )


def _none(asked: Asked) -> Verdict | None:
    return None if asked.promise is None else "undecided"


def _decision(
    asked: Asked,
    segment: Segment,
    together: Callable[[Level, float], Estimate],
    estimate: Estimate,
    labelled: float,
    level: Level,
) -> tuple[Verdict | None, Needed | None]:
    """The verdict of a row and how many further labels would decide it at the next look."""
    promise = asked.promise
    if promise is None or (segment and not promise.every):
        return None, None
    verdict: Verdict = decided(estimate, promise.bound, promise.op) or "undecided"
    if verdict != "undecided":
        return verdict, None
    if estimate.value is None or not labelled:
        return verdict, Needed(why=estimate.reason)
    following = replace(level, tuned_to=level.tuned_to or max(labelled, 1.0))
    found = factor_to_decide(
        lambda factor: together(following, factor), promise.bound, promise.op, step=1 / labelled
    )
    if found is None:
        return verdict, Needed(why="the estimate lies too close to the bound")
    factor, towards = found
    return verdict, Needed(math.ceil((factor - 1) * labelled - 1e-6), towards)


def _verdict(
    asked: Asked, overall: Row, rows: tuple[Row, ...], partition: Partition, level: Level
) -> Verdict | None:
    """Met where every row is; missed where one is, at the error shared by all (Holm)."""
    promise = asked.promise
    if promise is None:
        return None
    due = [overall, *(rows if promise.every else ())]
    if all(row.verdict == "met" for row in due):
        return "met"
    shared = level.split(sum(row.together.assessable for row in due))
    for row in due:
        if row.verdict != "missed":
            continue
        cell = (
            find(partition, asked.verdicts)
            if not row.segment
            else partition.named(
                (row.segment[0][0],), partition.tally.find((row.segment[0][0],), asked.verdicts)
            ).get((row.segment[0][1],))
        )
        assert cell is not None
        again = _ask(asked, row.segment, partition, cell)(shared, 1.0)
        if decided(again, promise.bound, promise.op) == "missed":
            return "missed"
    return "undecided"
