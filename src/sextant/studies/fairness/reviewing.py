"""A review from the rows: one scan, every grouping counted, every definition judged."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sextant.contracts.evidence import DataFacts, Needed, Verdict
from sextant.contracts.grammar import MISSING
from sextant.contracts.looks import UNTOLD
from sextant.contracts.partition import Partition
from sextant.contracts.questions import ASIDE_LIMIT
from sextant.engines.errors import SourceError
from sextant.engines.plan import plan_of
from sextant.engines.scan import tally as scan
from sextant.engines.source import Source
from sextant.metrics.calibration import TENTHS
from sextant.metrics.requests import Request, Scores
from sextant.metrics.tally import Cell, Grouping, Tally, Values, covers
from sextant.stats.estimate import Estimate, Level
from sextant.stats.needed import decided, factor_to_decide
from sextant.studies.fairness.asked import Asked, decision_of, requests_of
from sextant.studies.fairness.conflict import conflict
from sextant.studies.fairness.counted import Counted, counted
from sextant.studies.fairness.definitions import Definition, definitions_of, estimated
from sextant.studies.fairness.hurting import hurting, ordered
from sextant.studies.fairness.measures import Measure, family, measures_of
from sextant.studies.fairness.result import Fairness, Grouped, GroupResult, Judged, Small
from sextant.studies.fairness.small import small

Progress = Callable[[float], None]
MOST_GROUPS = 100
"""So many groups at the most are compared in pairs, and can be read."""


def scanned(asked: Asked, source: Source, progress: Progress | None = None) -> Tally:
    """Every state that the review needs, from one scan.

    Raises `SourceError` where the data cannot answer, `Cancelled` on interrupt.
    """
    requests = list(requests_of(asked))
    plan = plan_of(asked.contract, {(): requests} | dict.fromkeys(asked.groupings, requests))
    return scan(asked.contract, source, progress, plan)


def reviewed(
    asked: Asked, tally: Tally, source: str, today: date, look: int = 1, code: str = ""
) -> Fairness:
    """Every grouping judged, wherever the states come from; a later look has wider intervals.

    Raises `SourceError` where there is no row at all.
    """
    partition = Partition(asked.contract, tally)
    level = Level(round(1 - asked.confidence, 12), UNTOLD if look > 1 else None)
    counts = _groups(asked, partition, ())
    if not counts:
        raise SourceError([f"{source} has no row that can be used. Check the columns and period."])
    whole = counts[0]
    labelled = asked.contract.data.label is not None and whole.labelled > 0
    measures = measures_of(whole.scores is not None and labelled, _tenths(asked, tally), labelled)
    found = tuple(_grouped(asked, partition, at, measures, whole, level) for at in asked.groupings)
    deciding = [one for each in found for one in each.judged if one.decides]
    facts = DataFacts(
        source, tally.rows, tally.labelled, tally.snapshot.hex, tally.period, tally.set_aside,
        partition.coverage(),
    )  # fmt: skip
    return Fairness(
        asked=asked,
        digest=asked.digest(),
        look=look,
        data=facts,
        overall=_result(whole, measures, level.split(family(measures, 1)), ()),
        groupings=found,
        hurt=ordered(one for each in found for one in each.hurt),
        verdict=_overall(deciding),
        code=code,
        reviewed_on=today.isoformat(),
        notes=tally.notes,
    )


def _overall(deciding: Sequence[Judged]) -> Verdict | None:
    verdicts = {one.verdict for one in deciding}
    if not verdicts:
        return None
    return "missed" if "missed" in verdicts else "met" if verdicts == {"met"} else "undecided"


def _tenths(asked: Asked, tally: Tally) -> bool:
    """Were scores cut at every tenth, so that the calibration error is exact?"""
    held = [one for at in asked.groupings for one in tally.cells.get(at, {})]
    return any(isinstance(one, Scores) and set(TENTHS) <= set(one.thresholds) for one in held)


def _groups(asked: Asked, partition: Partition, grouping: Grouping) -> list[Counted]:
    """The groups of a grouping that have rows, in the declared order."""
    tally, cut = partition.tally, asked.contract.threshold
    held = _held(tally, grouping, decision_of(asked.contract), asked)
    decisions = partition.named(grouping, held or {})
    scores: Mapping[Values, Cell | None] = {}
    if asked.contract.data.score is not None:
        scores = partition.named(grouping, _held(tally, grouping, Scores(), asked) or {})
    return [
        counted(values, cell, scores.get(values), cut)
        for values, cell in decisions.items()
        if cell is not None
    ]


def _held(
    tally: Tally, grouping: Grouping, request: Request, asked: Asked
) -> Mapping[Values, Cell] | None:
    """The cells that answer; of all rows, where nobody kept those, the sum over a grouping's."""
    if any(covers(one, request) for one in tally.cells.get(grouping, {})):
        return tally.find(grouping, request)
    if grouping:
        return None
    parts = next(filter(None, (_held(tally, at, request, asked) for at in asked.groupings)), None)
    if not parts:
        return None
    first, *others = parts.values()
    return {(): sum(others, first)}


def _grouped(
    asked: Asked,
    partition: Partition,
    grouping: Grouping,
    measures: tuple[Measure, ...],
    whole: Counted,
    level: Level,
) -> Grouped:
    every = _groups(asked, partition, grouping)
    groups = [one for one in every if MISSING not in one.values]
    without = sum(one.rows for one in every) - sum(one.rows for one in groups)
    if len(groups) > MOST_GROUPS:
        why = (
            f"{len(groups):,} groups are too many to be compared in pairs (at most {MOST_GROUPS}): "
            "cut bands, or fold the small ones"
        )
        return Grouped(grouping, (), (), None, 0, (), without, why)
    together = family(measures, len(groups))
    results = [
        _result(
            one,
            measures,
            level.split(together),
            _small(asked, grouping, one, measures, whole, level),
        )
        for one in groups
    ]
    obstacle = ""
    if tally_rows := partition.tally.rows:
        apart = tally_rows - sum(one.confusion.total for one in groups)
        if apart / tally_rows > ASIDE_LIMIT:
            obstacle = f"{100 * apart / tally_rows:.1f} % of the rows have no group or no decision"
    judged = tuple(
        _judged(asked, grouping, one, groups, results, level, obstacle)
        for one in definitions_of(measures)
    )
    bounds = {
        measure.name: asked.bound(grouping, one).value
        for one in definitions_of(measures)
        if one.kind == "gap"
        for measure in one.measures
    }
    labelled = any(one.name == "base_rate" for one in measures)
    both = list(zip(results, groups, strict=True))
    against = conflict(both, bounds, level) if labelled else None
    hurt = hurting(asked, grouping, both, level) if labelled else ()
    reason = "there is one group only, and nobody to compare it with" if len(groups) == 1 else ""
    return Grouped(grouping, tuple(results), judged, against, together, hurt, without, reason)


def _result(
    group: Counted, measures: Sequence[Measure], level: Level, found: tuple[Small, ...]
) -> GroupResult:
    estimates = tuple((one.name, one.estimate(group, level)) for one in measures)
    return GroupResult(group.values, group.rows, group.labelled, estimates, found)


def _small(
    asked: Asked,
    grouping: Grouping,
    group: Counted,
    measures: Sequence[Measure],
    whole: Counted,
    level: Level,
) -> tuple[Small, ...]:
    """What a group has too few rows for, against the narrowest bound that uses each measure."""
    narrowest: dict[str, float] = {}
    for one in definitions_of(measures):
        bound = asked.bound(grouping, one).value
        width = bound if one.kind == "gap" else 1 - bound
        for measure in one.measures:
            narrowest[measure.name] = min(width, narrowest.get(measure.name, math.inf))
    narrowest["base_rate"] = narrowest.get("accuracy", math.inf)
    found = (
        small(group, one, one.estimate(whole, level), narrowest[one.name], level)
        for one in measures
        if one.name in narrowest
    )
    return tuple(one for one in found if one is not None)


def _judged(
    asked: Asked,
    grouping: Grouping,
    definition: Definition,
    groups: Sequence[Counted],
    results: Sequence[GroupResult],
    level: Level,
    obstacle: str,
) -> Judged:
    bound = asked.bound(grouping, definition)
    estimate = estimated(definition, groups, _plain, level)
    verdict: Verdict = decided(estimate, bound.value, definition.op) or "undecided"
    if obstacle and verdict == "met":
        verdict = "undecided"
    needed = None
    if verdict == "undecided":
        needed = _needed(definition, groups, bound.value, level, estimate, obstacle)
    names = tuple(one.name for one in definition.measures)
    large = [group for group, one in zip(groups, results, strict=True) if not one.too_small(names)]
    among, among_verdict = None, verdict
    if len(large) < len(groups):
        among = estimated(definition, large, _plain, level)
        among_verdict = decided(among, bound.value, definition.op) or "undecided"
        if obstacle and among_verdict == "met":
            among_verdict = "undecided"
    return Judged(
        definition, bound, estimate, verdict, needed, obstacle, among, among_verdict
    )  # fmt: skip


def _plain(level: Level, measure: Measure, group: int) -> Level:
    return level


def _needed(
    definition: Definition,
    groups: Sequence[Counted],
    bound: float,
    level: Level,
    estimate: Estimate,
    obstacle: str,
) -> Needed:
    """How many further rows would decide, if all groups grow alike and their rates stay."""
    if obstacle:
        return Needed(why=obstacle)
    if estimate.value is None or estimate.reason:
        return Needed(why=estimate.reason)
    sizes = {
        (one.name, i): one.estimate(group, level).n
        for one in definition.measures
        for i, group in enumerate(groups)
    }

    def tuned(at: Level, measure: Measure, i: int) -> Level:
        return Level(at.alpha, max(sizes[measure.name, i], 1.0))

    rows = sum(group.rows for group in groups)
    found = factor_to_decide(
        lambda factor: estimated(definition, groups, tuned, level, factor),
        bound,
        definition.op,
        step=1 / rows,
    )
    if found is None:
        return Needed(why="the estimate lies too close to the bound")
    factor, towards = found
    return Needed(rows=math.ceil((factor - 1) * rows - 1e-6), towards=towards)
