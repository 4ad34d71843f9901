"""How the chance of a score moves with what the reference taught: its bin's rate, and the shape."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.stats.unlabelled import Shape
from sextant.studies.calibration.mapping import EDGE, Mapping

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


def shifted(p: Floats, mean: Floats, rate: Floats) -> Floats:
    """p moved so that its mean becomes the rate, without leaving 0 to 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        down = p * (rate / mean)
        up = 1 - (1 - p) * ((1 - rate) / (1 - mean))
    return np.asarray(np.where(rate <= mean, down, up).clip(0.0, 1.0))


def by_rate(p: Floats, mean: Floats, rate: Floats) -> Floats:
    """How far `shifted` moves with the rate, shape [C]."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(rate <= mean, p / mean, (1 - p) / (1 - mean))


def by_shape(
    mapping: Mapping, score: Floats, p: Floats, mean: Floats, slope: Floats, rate: Floats
) -> Floats:
    """How far `shifted` moves with each number of the mapping, [C, P].

    `slope` [C, P]: how far the mean of the bin does.
    """
    own = columns(mapping, score) * (p * (1 - p))[:, None]
    m, r, q = mean[:, None], rate[:, None], p[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        down = r * (own / m - q * slope / m**2)
        up = (1 - r) * (own / (1 - m) - (1 - q) * slope / (1 - m) ** 2)
    return np.where(r <= m, down, up)


def columns(mapping: Mapping, score: Floats) -> Floats:
    """What the numbers of a mapping weigh in the log-odds of its answer, [C, P]."""
    s = score.clip(EDGE, 1 - EDGE)
    one = np.ones(s.size)
    if mapping.method == "platt":
        return np.column_stack([special.logit(s), one])
    if mapping.method == "beta":
        a, b, _ = mapping.numbers
        used = ([np.log(s)] if a else []) + ([-np.log1p(-s)] if b else [])
        return np.column_stack([*used, one])
    return np.zeros((s.size, 0))


def slopes(mapping: Mapping, state: ScoreCounts, place: Places, bins: int) -> Floats:
    """How far the mean of the mapping over the labelled rows of each bin moves, [B, P].

    `place`: the bin of each labelled cell of `state`.
    """
    rows, score = _labelled(state)
    p = mapping(score)
    each = columns(mapping, score) * (rows * p * (1 - p))[:, None]
    total = np.bincount(place, rows, bins)
    return np.stack(
        [np.bincount(place, one, bins) / total for one in each.T], axis=1
    ) if each.size else np.zeros((bins, 0))  # fmt: skip


def shape_of(mapping: Mapping, cell: Cell, place: Places, chance: Floats) -> Shape | None:
    """How the mapping hangs on the labels of the reference; None where it has no numbers.

    A maximum-likelihood fit moves by the inverse information times the score of a row. `chance`:
    of each labelled cell, smoothed.
    """
    state: ScoreCounts = cell.whole
    rows, score = _labelled(state)
    x, p = columns(mapping, score), mapping(score)
    if not x.shape[1]:
        return None
    inverse = np.linalg.pinv(x.T @ (x * (rows * p * (1 - p))[:, None]), rcond=1e-12)
    units = None
    if cell.by_unit is not None:
        found = []
        for _, part in cell.by_unit.parts:
            n, s = _labelled(part)
            k = part.positives[(part.negatives + part.positives) > 0]
            found.append((k - n * mapping(s)) @ columns(mapping, s) @ inverse)
        units = np.stack(found)
    return Shape(rows, place, chance, x @ inverse, units)


def _labelled(state: ScoreCounts) -> tuple[Floats, Floats]:
    """Labelled rows by cell, and the middle of their scores."""
    rows = state.negatives + state.positives
    return rows[rows > 0], ((state.low + state.high) / 2)[rows > 0]
