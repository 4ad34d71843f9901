"""How strongly the numbers of two versions of many classes hang together, row by row."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from sextant.stats.multiclass import derivatives

Influence = Callable[[np.ndarray], np.ndarray]
"""From rows by label and prediction [K, K] what a row more of each cell adds, up to a factor."""

ADDED = 4.0
"""Rows added in which the versions err independently of each other: with few differences the
correlation seen is too near 1, and the interval of the difference would close."""


def macro_recall(table: np.ndarray) -> np.ndarray:
    right, rows = np.diag(table), table.sum(axis=1)
    recall = right / np.maximum(rows, 1e-300)
    each = np.where(rows > 0, 1 / np.maximum(rows, 1e-300), 0.0)
    return np.asarray((np.eye(len(table)) - recall[:, None]) * each[:, None])


def macro_precision(table: np.ndarray) -> np.ndarray:
    right, rows, predicted = np.diag(table), table.sum(axis=1), table.sum(axis=0)
    precision = right / np.maximum(predicted, 1e-300)
    each = np.where((rows > 0) & (predicted > 0), 1 / np.maximum(predicted, 1e-300), 0.0)
    return np.asarray((np.eye(len(table)) - precision[None, :]) * each[None, :])


def f1_mean(weighted: bool) -> Influence:
    """Of the mean of the classes' F1, plain or weighted by their rows."""

    def influence(table: np.ndarray) -> np.ndarray:
        margins = np.diag(table), table.sum(axis=1), table.sum(axis=0)
        _, own, row, column = derivatives(*margins, weighted)
        return np.asarray(row[:, None] + column[None, :] + np.diag(own))

    return influence


def of_class(at: int, kind: str) -> Influence:
    """Of one class's precision, or of its F1."""

    def influence(table: np.ndarray) -> np.ndarray:
        right, rows, predicted = table[at, at], table[at].sum(), table[:, at].sum()
        found = np.zeros_like(table)
        if kind == "precision":
            found[:, at] = -right / max(predicted, 1e-300)
            found[at, at] += 1
            return found
        f = 2 * right / max(rows + predicted, 1e-300)
        found[at] -= f
        found[:, at] -= f
        found[at, at] += 2
        return found

    return influence


def correlation(cells: np.ndarray, cubes: np.ndarray, influence: Influence) -> float:
    """Of one number of both versions, from the rows by label, A's and B's class.

    `cells` [C, 3]: label, A's class and B's class as numbers below K; `cubes` [units, C]: rows of
    each cell, of independent rows one unit a row's worth (a single line). Correlation of the
    influences (delta method), `ADDED` rows of which go as if the versions erred independently.
    """
    total = cubes.sum(axis=0)
    size = int(cells.max()) + 1
    tables = [np.zeros((size, size)) for _ in "ab"]
    for table, column in zip(tables, (1, 2), strict=True):
        np.add.at(table, (cells[:, 0], cells[:, column]), total)
    influences = [influence(table) for table in tables]
    a, b = (d[cells[:, 0], cells[:, at]] for d, at in zip(influences, (1, 2), strict=True))
    if len(cubes) == 1:
        products = [float(total @ (x * y)) for x, y in ((a, b), (a, a), (b, b))]
    else:
        by_a, by_b = cubes @ a, cubes @ b
        products = [float(x @ y) for x, y in ((by_a, by_b), (by_a, by_a), (by_b, by_b))]
    rows = np.maximum(tables[0].sum(axis=1), 1e-300)
    means = [(d * table).sum(axis=1) / rows for d, table in zip(influences, tables, strict=True)]
    alone = float((tables[0].sum(axis=1) * means[0] * means[1]).sum())
    each = ADDED / float(total.sum())
    own = [float(total @ np.square(d)) for d in (a, b)]
    ab = products[0] + each * alone
    aa, bb = (one + each * more for one, more in zip(products[1:], own, strict=True))
    return min(max(ab / math.sqrt(aa * bb), -1.0), 1.0) if aa > 0 and bb > 0 else 0.0
