"""The bins of scores judged: does what was said of them come true, in every one of them?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from sextant.contracts.evidence import Verdict
from sextant.metrics.calibration import TENTHS
from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.reliability import FEWEST, Bin, bins_of
from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.stats.estimate import Estimate, Level
from sextant.studies.calibration.result import BinResult, Curve, Segment

MOST = 1e4
"""Times as many rows as there are: what needs more is not named."""

FEW = f"fewer than {FEWEST} labelled rows with a score"
NO_TENTHS = (
    "the kept states have no edges at 0.1, 0.2, …, which the calibration error is taken over"
)
NOTHING = Estimate.undefined(FEW)
NOT_ASKED = Estimate.undefined("not computed here: ask the rows")


def curves(
    cells: Sequence[tuple[Segment, Cell | None]],
    within: float,
    most: int,
    level: Level,
    brief: bool = False,
) -> tuple[Curve, ...]:
    """A curve for each cell, the first of all rows; `brief`: of groups the bins alone.

    The first is judged at the level itself; the groups' bins share it, so that among all of them
    chance puts one in the wrong no more often than the level says.
    """
    held = [(segment, cell, _bins(cell, most)) for segment, cell in cells]
    among = sum(len(bins) for _, _, bins in held[1:])
    return tuple(
        _curve(
            segment, cell, bins, within, level, among if place else len(bins), brief and place > 0
        )
        for place, (segment, cell, bins) in enumerate(held)
    )


def _bins(cell: Cell | None, most: int) -> tuple[Bin, ...]:
    if cell is None or cell.whole.labelled < FEWEST:
        return ()
    return bins_of(cell, most)


def _curve(
    segment: Segment,
    cell: Cell | None,
    bins: tuple[Bin, ...],
    within: float,
    level: Level,
    among: int,
    brief: bool,
) -> Curve:
    if cell is None or not bins:
        return Curve(segment, (), "undecided", NOTHING, NOTHING, NOTHING, reason=FEW)
    judged = judge(bins, within, level, among)
    if brief:
        return Curve(segment, judged, verdict(judged), NOT_ASKED, NOT_ASKED, NOT_ASKED)
    names = ("calibration_error", "calibration_in_the_large", "calibration_slope")
    error, large, slope = (CATALOGUE[name].estimate(cell, {}, level) for name in names)
    state: ScoreCounts = cell.whole
    if not set(TENTHS) <= set(state.thresholds):
        error = Estimate.undefined(NO_TENTHS, state.labelled)
    found = verdict(judged)
    needed = _needed(bins, within, level, among) if found == "undecided" else None
    return Curve(segment, judged, found, error, large, slope, needed)


def judge(bins: Sequence[Bin], within: float, level: Level, among: int) -> tuple[BinResult, ...]:
    """Each bin against its mean score: off where shown among all, right where shown alone.

    All bins must be right for *met*, so each is shown at the level itself (intersection-union);
    one that is off makes *missed*, so that is shown at the level split among all of them.
    """
    return tuple(_judged(one, within, level, among) for one in bins)


def _judged(one: Bin, within: float, level: Level, among: int) -> BinResult:
    joint, alone = one.share(level.split(among)), one.share(level)
    low, high = one.mean - within, one.mean + within
    found: Verdict = "undecided"
    if joint.low > high + one.slack or joint.high < low - one.slack:
        found = "missed"
    elif alone.low >= low + one.slack and alone.high <= high - one.slack:
        found = "met"
    return BinResult(one, joint, alone, found)


def verdict(judged: Sequence[BinResult]) -> Verdict:
    """Met where all bins are, missed where one is."""
    found = {one.verdict for one in judged}
    if "missed" in found:
        return "missed"
    return "met" if found == {"met"} else "undecided"


def _needed(
    bins: Sequence[Bin], within: float, level: Level, among: int
) -> tuple[int, Verdict] | None:
    """How many further labelled rows of the same kind would decide, and how."""

    def at(times: float) -> Verdict:
        return verdict(judge([_scaled(one, times) for one in bins], within, level, among))

    below, above = 1.0, 2.0
    while at(above) == "undecided":
        below, above = above, above * 2
        if above > MOST:
            return None
    rows = sum(one.rows for one in bins)
    while (above - below) * rows > max(1.0, 0.01 * below * rows):
        middle = (below + above) / 2
        below, above = (middle, above) if at(middle) == "undecided" else (below, middle)
    return math.ceil((above - 1) * rows), at(above)


def _scaled(one: Bin, times: float) -> Bin:
    if one.units:
        return replace(one, copies=one.copies * times)
    return replace(one, k=one.k * times, n=one.n * times)
