"""Means over classes: macro recall, precision and F1, weighted F1; few and many classes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from benchmarks.coverage.record import Record, observe

from sextant.stats.estimate import Level
from sextant.stats.multiclass import f1_mean, f1_mean_by_unit, mean_of_rates

ONCE = Level()


def shares(classes: int, right: float, even: bool) -> np.ndarray:
    """Shares of rows by label and prediction: `right` on the diagonal, errors spread evenly."""
    prior = np.full(classes, 1.0) if even else 0.7 ** np.arange(classes)
    prior /= prior.sum()
    table = np.full((classes, classes), (1 - right) / (classes - 1))
    np.fill_diagonal(table, right)
    return np.asarray(prior[:, None] * table)


def _truth(pi: np.ndarray, weighted: bool) -> float:
    rows = pi.sum(axis=1)
    f = 2 * np.diag(pi) / (rows + pi.sum(axis=0))
    return float(rows @ f if weighted else f.mean())


def means(rng: np.random.Generator, runs: int, sizes: tuple[int, ...]) -> Iterator[Record]:
    """Independent rows; draws in which a class has no row are left out, as they are undefined."""
    for classes in (3, 10):
        for even in (True, False):
            for right in (0.6, 0.95):
                pi = shares(classes, right, even)
                for n in sizes:
                    drawn = rng.multinomial(n, pi.ravel(), runs).astype(float)
                    tables = drawn.reshape(-1, classes, classes)
                    tables = tables[(tables.sum(axis=2) > 0).all(axis=1)]
                    if not len(tables):
                        continue
                    case = f"n {n}, {classes} classes, {right} right, {'even' if even else 'skew'}"
                    recalls = (mean_of_rates(np.diagonal(t), t.sum(axis=1), ONCE) for t in tables)
                    yield observe("macro recall", case, right, recalls)
                    for weighted in (False, True):
                        name = "weighted F1" if weighted else "macro F1"
                        found = (f1_mean(t, weighted, ONCE) for t in tables)
                        yield observe(name, case, _truth(pi, weighted), found)


def means_by_unit(rng: np.random.Generator, runs: int, counts: tuple[int, ...]) -> Iterator[Record]:
    """Units whose rows share a label and often an outcome."""
    pi = shares(3, 0.8, False)
    for g in counts:
        for weighted in (False, True):

            def drawn(g: int = g) -> np.ndarray:
                sizes = 1 + rng.poisson(3, g)
                margins = np.zeros((g, 3, 3))
                first = rng.choice(9, g, p=pi.ravel())
                for u, size in enumerate(sizes):
                    own = rng.choice(9, size, p=pi.ravel())
                    cells = np.where(rng.random(size) < 0.4, first[u], own)
                    label, guess = cells // 3, cells % 3
                    for k in range(3):
                        margins[u, :, k] = (
                            ((label == k) & (guess == k)).sum(), (label == k).sum(),
                            (guess == k).sum(),
                        )  # fmt: skip
                return margins

            name = "weighted F1 by unit" if weighted else "macro F1 by unit"
            found = (f1_mean_by_unit(drawn(), weighted, ONCE, 1.0) for _ in range(runs))
            yield observe(name, f"{g} units", _truth(pi, weighted), found)
