"""Means over classes: macro recall, precision and F1, weighted F1; few and many classes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from benchmarks.coverage import batch
from benchmarks.coverage.record import Record, observe

from sextant.stats.estimate import Estimate, Level
from sextant.stats.mean_of_rates import mean_of_rates, mean_of_rates_by_unit
from sextant.stats.multiclass import f1_mean, f1_mean_by_unit

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
                    for weighted in (False, True):
                        name = "weighted F1" if weighted else "macro F1"
                        found = (f1_mean(t, weighted, ONCE) for t in tables)
                        yield observe(name, case, _truth(pi, weighted), found, n)


RECALLS = (
    *((c, right, even) for c in (3, 10) for right in (0.6, 0.95) for even in (True, False)),
    (10, 0.98, True),
    (30, 0.95, True),
    (30, 0.98, True),
)
"""Numbers of classes, the share of each that is right, and whether classes are of one size."""


def recalls(rng: np.random.Generator, runs: int, sizes: tuple[int, ...]) -> Iterator[Record]:
    """Macro recall; draws in which a class has no row are left out."""
    for classes, right, even in RECALLS:
        share = shares(classes, right, even).sum(axis=1)
        for n in sizes:
            rows = rng.multinomial(n, share, runs)
            rows = rows[(rows > 0).all(axis=1)]
            if not len(rows):
                continue
            hits, held = rng.binomial(rows, right).astype(float), rows.astype(float)
            found = batch.mean_of_rates(hits, held)
            found.agree(mean_of_rates(k, m, ONCE) for k, m in zip(hits[:3], held[:3], strict=True))
            case = f"n {n}, {classes} classes, {right} right, {'even' if even else 'skew'}"
            yield found.record("macro recall", case, right, n)


def means_by_unit(rng: np.random.Generator, runs: int, counts: tuple[int, ...]) -> Iterator[Record]:
    """Units whose rows share a label and often an outcome."""
    for right in (0.8, 0.95):
        pi = shares(3, right, False)
        for g in counts:
            found: dict[str, list[Estimate]] = {}
            for _ in range(runs):
                margins = _by_unit(rng, g, pi)
                each = {
                    "macro F1 by unit": f1_mean_by_unit(margins, False, ONCE, 1.0),
                    "weighted F1 by unit": f1_mean_by_unit(margins, True, ONCE, 1.0),
                    "macro recall by unit": mean_of_rates_by_unit(
                        margins[:, 0], margins[:, 1], ONCE
                    ),
                }
                for name, one in each.items():
                    found.setdefault(name, []).append(one)
            for name, estimates in found.items():
                truth = right if "recall" in name else _truth(pi, "weighted" in name)
                yield observe(name, f"{g} units, {right} right", truth, estimates, g)


def _by_unit(rng: np.random.Generator, g: int, pi: np.ndarray) -> np.ndarray:
    """Right, labelled and predicted rows [g, 3, 3] of units that take a common cell at times."""
    owner = np.repeat(np.arange(g), 1 + rng.poisson(3, g))
    first, own = (rng.choice(9, size, p=pi.ravel()) for size in (g, owner.size))
    cells = np.where(rng.random(owner.size) < 0.4, first[owner], own)
    label, guess = cells // 3, cells % 3
    margins = np.zeros((g, 3, 3))
    np.add.at(margins, (owner, 0, label), label == guess)
    np.add.at(margins, (owner, 1, label), 1.0)
    np.add.at(margins, (owner, 2, guess), 1.0)
    return margins
