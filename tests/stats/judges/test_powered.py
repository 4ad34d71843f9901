"""Few human labels and a judge: golden values, ppi-python's formulas, and whether it covers."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pytest
from scipy.stats import norm

from sextant.states.judged import Judged
from sextant.stats.estimate import Level
from sextant.stats.powered import combine, drawn_alike, powered_mean, powered_rate
from sextant.stats.rate import rate


def cells(counts: dict[tuple[int, int], int], n: int, ones: int) -> Judged:
    """Labelled rows by (human, judge) and n others, of which the judge says `ones`."""
    pairs = [pair for pair, k in counts.items() for _ in range(k)]
    y = [a for a, _ in pairs] + [np.nan] * n
    return Judged.of(y, [b for _, b in pairs] + [1] * ones + [0] * (n - ones))


GOLDEN = {(1, 1): 150, (1, 0): 12, (0, 1): 8, (0, 0): 30}


def test_golden_value():
    """Recomputed by `golden_check.py` of the formulas: 200 labels, 2,000 others."""
    labelled, others = cells(GOLDEN, 2000, 1480).heard()
    found = combine(labelled, others)
    assert found.weight == pytest.approx(0.528651, abs=1e-6)
    assert found.value == pytest.approx(0.783567, abs=1e-6)
    assert found.variance == pytest.approx(4.48283e-4, rel=1e-5)
    estimate = powered_rate(labelled, others, Level())
    assert (estimate.low, estimate.high) == pytest.approx((0.737024, 0.825306), abs=1e-6)
    assert estimate.n == 200
    assert estimate.worth == pytest.approx(0.783567 * (1 - 0.783567) / 4.48283e-4, rel=1e-4)


def test_galaxies_equal_ppi_python(shared_data: Path):
    """ppi-python 0.2.3, ppi_mean_ci at alpha 0.1 on fixed rows: (0.227507, 0.287708)."""
    query = f"SELECT Y, Yhat FROM '{shared_data}/ppi_galaxies/galaxies.parquet'"
    table = duckdb.sql(query).fetchnumpy()
    order = np.random.RandomState(0).permutation(table["Y"].size)
    y, f = table["Y"][order].astype(float), table["Yhat"][order].astype(float)
    ours, theirs = y[:300], f[:300]
    rest = f[300:]
    first = rest.mean() + (ours - theirs).mean()
    grads = np.r_[theirs, rest] - first
    cov = np.mean((ours - ours.mean()) * (theirs - theirs.mean()))
    lam = np.clip(cov / ((1 + 300 / rest.size) * grads.var()), 0, 1)
    centre = lam * rest.mean() + (ours - lam * theirs).mean()
    error = np.sqrt((lam * rest).var() / rest.size + (ours - lam * theirs).var() / 300)
    z = norm.ppf(0.95)
    published = (0.227507, 0.287708)
    assert (centre - z * error, centre + z * error) == pytest.approx(published, abs=2e-6)

    labelled, others = Judged.of(np.r_[ours, np.full(rest.size, np.nan)], f).heard()
    same = combine(labelled, others, weight=lam)
    assert same.value == pytest.approx(centre, abs=1e-12)
    exact = (ours - lam * theirs).var(ddof=1) / 300 + (lam * rest).var(ddof=1) / rest.size
    assert same.variance == pytest.approx(exact, rel=1e-12)
    own = combine(labelled, others)
    assert own.weight == pytest.approx(lam, rel=0.01)
    estimate = powered_rate(labelled, others, Level(0.1))
    assert (estimate.low, estimate.high) == pytest.approx(published, abs=0.003)
    assert estimate.worth > 1.8 * 300  # about half the labels do
    assert estimate.low <= y.mean() <= estimate.high


def test_few_of_an_outcome_leave_the_judge_out():
    state = cells({(1, 1): 19, (0, 0): 81}, 1000, 200)
    found, alone = powered_rate(*state.heard(), Level()), rate(19, 100, Level())
    assert (found.low, found.high, found.worth) == (alone.low, alone.high, 100)
    assert "labels alone" in found.method


@pytest.mark.parametrize("verdict", [0.0, 1.0, np.nan])
def test_a_judge_that_always_says_the_same_adds_nothing(verdict: float):
    y = np.r_[np.ones(60), np.zeros(40), np.full(500, np.nan)]
    found = powered_rate(*Judged.of(y, np.full(600, verdict)).heard(), Level())
    alone = rate(60, 100, Level())
    assert (found.low, found.high, found.worth) == (alone.low, alone.high, 100)


def test_a_judge_that_says_the_opposite_is_left_out():
    y = np.r_[np.ones(60), np.zeros(40), np.full(500, np.nan)]
    f = np.r_[np.zeros(60), np.ones(40), np.ones(250), np.zeros(250)]
    assert combine(*Judged.of(y, f).heard()).weight == 0


def test_nobody_judged():
    found = powered_rate(*Judged.of([np.nan] * 9, [1] * 9).heard(), Level())
    assert found.value is None
    assert "people" in found.reason


def test_without_other_rows_the_labels_stand_alone():
    y, f = np.r_[np.ones(60), np.zeros(40)], np.r_[np.ones(55), np.zeros(45)]
    found = powered_rate(*Judged.of(y, f).heard(), Level())
    alone = rate(60, 100, Level())
    assert (found.low, found.high) == (alone.low, alone.high)


def test_labels_that_were_picked_are_told_from_random_ones():
    rng = np.random.default_rng(3)
    f = rng.random(4000) < 0.7
    picked = np.where(np.arange(4000) < 300, 1.0, np.nan)
    assert abs(drawn_alike(*Judged.of(picked, f).heard())) < 3.29
    order = np.argsort(~f, kind="stable")
    assert drawn_alike(*Judged.of(picked, f[order]).heard()) > 3.29


@pytest.mark.slow
@pytest.mark.parametrize(("n", "rest"), [(100, 1000), (300, 3000), (300, 100)])
def test_rates_cover(n: int, rest: int):
    """One-sided error at most 3.5 % of 4,000 tables each (the long form is in the benchmark)."""
    rng = np.random.default_rng(n + rest)
    for p, recall, false in ((0.8, 0.92, 0.3), (0.5, 0.9, 0.1), (0.9, 0.97, 0.5)):
        low = high = 0
        for _ in range(400):
            y = rng.random(n + rest) < p
            f = np.where(y, rng.random(y.size) < recall, rng.random(y.size) < false)
            seen = np.where(np.arange(y.size) < n, y, np.nan)
            found = powered_rate(*Judged.of(seen, f).heard(), Level())
            low, high = low + (found.low > p), high + (found.high < p)
        assert max(low, high) <= 400 * 0.025 + 3.5 * np.sqrt(400 * 0.025 * 0.975)


@pytest.mark.slow
def test_means_cover_and_are_narrower():
    rng = np.random.default_rng(5)
    low = high = narrower = 0
    truth = 1 + sum(norm.sf(edge, 4, 1) for edge in (1.5, 2.5, 3.5, 4.5))
    for _ in range(400):
        y = np.clip(np.round(rng.normal(4, 1, 2200)), 1, 5)
        f = np.clip(np.round(y + rng.normal(0.4, 0.6, y.size)), 1, 5)
        seen = np.where(np.arange(y.size) < 200, y, np.nan)
        found = powered_mean(*Judged.of(seen, f).heard(), Level())
        alone = powered_mean(Judged.of(y[:200], f[:200] * 0).part(0), Judged().part(0), Level())
        low, high = low + (found.low > truth), high + (found.high < truth)
        narrower += found.high - found.low < alone.high - alone.low
    assert max(low, high) <= 22
    assert narrower > 380
