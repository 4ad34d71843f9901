"""A calibration study from the rows: one scan, the curves, what recalibrating gains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from sextant.contracts.evidence import DataFacts
from sextant.contracts.partition import Partition
from sextant.engines.folds import HELD
from sextant.engines.plan import plan_of
from sextant.engines.scan import tally as scan
from sextant.engines.source import Source
from sextant.metrics.requests import Scores
from sextant.metrics.tally import Cell, Tally
from sextant.states.scores import ScoreCounts
from sextant.studies.calibration import mapping as mappings
from sextant.studies.calibration.asked import FOLD, SCORES, Asked
from sextant.studies.calibration.curves import curves
from sextant.studies.calibration.fitting import METHODS, fit
from sextant.studies.calibration.gains import gain
from sextant.studies.calibration.result import (
    Calibration,
    Candidate,
    GroupGain,
    Recalibration,
    Segment,
)

Progress = Callable[[float], None]
Fitted = mappings.Mapping
Folds = Mapping[str, Cell]
Loss = Callable[[ScoreCounts, Fitted], float]

KEPT = "kept states do not tell which rows teach and which test; ask the rows"
FEWEST_FITTED = 100
FEWEST_HELD = 50
ORDER: tuple[mappings.Method, ...] = ("none", "platt", "beta", "isotonic")
"""From the plainest on: of equal losses the plainer one is taken."""


def studied(
    asked: Asked, source: Source, today: date, code: str = "", progress: Progress | None = None
) -> Calibration:
    """Everything from one scan. Raises `SourceError` where the data cannot answer."""
    contract = asked.scanned
    tally = scan(contract, source, progress, plan_of(contract, asked.requests()))
    return judged(asked, tally, source.name, today, code)


def judged(asked: Asked, tally: Tally, source: str, today: date, code: str = "") -> Calibration:
    """The study from states that hold the split into parts, wherever they come from."""
    partition = Partition(asked.scanned, tally)
    groups = list(_groups(asked, partition, tally))
    whole = tally.find((), SCORES).get(())
    folds = {values[0]: cell for values, cell in tally.find((FOLD,), SCORES).items()}
    recalibration, why = recalibrated(asked, folds, dict(_held(asked, partition, tally)))
    facts = DataFacts(
        source=source,
        rows=tally.rows,
        labelled=tally.labelled,
        snapshot=tally.snapshot.hex,
        period=tally.period,
        set_aside=tally.set_aside,
        segments=tuple(one for one in partition.coverage() if one.name != FOLD),
    )
    return Calibration(
        asked=asked,
        digest=asked.digest(),
        data=facts,
        curves=curves([((), whole), *groups], asked.within, asked.bins, asked.level),
        recalibration=recalibration,
        no_gain=why,
        code=code,
        studied_on=today.isoformat(),
        notes=tally.notes,
    )


def kept(
    asked: Asked, tally: Tally, source: str, today: date, code: str = "", names: Sequence[str] = ()
) -> Calibration:
    """The curves alone, from states that were kept for a contract's criteria.

    `names` are the segments to look at, of those that `split_by` finds. Which rows teach is not in
    such states, so no recalibration is measured; nor what groups would need.
    """
    partition = Partition(asked.contract, tally)
    groups = [
        (((name, value),), cell)
        for name in names
        for (value,), cell in partition.named((name,), _scored(tally, (name,))).items()
    ]
    facts = DataFacts(
        source=source,
        rows=tally.rows,
        labelled=tally.labelled,
        snapshot=tally.snapshot.hex,
        period=tally.period,
        set_aside=tally.set_aside,
        segments=partition.coverage(),
    )
    return Calibration(
        asked=asked,
        digest=asked.digest(),
        data=facts,
        curves=curves([((), _all(tally)), *groups], asked.within, asked.bins, asked.level, True),
        recalibration=None,
        no_gain=KEPT,
        code=code,
        studied_on=today.isoformat(),
        notes=tally.notes,
    )


def split_by(asked: Asked, tally: Tally) -> list[str]:
    """The segments by which kept states hold scores."""
    names = [segment.name for segment in asked.contract.data.segments]
    return [name for name in names if _scored(tally, (name,))]


def _scored(tally: Tally, grouping: tuple[str, ...]) -> Mapping[tuple[str, ...], Cell]:
    held = tally.cells.get(grouping, {})
    return next((cells for request, cells in held.items() if isinstance(request, Scores)), {})


def _all(tally: Tally) -> Cell | None:
    """All rows; where criteria asked by segment alone, the sum of a segment's cells."""
    for grouping in sorted(tally.cells, key=len):
        if cells := list(_scored(tally, grouping).values()):
            first, *others = cells
            for other in others:
                first = first + other
            return first
    return None


def _groups(
    asked: Asked, partition: Partition, tally: Tally
) -> Iterable[tuple[Segment, Cell | None]]:
    for segment in asked.contract.data.segments:
        held = partition.named((segment.name,), tally.find((segment.name,), SCORES))
        for (value,), cell in held.items():
            yield ((segment.name, value),), cell


def _held(asked: Asked, partition: Partition, tally: Tally) -> Iterable[tuple[Segment, Cell]]:
    """The held-out rows of each group."""
    for segment in asked.contract.data.segments:
        held = partition.named((FOLD, segment.name), tally.find((FOLD, segment.name), SCORES))
        for (part, value), cell in held.items():
            if part == HELD and cell is not None and cell.whole.labelled:
                yield ((segment.name, value),), cell


def recalibrated(
    asked: Asked, folds: Folds, groups: Mapping[Segment, Cell]
) -> tuple[Recalibration | None, str]:
    """What recalibrating gains on rows not fitted on; None with the reason where too few are.

    `groups` are the held-out rows of each group.
    """
    taught = sorted(name for name in folds if name != HELD and folds[name].whole.labelled)
    fitted = sum(folds[name].whole.labelled for name in taught)
    held = folds[HELD].whole.labelled if HELD in folds else 0.0
    if fitted < FEWEST_FITTED or held < FEWEST_HELD or len(taught) < 2:
        need = f"{FEWEST_FITTED} labelled rows to fit on and {FEWEST_HELD} to test on"
        return None, f"it takes {need}, here are {fitted:,.0f} and {held:,.0f}"
    level = asked.level
    fits = [fit(method, _merged(folds, taught)) for method in METHODS]
    candidates = tuple(
        Candidate(mapping.method, gain(folds[HELD], mapping, level))
        for mapping in fits
        if mapping is not None
    )
    chosen = choose(folds, taught)
    shared = level.split(max(len(groups), 1))
    of_groups = tuple(
        GroupGain(segment, gain(cell, chosen, shared)) for segment, cell in groups.items()
    )
    best = gain(folds[HELD], chosen, level)
    return Recalibration(best, chosen, candidates, of_groups, float(held)), ""


def _merged(folds: Folds, names: Sequence[str]) -> ScoreCounts:
    return ScoreCounts.merged([folds[name].whole for name in names])


def choose(folds: Folds, taught: Sequence[str]) -> Fitted:
    """The recalibration with the least loss on parts of `taught` that it was not fitted on.

    It is then fitted on all of them. The rows that test the result are never among these. The log
    loss decides, or the Brier score where a score of 0 or 1 makes that infinite.
    """
    losses = _losses(folds, taught, _log_loss)
    if not np.isfinite(losses["none"]):
        losses = _losses(folds, taught, _brier)
    found = fit(min(ORDER, key=lambda one: losses[one]), _merged(folds, taught))
    assert found is not None
    return found


def _losses(folds: Folds, taught: Sequence[str], loss: Loss) -> dict[mappings.Method, float]:
    losses: dict[mappings.Method, float] = {}
    for method in ORDER:
        total = 0.0
        for name in taught:
            others = [one for one in taught if one != name]
            mapping = fit(method, _merged(folds, others)) if others else None
            total += float("inf") if mapping is None else loss(folds[name].whole, mapping)
        losses[method] = total
    return losses


def _log_loss(state: ScoreCounts, mapping: Fitted) -> float:
    score = mapping((state.low + state.high) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        lost = state.positives * -np.log(score), state.negatives * -np.log(1 - score)
    return float(sum(np.where(np.isnan(one), 0.0, one).sum() for one in lost))


def _brier(state: ScoreCounts, mapping: Fitted) -> float:
    score = mapping((state.low + state.high) / 2)
    return float(state.positives @ (1 - score) ** 2 + state.negatives @ score**2)
