"""A study of rows without labels: one scan of each side, what labels would show, the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

from sextant.contracts.evidence import Verdict
from sextant.contracts.grammar import MISSING
from sextant.contracts.model import Call, Criterion
from sextant.engines.delays import delays
from sextant.engines.source import Source
from sextant.metrics.reliability import BINS
from sextant.metrics.tally import Cell, Grouping, Values
from sextant.stats.estimate import Estimate, Level
from sextant.studies.calibration.asked import WITHIN
from sextant.studies.calibration.curves import curves
from sextant.studies.estimate import selection
from sextant.studies.estimate.asked import Asked
from sextant.studies.estimate.clock import by_clock
from sextant.studies.estimate.counting import Counted, current, facts, joined, reference
from sextant.studies.estimate.judging import Spot, clashing, located, row
from sextant.studies.estimate.labels import Coverage, Labels, complete, unlike
from sextant.studies.estimate.learning import Curve, learn, teaches
from sextant.studies.estimate.promising import judged, overall
from sextant.studies.estimate.result import Outlook, Place, Unlabelled

Progress = Callable[[float], None]
Key = tuple[Grouping, Values]


def studied(
    asked: Asked,
    before: Source,
    now: Source,
    today: date,
    code: str = "",
    progress: Progress | None = None,
) -> Unlabelled:
    """Everything from one scan a side. Raises `SourceError` where they cannot answer."""
    asked, now, told = by_clock(asked, now, today)
    first = reference(asked, before, progress)
    second = current(asked, now, first, progress)
    level = Level(round(1 - asked.confidence, 12))
    spots = clashing(_spots(asked, first, second), asked.contract.threshold, level.alpha)
    by_grouping: dict[Grouping, list[Spot]] = {}
    for spot in spots:
        grouping = tuple(name for name, _ in spot.place.segment)
        by_grouping.setdefault(grouping, []).append(spot)
    found = tuple(judged(one, _of(one, asked, by_grouping)) for one in asked.promised)
    informs = tuple(
        row(call, None, spot, level)
        for criterion, call in asked.calls()
        if criterion is None
        for grouping in asked.groupings(None)
        for spot in by_grouping.get(grouping, [])
    )
    same = not asked.by and first.tally.snapshot == second.tally.snapshot
    outlook: Outlook = overall(found) if asked.promised else _without(spots)
    return Unlabelled(
        asked=asked,
        reference=facts(first, before),
        current=facts(second, now),
        outlook=outlook,
        judged=found,
        informs=informs,
        places=tuple(spot.place for spot in spots),
        raw=_raw(first, asked, level),
        left_out=asked.left_out,
        labels=_labels(asked, second, now, level, progress),
        same=same,
        code=code,
        estimated_on=today.isoformat(),
        notes=(*first.tally.notes, *second.tally.notes, *told),
    )


def _spots(asked: Asked, first: Counted, second: Counted) -> list[Spot]:
    """Every window and group with its scores and the curve of the same group of the reference."""
    taught: dict[Key, tuple[Curve | None, str, float]] = {}
    found: list[Spot] = []
    by: Grouping = (asked.by,) if asked.by else ()
    for grouping in asked.places():
        for values, cell in first.cells(grouping, asked.request).items():
            why = teaches(cell)
            known = 0.0 if cell is None else cell.whole.labelled
            curve = None if why or cell is None else learn(cell, asked.thresholds)
            taught[grouping, values] = curve, why, known
        at = joined(by, grouping)
        weights = _weights(asked, second, at)
        for values, cell in second.cells(at, asked.request).items():
            if cell is None and asked.by:
                continue
            named = dict(zip(at, values, strict=True))
            group = tuple(named[name] for name in grouping)
            curve, why, known = taught.get((grouping, group), (None, teaches(None), 0.0))
            window = named[asked.by] if asked.by else ""
            rows, labelled = (0.0, 0.0) if cell is None else (cell.rows, cell.labelled)
            segment = tuple(zip(grouping, group, strict=True))
            place = Place(window, segment, rows, labelled, known)
            weighted = partial(_weighted, asked, weights.get(values))
            found.append(located(place, cell, curve, why, weighted))
    return found


def _weights(asked: Asked, second: Counted, place: Grouping) -> selection.Sums:
    """The weights of labelled rows by place, where a column holds their chances."""
    if not asked.selection or second.contract.data.label is None:
        return {}
    held = second.cells(selection.grouping(asked, place), selection.request(asked))
    return selection.by_place(held, len(place))


def _weighted(
    asked: Asked, cells: Mapping[Values, Cell] | None, call: Call, level: Level
) -> Estimate | None:
    return selection.weighted(call, asked, cells, level)


def _of(criterion: Criterion, asked: Asked, spots: Mapping[Grouping, list[Spot]]) -> list[Spot]:
    """The places that a criterion speaks of."""
    found = [spot for one in asked.groupings(criterion) for spot in spots.get(one, [])]
    if criterion.scope.kind == "one":
        value = criterion.scope.value
        found = [spot for spot in found if spot.place.segment[0][1] == value]
    return found


def _without(spots: tuple[Spot, ...]) -> Outlook:
    """Nothing was promised: it is open, or nothing can be said."""
    return "undecided" if any(not spot.place.why for spot in spots) else "cannot be estimated"


def _raw(first: Counted, asked: Asked, level: Level) -> Verdict:
    """Do the reference's scores mean what they say, as they are?"""
    cell = first.cells((), asked.request).get(())
    (curve,) = curves([((), cell)], WITHIN, BINS, level)
    return curve.verdict


def _labels(
    asked: Asked, second: Counted, now: Source, level: Level, progress: Progress | None
) -> Labels:
    """Who has a label; whether the others are alike, and until when labels are complete."""
    coverage = tuple(_coverage(asked, second))
    label, time = second.contract.data.label, second.contract.data.time
    if label is None or not any(one.labelled for one in coverage):
        return Labels(coverage)
    some = any(one.labelled < one.rows for one in coverage)
    apart = unlike(asked, now, level, progress) if some else None
    if not asked.label_time or time is None:
        return Labels(coverage, apart)
    held = delays(now, time, label.column, asked.label_time)
    return Labels(coverage, apart, complete(asked, held, level))


def _coverage(asked: Asked, second: Counted) -> Iterator[Coverage]:
    by = (asked.by,) if asked.by else ()
    held = second.tally.counts[by]
    if not by:
        for rows, labelled in held.values():
            yield Coverage("", rows, labelled)
        return
    for window, total in _windows(second, asked).items():
        yield Coverage(window, *total)


def _windows(second: Counted, asked: Asked) -> dict[str, tuple[float, float]]:
    names = second.partition.names[asked.by]
    found: dict[str, tuple[float, float]] = {}
    for (raw,), (rows, labelled) in second.tally.counts[(asked.by,)].items():
        name = names.get(raw, raw or MISSING)
        old = found.get(name, (0.0, 0.0))
        found[name] = old[0] + rows, old[1] + labelled
    order = second.partition.declared[asked.by]
    return {name: found[name] for name in order if name in found}
