"""How many labels look wrong: the confident joint of labels and what a model is sure of.

Northcutt, Jiang and Chuang 2021 (Journal of Artificial Intelligence Research 70), as cleanlab
counts it: a row is taken for the class whose score is at least the mean score of the rows that bear
it. The scores must come from models that the row did not teach. A model cannot tell a wrong label
from a rare true one, so this is what is worth looking at, and no count of errors.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sextant.stats.estimate import Estimate, Level
from sextant.stats.rate import rate
from sextant.studies.probe.rows import Array


@dataclass(frozen=True, slots=True)
class Noise:
    """Labels that a model contradicts with confidence.

    `share`: of the rows that test. `joint` [classes, classes]: rows by label and by what the model
    is sure of. `worst`: the pairs (label, model, rows), most rows first.
    """

    share: Estimate
    joint: Array
    worst: tuple[tuple[int, int, int], ...]
    doubtful: Array


def confident(y: Array, chances: Array, alpha: float) -> Noise | None:
    """The confident joint of labels `y` and chances [rows, classes]; None where a class is absent.

    Rows of which the model is sure of nothing are not counted as wrong.
    """
    classes = chances.shape[1]
    held = np.bincount(y, minlength=classes)
    if (held == 0).any() or y.size == 0:
        return None
    bars = np.array([chances[y == one, one].mean() for one in range(classes)])
    sure = chances >= bars - 1e-6
    best = np.where(sure, chances, -1.0).argmax(axis=1)
    counted = sure.any(axis=1)
    joint = np.zeros((classes, classes), dtype=int)
    np.add.at(joint, (y[counted], best[counted]), 1)
    doubtful: Array = counted & (best != y)
    pairs = [(i, j, int(joint[i, j])) for i in range(classes) for j in range(classes)
             if i != j and joint[i, j]]  # fmt: skip
    worst = tuple(sorted(pairs, key=lambda one: (-one[2], one[:2])))[:3]
    share = rate(float(doubtful.sum()), float(y.size), Level(alpha))
    return Noise(share, joint, worst, doubtful)
