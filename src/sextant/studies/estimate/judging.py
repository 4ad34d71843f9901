"""What can be estimated of a place, what its labels contradict, and one number of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from sextant.contracts.model import Call, Criterion
from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.tally import Cell
from sextant.stats.critical import normal
from sextant.stats.estimate import Estimate, Level
from sextant.stats.needed import decided, factor_to_decide
from sextant.stats.rate import rate
from sextant.stats.unlabelled import Expected, contradiction, spread
from sextant.studies.estimate.learning import Curve
from sextant.studies.estimate.measures import estimated, measured, parts
from sextant.studies.estimate.result import Clash, Outlook, Place, Row

FEWEST_ROWS = 20
"""Of a window or group: of fewer nobody should compare a number."""
FEWEST_LABELS = 50
"""Labels of the current rows from which they can contradict an estimate."""
MOST_OUTSIDE = 0.05
Weighted = Callable[[Call, Level], Estimate | None]
OUTLOOKS: Mapping[str | None, Outlook] = {
    "missed": "likely missed",
    "met": "nothing points to a miss",
    None: "undecided",
}
CHECKED = (
    ("labelled rows", "positive", "prevalence"),
    ("labelled rows", "decided rightly", "accuracy"),
    ("flagged rows with a label", "positive", "precision"),
)
"""Of which rows what is counted; each a ratio whose denominator needs no label."""


def _unweighted(call: Call, level: Level) -> Estimate | None:
    return None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with its current cell, what the reference expects there, and its labels weighted.

    `expected` None: nothing can be. `among_labelled`: what is expected of the labelled rows.
    """

    place: Place
    cell: Cell | None
    expected: Expected | None = None
    among_labelled: Expected | None = None
    weighted: Weighted = _unweighted


def located(
    place: Place, cell: Cell | None, curve: Curve | None, why: str, weighted: Weighted = _unweighted
) -> Spot:
    """The place with what speaks against estimating anything there."""
    if cell is None or not cell.whole.total:
        return Spot(replace(place, why="no row with a score"), cell, weighted=weighted)
    if why or curve is None:
        return Spot(replace(place, why=why), cell, weighted=weighted)
    state = cell.whole
    expected = curve.expected(state)
    outside, total, labelled = expected.outside, state.total, state.negatives + state.positives
    if total < FEWEST_ROWS:
        rows = "1 row is" if total == 1 else f"{total:,.0f} rows are"
        why = f"{rows} too few to estimate a share of; it takes {FEWEST_ROWS}"
    elif outside > MOST_OUTSIDE * total:
        why = (
            f"{100 * outside / total:.0f} of 100 rows have scores that no labelled row of the "
            "reference comes near"
        )
    among = curve.expected(state, labelled) if labelled.sum() >= FEWEST_LABELS else None
    return Spot(replace(place, outside=outside, why=why), cell, expected, among, weighted)


def clashing(spots: Sequence[Spot], threshold: float, alpha: float) -> tuple[Spot, ...]:
    """The spots whose labels contradict what was expected of these very rows, marked.

    Whole windows share half of alpha, groups the other half. A group inherits what is found of its
    whole window.
    """
    limits = {}
    for grouped in (False, True):
        tested = sum(
            spot.among_labelled is not None and bool(spot.place.segment) == grouped
            for spot in spots
        )
        limits[grouped] = normal(alpha / 2 / max(tested * len(CHECKED), 1))
    found = []
    for spot in spots:
        if spot.among_labelled is None:
            found.append(spot)
            continue
        clash = _clash(spot, threshold, limits[bool(spot.place.segment)])
        found.append(replace(spot, place=replace(spot.place, clash=clash)))
    wholes = {
        spot.place.window: spot.place.clash
        for spot in found
        if not spot.place.segment and spot.place.clash
    }
    return tuple(replace(one, place=_refused(one.place, wholes)) for one in found)


def _clash(spot: Spot, threshold: float, limit: float) -> Clash | None:
    """Of the counts that are compared the one that lies furthest off."""
    assert spot.cell is not None
    assert spot.among_labelled is not None
    e, state = spot.among_labelled, spot.cell.whole
    used = (state.negatives + state.positives) > 0
    positives, negatives = state.positives[used], state.negatives[used]
    found = []
    for of, what, metric in CHECKED:
        (known,) = parts(Call(metric, (("threshold", threshold),)), e)
        (t1, t0), (b1, b0) = known.top, known.bottom
        k, n = float(positives @ t1 + negatives @ t0), float(positives @ b1 + negatives @ b0)
        seen = spread(e, known)
        if seen is None or n < FEWEST_LABELS:
            continue
        z = contradiction(seen, k / n)
        found.append(Clash(of, what, rate(k, n, Level()), seen.value, z, abs(z) > limit))
    return max(found, key=lambda one: abs(one.z)) if found else None


def _refused(place: Place, wholes: Mapping[str, Clash]) -> Place:
    clash = place.clash if place.clash and place.clash.clashes else wholes.get(place.window)
    if place.why or clash is None or not clash.clashes:
        return place
    return replace(place, why="the labels that have come contradict the estimate")


def row(call: Call, criterion: Criterion | None, spot: Spot, level: Level) -> Row:
    """One number of one place, with what it says of the criterion."""
    known, weighted = _measured(call, spot, level), spot.weighted(call, level)
    place, e = spot.place, spot.expected
    outlook: Outlook | None = None if criterion is None else "cannot be estimated"
    if place.why or e is None:
        nothing = Estimate.undefined(place.why)
        return Row(call, criterion, place, nothing, outlook, known, weighted, why=place.why)
    found = estimated(call, e, level)
    if found.value is None:
        return Row(call, criterion, place, found, outlook, known, weighted, why=found.reason)
    needed = None
    if criterion is not None:
        outlook = OUTLOOKS[decided(found, criterion.bound, criterion.op)]
        if CATALOGUE[call.metric].labelled:
            needed = _needed(call, criterion, e, level)
    return Row(call, criterion, place, found, outlook, known, weighted, needed)


def _measured(call: Call, spot: Spot, level: Level) -> Estimate | None:
    """The number of the rows that have a label; None where none has."""
    if spot.cell is None or not spot.place.labelled or call.metric == "prevalence":
        return None
    state = spot.cell.whole
    labelled = float((state.negatives + state.positives).sum())
    if not labelled:
        return None
    found = measured(call, spot.cell, level)
    return found if found.value is not None else None


def _needed(call: Call, criterion: Criterion, e: Expected, level: Level) -> int | None:
    """Labels of rows like these from which a measured interval would leave the bound."""

    def at(factor: float) -> Estimate:
        return estimated(call, e, level, factor / e.total, learned=False)

    if decided(at(float(FEWEST_ROWS)), criterion.bound, criterion.op):
        return FEWEST_ROWS
    found = factor_to_decide(
        lambda times: at(times * FEWEST_ROWS), criterion.bound, criterion.op, 1 / FEWEST_ROWS
    )
    return None if found is None else math.ceil(found[0] * FEWEST_ROWS - 1e-6)
