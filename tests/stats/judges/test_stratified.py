"""Labels drawn inside strata: right on average, as often inside as stated, drawn where it pays."""

from __future__ import annotations

import numpy as np
import pytest

from sextant.states.judged import Judged
from sextant.stats.estimate import Level
from sextant.stats.powered import powered_rate
from sextant.stats.stratified import allocate, stratified_mean, stratified_rate


def test_it_is_the_weighted_mean_of_the_strata():
    nan = np.nan
    a = Judged.of([1] * 40 + [0] * 10 + [nan] * 150, [1] * 200).heard()
    b = Judged.of([1] * 10 + [0] * 40 + [nan] * 750, [0] * 800).heard()
    found = stratified_rate([a, b], Level())
    assert found.value == pytest.approx(0.2 * 0.8 + 0.8 * 0.2)
    assert found.n == 100


def test_a_stratum_without_labels_leaves_it_open():
    a = Judged.of([1] * 40 + [0] * 40, [1] * 80).heard()
    b = Judged.of([np.nan] * 10, [0] * 10).heard()
    found = stratified_rate([a, b], Level())
    assert found.value is None
    assert "1 of 2 strata" in found.reason
    assert stratified_mean([a, b], Level()).value is None


def test_few_of_an_outcome_are_boxed():
    a = Judged.of([1] * 30, [1] * 30).heard()
    b = Judged.of([1] * 29 + [0] + [np.nan] * 70, [0] * 100).heard()
    found = stratified_rate([a, b], Level())
    assert "box" in found.method
    assert found.high <= 1


def test_more_labels_where_people_differ():
    left, judged = np.array([800.0, 200.0]), np.zeros(2)
    counts = allocate(left, np.array([0.1, 0.5]), 100, judged)
    assert counts.sum() == 100
    assert counts[1] > 40
    assert counts[0] >= 0.3 * 80
    assert allocate(left, np.array([0.1, 0.5]), 5000, judged).tolist() == [800, 200]
    assert allocate(np.zeros(2), np.array([0.1, 0.5]), 10, judged).sum() == 0


@pytest.mark.slow
def test_two_rounds_of_drawing_cover_and_pay():
    """100 at random, then 200 where these say that it pays: misses at most 4.5 % a side of 400.

    A judge that gives a calibrated score, cut into five bands.
    """
    rng = np.random.default_rng(6)
    low = high = 0
    widths, plain = [], []
    n, p = 4000, 0.5
    for _ in range(400):
        f = rng.beta(0.25, 0.25, n)
        y = (rng.random(n) < f).astype(float)
        seen = np.full(n, np.nan)
        seen[:100] = y[:100]
        band = np.digitize(f, [0.05, 0.3, 0.7, 0.95])
        strata = [band == b for b in range(5)]
        judged = np.array([(~np.isnan(seen[at])).sum() for at in strata], dtype=float)
        smooth = (np.array([np.nansum(seen[at]) for at in strata]) + 1) / (judged + 2)
        left = np.array([at.sum() for at in strata]) - judged
        counts = allocate(left, np.sqrt(smooth * (1 - smooth)), 200, judged)
        for at, count in zip(strata, counts, strict=True):
            drawn = rng.choice(np.flatnonzero(at & np.isnan(seen)), count, replace=False)
            seen[drawn] = y[drawn]
        found = stratified_rate([Judged.of(seen[at], f[at]).heard() for at in strata], Level())
        low, high = low + (found.low > p), high + (found.high < p)
        widths.append(found.high - found.low)
        random = np.full(n, np.nan)
        random[:300] = y[:300]
        other = powered_rate(*Judged.of(random, f).heard(), Level())
        plain.append(other.high - other.low)
    assert max(low, high) <= 18
    assert np.mean(widths) < 0.97 * np.mean(plain)
