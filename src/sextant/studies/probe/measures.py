"""How good answers are, and how much better one is than another, on rows that taught neither.

Rows are used again: every row tests one model and teaches the others. So the intervals are those
of the tested rows for the mean of the folds' models (Bayle et al. 2020: valid where no row moves
the model much), taken wider by `WIDER`, which simulations say small samples need
(`benchmarks/probe_coverage.py`; Bates, Hastie and Tibshirani 2024 show why).
"""

from __future__ import annotations

import math

import numpy as np

from sextant.stats.auc import auc, auc_by_unit
from sextant.stats.estimate import Estimate, Level
from sextant.stats.mean import mean, mean_by_unit
from sextant.stats.paired.ranking import Joint, Ranked, auc_difference, auc_difference_by_unit
from sextant.stats.paired.shares import Part, share_difference, share_difference_by_unit
from sextant.stats.r_squared import r_squared, r_squared_by_unit
from sextant.stats.rate import rate, rate_by_unit
from sextant.studies.probe.answers import Answer
from sextant.studies.probe.folds import BUCKETS, Folds
from sextant.studies.probe.rows import Array, Rows

WIDER = 1.2
"""So many times as wide as the interval of rows that test one model that they did not teach."""
FINE = 256
LOWER_IS_BETTER = frozenset({"mae"})


def wider(alpha: float, times: float = WIDER) -> float:
    """The level at which an interval is `times` as wide: 0.019 for 0.05 and 1.2."""
    return math.erfc(times * _normal(alpha) / math.sqrt(2))


def _normal(alpha: float) -> float:
    from scipy.special import ndtri

    return float(-ndtri(alpha / 2))


def value_of(name: str, y: Array, said: Array, score: Array | None) -> float:
    """The plain number, NaN where it is undefined."""
    match name:
        case "accuracy":
            return float((said == y).mean()) if y.size else math.nan
        case "auc":
            assert score is not None
            return _auc_value(y, score)
        case "mae":
            return float(np.abs(said - y).mean()) if y.size else math.nan
        case _:
            raise ValueError(f"no curve is drawn of {name!r}")


def _auc_value(y: Array, score: Array) -> float:
    from scipy.stats import rankdata

    p = float(y.sum())
    n = y.size - p
    if not p or not n:
        return math.nan
    return float((rankdata(score)[y == 1].sum() - p * (p + 1) / 2) / p / n)


def estimate(name: str, rows: Rows, answer: Answer, folds: Folds, alpha: float) -> Estimate:
    """One number of an answer with its interval; n is the rows that it rests on."""
    level = Level(wider(alpha))
    at = folds.tested
    y, said = rows.y[at], answer.said[at]
    if name == "auc" and answer.score is not None and np.ptp(answer.score[at]) == 0:
        return Estimate(0.5, 0.5, 0.5, float(y.size), "a constant ranks nothing")
    together = None if folds.together is None else folds.together[at]
    match name:
        case "accuracy":
            return _share(said == y, np.ones(y.size, dtype=bool), together, level)
        case "recall":
            return _share(said == 1, y == 1, together, level)
        case "precision":
            return _share(y == 1, said == 1, together, level)
        case "auc":
            assert answer.score is not None
            return _area(y, answer.score[at], together, level)[1]
        case "mae":
            return _mean(np.abs(said - y), together, level)
        case _:
            return _explained(y, said, together, level)


def gain(name: str, rows: Rows, a: Answer, b: Answer, folds: Folds, alpha: float) -> Estimate:
    """By how much B is better than A on the same rows: above 0 is better, also of an error."""
    level = Level(wider(alpha))
    at = folds.tested
    y = rows.y[at]
    together = None if folds.together is None else folds.together[at]
    if name == "accuracy":
        right = [one.said[at] == y for one in (a, b)]
        return _shares_apart(~right[0] & right[1], right[0] & ~right[1], together, level)
    if name == "mae":
        errors = [np.abs(one.said[at] - y) for one in (a, b)]
        return _mean(errors[0] - errors[1], together, level)
    assert a.score is not None
    assert b.score is not None
    return _areas_apart(y, a.score[at], b.score[at], together, level)


def _share(yes: Array, among: Array, together: Array | None, level: Level) -> Estimate:
    if together is None:
        return rate(float((yes & among).sum()), float(among.sum()), level)
    size = int(together.max()) + 1
    k = np.bincount(together[among & yes], minlength=size)
    return rate_by_unit(k, np.bincount(together[among], minlength=size), level)


def _shares_apart(more: Array, less: Array, together: Array | None, level: Level) -> Estimate:
    if together is None:
        return share_difference(
            [Part(float(more.sum()), float(less.sum()), float(more.size))], level
        )
    size = int(together.max()) + 1
    gained, lost = (np.bincount(together[one], minlength=size) for one in (more, less))
    part = Part(gained, lost, np.bincount(together, minlength=size))
    return share_difference_by_unit([part], level)


def _mean(values: Array, together: Array | None, level: Level) -> Estimate:
    if together is not None:
        size = int(together.max()) + 1
        totals = np.bincount(together, values, size)
        return mean_by_unit(totals, np.bincount(together, minlength=size), level)
    middle = float(values.mean())
    d = values - middle
    return mean(values.size, middle, float((d**2).sum()), float((d**3).sum()), level)


def _explained(y: Array, said: Array, together: Array | None, level: Level) -> Estimate:
    q, d = (said - y) ** 2, y - y.mean()
    if together is not None:
        size = int(together.max()) + 1
        n, errors, squares = (np.bincount(together, w, size) for w in (np.ones(y.size), q, d**2))
        return r_squared_by_unit(n, errors, squares, level)
    a = float(q.mean())
    return r_squared(
        y.size, a, float(((q - a) ** 2).sum()), float((d**2).sum()), float((d**4).sum()),
        float(((q - a) * d**2).sum()), float(y.mean()), level,
    )  # fmt: skip


def _area(
    y: Array, score: Array, together: Array | None, level: Level
) -> tuple[tuple[Array, Array], Estimate]:
    _, place = np.unique(score, return_inverse=True)
    pos, neg = (np.bincount(place[y == one], minlength=int(place.max()) + 1) for one in (1, 0))
    distinct = np.ones(pos.size, dtype=bool)
    if together is None:
        return (pos, neg), auc(pos, neg, distinct, level)
    found = auc_by_unit(pos, neg, distinct, *_by_unit(y, score, together), level)
    return (pos, neg), found


def _areas_apart(y: Array, a: Array, b: Array, together: Array | None, level: Level) -> Estimate:
    sides = []
    for score in (a, b):
        (pos, neg), found = _area(y, score, together, level)
        sides.append(Ranked(pos, neg, np.ones(pos.size, dtype=bool), found))
    if together is not None:
        units = [_by_unit(y, score, together) for score in (a, b)]
        return auc_difference_by_unit(sides[0], sides[1], units[0], units[1], level)
    key = _binned(a) * FINE + _binned(b)
    cells, place = np.unique(key, return_inverse=True)
    pos, neg = (np.bincount(place[y == one], minlength=cells.size) for one in (1, 0))
    return auc_difference(sides[0], sides[1], Joint(cells // FINE, cells % FINE, pos, neg), level)


def _binned(score: Array) -> Array:
    """At most `FINE` bins of about equally many rows; equal scores fall together."""
    levels = np.unique(np.quantile(score, np.arange(1, FINE) / FINE, method="lower"))
    found: Array = np.searchsorted(levels, score, "left")
    return found


def _by_unit(y: Array, score: Array, together: Array) -> tuple[Array, Array]:
    size, place = BUCKETS, _binned(score)
    key = together * FINE + place
    pos, neg = (
        np.bincount(key[y == one], minlength=size * FINE).reshape(size, FINE).astype(float)
        for one in (1, 0)
    )
    return pos, neg
