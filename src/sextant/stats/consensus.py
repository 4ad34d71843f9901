"""What several raters together say of each item: the majority, and Dawid and Skene's estimate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Consensus:
    """What the items are, and how far each rater is to be trusted.

    `posterior[i, c]`: how likely item i is of class c; `confusion[w, c, d]`: how often rater w says
    d of an item of class c; `steps` of the iteration, and whether it came to rest.
    """

    posterior: Array
    confusion: Array
    prior: Array
    steps: int
    settled: bool


def majority(item: Ints, label: Ints, items: int, classes: int) -> Array:
    """The share of each class among an item's verdicts, shape [items, classes]; 0 for none."""
    counts = np.zeros((items, classes))
    np.add.at(counts, (item, label), 1.0)
    total = counts.sum(axis=1, keepdims=True)
    return np.asarray(counts / np.where(total > 0, total, 1.0))


def dawid_skene(
    item: Ints, rater: Ints, label: Ints, *, most: int = 200, close: float = 1e-6
) -> Consensus:
    """EM for each rater's own confusion matrix (Dawid and Skene 1979), from the majority.

    `item`, `rater`, `label` number the verdicts from 0. Every matrix is smoothed by a hundredth of
    a verdict. It finds a local best: where most raters are worse than guessing it can turn round.
    """
    items, raters, classes = (int(x.max()) + 1 if x.size else 0 for x in (item, rater, label))
    posterior = majority(item, label, items, classes)
    confusion = np.zeros((raters, classes, classes))
    prior = posterior.mean(axis=0)
    steps, settled = 0, False
    while steps < most and not settled:
        steps += 1
        prior = posterior.mean(axis=0) + 1e-12
        said = np.full((raters, classes, classes), 0.01)
        for c in range(classes):
            np.add.at(said[:, c, :], (rater, label), posterior[item, c])
        confusion = said / said.sum(axis=2, keepdims=True)
        log = np.tile(np.log(prior), (items, 1))
        np.add.at(log, item, np.log(confusion[rater, :, label]))
        log -= log.max(axis=1, keepdims=True)
        found = np.exp(log)
        found /= found.sum(axis=1, keepdims=True)
        settled = bool(np.abs(found - posterior).max() < close)
        posterior = found
    return Consensus(posterior, confusion, prior, steps, settled)
