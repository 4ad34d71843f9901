"""Numbers of the labelled rows, each weighing as many rows as its chance of a label says."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sextant.contracts.grammar import MISSING, band_labels
from sextant.contracts.grammar.segments import value_text
from sextant.contracts.model import Call, Segment
from sextant.metrics.requests import Weights
from sextant.metrics.tally import Cell, Grouping, Values
from sextant.stats.estimate import Estimate, Level
from sextant.stats.unlabelled import weighted_ratio
from sextant.studies.estimate.asked import Asked
from sextant.studies.estimate.measures import RATIOS, Rows

LABEL, CUT = "(label)", "(score)"
"""Names that no contract may give a segment: the label as it stands, the score by its cuts."""
YES = {"1", "true", "yes", "y"}
Sums = Mapping[Values, Mapping[Values, Cell]]
"""By place, the weights by label and cut."""


def segments(asked: Asked) -> tuple[Segment, ...]:
    """The label and the cuts of the score as segments, where weights are asked for."""
    data = asked.contract.data
    if not asked.selection:
        return ()
    assert data.label
    assert data.score
    cuts = tuple(one * data.score.scale for one in asked.thresholds)
    return (
        Segment(LABEL, data.label.column),
        *((Segment(CUT, data.score.column, bands=cuts),) if cuts else ()),
    )


def grouping(asked: Asked, place: Grouping) -> Grouping:
    """The place, cut by label and score."""
    return (*place, *(one.name for one in segments(asked)))


def request(asked: Asked) -> Weights:
    return Weights(asked.selection)


def by_place(held: Mapping[Values, Cell | None], width: int) -> Sums:
    """Cells by the values of their place, then by label and cut."""
    found: dict[Values, dict[Values, Cell]] = {}
    for values, cell in held.items():
        if cell is not None:
            found.setdefault(values[:width], {})[values[width:]] = cell
    return found


def weighted(
    call: Call, asked: Asked, cells: Mapping[Values, Cell] | None, level: Level
) -> Estimate | None:
    """A number of the labelled rows for all rows; None where weights say nothing of it."""
    if call.metric not in RATIOS or call.metric in ("cost", "selection_rate") or not cells:
        return None
    lost = sum(cell.aside for cell in cells.values())
    if lost:
        rows = "1 row has" if lost == 1 else f"{lost:,.0f} rows have"
        return Estimate.undefined(f"{rows} no chance of a label above 0 and up to 1")
    labelled = {values: cell for values, cell in cells.items() if MISSING not in values}
    if not labelled:
        return Estimate.undefined("no labelled row")
    edges = band_labels(segments(asked)[1].bands) if len(segments(asked)) > 1 else []
    threshold = dict(call.params).get("threshold")
    first = asked.thresholds.index(threshold) + 1 if threshold is not None else 0
    flagged = np.array(
        [float(len(values) > 1 and edges.index(values[1]) >= first) for values in labelled]
    )
    positive = np.array([_positive(values[0], asked) for values in labelled])
    one = np.ones(flagged.size)
    rows_of = Rows(flagged, 1 - flagged, one, 0 * one)
    (t1, t0), (b1, b0) = RATIOS[call.metric](rows_of, dict(call.params))
    states = [cell.whole for cell in labelled.values()]
    n, mean, m2 = (
        np.array([float(getattr(state, name)) for state in states]) for name in ("n", "mean", "m2")
    )
    found = weighted_ratio(
        n,
        mean,
        m2 + n * mean**2,
        np.where(positive, t1, t0),
        np.where(positive, b1, b0),
        level,
    )
    if call.metric != "f1" or found.value is None:
        return found
    value, low, high = (2 * x / (1 + x) for x in (found.value, found.low, found.high))
    return Estimate(value, low, high, found.n, found.method)


def _positive(raw: str, asked: Asked) -> bool:
    label = asked.contract.data.label
    assert label
    if label.positive is None:
        return raw.lower() in YES
    return raw == value_text(label.positive)
