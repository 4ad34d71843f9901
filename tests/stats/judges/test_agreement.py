"""Agreement: published figures, brute force, scikit-learn; and what cannot be said."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from sextant.stats.agreement import ac1, alpha, jackknife, jackknife_by_unit, kappa
from sextant.stats.consensus import dawid_skene, majority
from sextant.stats.estimate import Level


def brute_alpha(items: list[list[int]], distance) -> float:
    """Krippendorff's α by its definition: every pair within an item against every pair at all."""
    items = [item for item in items if len(item) > 1]
    n = sum(map(len, items))
    seen = sum(
        2 * sum(distance(a, b) for a, b in combinations(item, 2)) / (len(item) - 1)
        for item in items
    )
    values = [value for item in items for value in item]
    chance = sum(distance(a, b) for a, b in product(values, values)) / (n - 1)
    return 1 - seen / chance


def test_golden_alpha():
    """3 raters, nominal: 30 21 03 30 12 02."""
    patterns = np.array([[3, 0], [2, 1], [0, 3], [1, 2], [0, 2]], dtype=float)
    rows = np.array([2, 1, 1, 1, 1], dtype=float)
    assert alpha(patterns, rows) == pytest.approx(0.555556, abs=1e-6)


@pytest.mark.parametrize("scale", ["nominal", "ordinal", "interval"])
def test_alpha_is_its_definition(scale: str):
    rng = np.random.default_rng(2)
    items = [
        rng.choice(4, size=rng.integers(1, 5), p=[0.5, 0.2, 0.2, 0.1]).tolist() for _ in range(60)
    ]
    used = [value for item in items if len(item) > 1 for value in item]
    totals = np.bincount(used, minlength=4)

    def distance(a: int, b: int) -> float:
        low, high = min(a, b), max(a, b)
        if scale == "nominal":
            return float(a != b)
        if scale == "interval":
            return float(a - b) ** 2
        if a == b:
            return 0.0
        return float(totals[low : high + 1].sum() - (totals[low] + totals[high]) / 2) ** 2

    patterns = np.array([np.bincount(item, minlength=4) for item in items], dtype=float)
    found = alpha(patterns, np.ones(60), scale, np.arange(4.0))  # type: ignore[arg-type]
    assert found == pytest.approx(brute_alpha(items, distance))


def test_kappa_equals_scikit_learn():
    rng = np.random.default_rng(4)
    a = rng.integers(0, 3, 200)
    b = np.where(rng.random(200) < 0.7, a, rng.integers(0, 3, 200))
    table = pd.crosstab(a, b).to_numpy(float)
    assert kappa(table) == pytest.approx(cohen_kappa_score(a, b))


def test_ac1_bears_a_rare_class():
    """Gwet 2008: of 125 items 118 common yes; κ about 0, AC1 about 0.94."""
    table = np.array([[118.0, 5.0], [2.0, 0.0]])
    assert kappa(table) == pytest.approx(-0.0234, abs=5e-4)
    assert ac1(table) == pytest.approx(0.9408, abs=5e-4)


def test_published_kappas_of_people(shared_data: Path):
    """PandaLM's README: 0.85, 0.88, 0.86."""
    table = pd.read_csv(shared_data / "judge_pandalm/pandalm_verdicts.csv")
    names = ["annotator1", "annotator2", "annotator3"]
    found = [
        kappa(pd.crosstab(table[a], table[b]).to_numpy(float)) for a, b in combinations(names, 2)
    ]
    assert [round(one, 2) for one in found] == [0.85, 0.88, 0.86]


def test_too_few_or_too_alike_have_no_interval():
    both = lambda rows: kappa(rows.reshape(2, 2))  # noqa: E731
    few = jackknife(both, np.array([30.0, 5, 5, 30]), Level())
    assert few.value is not None
    assert not few.assessable
    assert "100 items" in few.reason
    perfect = jackknife(both, np.array([80.0, 0, 0, 80]), Level())
    assert (perfect.value, perfect.assessable) == (1.0, False)
    one_class = jackknife(both, np.array([160.0, 0, 0, 0]), Level())
    assert one_class.value is None


@pytest.mark.slow
def test_kappa_covers():
    """Of 400 tables of 150 items the interval misses the truth on a side in at most 4.5 %."""
    rng = np.random.default_rng(8)
    cells = np.array([0.55, 0.08, 0.05, 0.32])
    truth = kappa(cells.reshape(2, 2))
    low = high = 0
    for _ in range(400):
        found = jackknife(
            lambda rows: kappa(rows.reshape(2, 2)),
            rng.multinomial(150, cells).astype(float),
            Level(),
        )
        low, high = low + (found.low > truth), high + (found.high < truth)
    assert max(low, high) <= 18


def test_units_repeated_tell_nothing_new():
    rng = np.random.default_rng(9)
    parts = rng.multinomial(10, [0.5, 0.1, 0.1, 0.3], size=40).astype(float)
    statistic = lambda rows: kappa(rows.reshape(2, 2))  # noqa: E731
    once = jackknife_by_unit(statistic, parts, Level())
    twice = jackknife_by_unit(statistic, parts * 2, Level())
    assert (once.low, once.high) == pytest.approx((twice.low, twice.high), abs=0.002)


CROWDS = [
    ("crowd_snow2008/rte", 0.1031, 0.0725, 0.001),
    ("crowd_snow2008/temp", 0.0639, 0.0584, 0.001),
    ("crowd_zhang2014/bluebird", 0.2407, 0.1019, 0.001),
    ("crowd_zhang2014/web", 0.2693, 0.1783, 0.02),
]


@pytest.mark.parametrize(("name", "by_majority", "published", "within"), CROWDS)
def test_consensus_reaches_published_errors(
    shared_data: Path, name: str, by_majority: float, published: float, within: float
):
    """Snow et al. 2008, Zhang et al. 2014; ties count as half."""
    rows = pd.read_csv(shared_data / f"{name}.csv")
    item, _ = pd.factorize(rows["item"])
    worker, _ = pd.factorize(rows["worker"])
    label, names = pd.factorize(rows["label"], sort=True)
    gold = rows.groupby(item)["gold"].first().map({value: at for at, value in enumerate(names)})
    known = gold.notna().to_numpy()
    truth = gold[known].astype(int).to_numpy()
    votes = majority(item, label, gold.size, len(names))[known]
    best = votes == votes.max(axis=1, keepdims=True)
    right = best[np.arange(truth.size), truth] / best.sum(axis=1)
    assert 1 - right.mean() == pytest.approx(by_majority, abs=0.001)
    found = dawid_skene(item, worker, label).posterior[known].argmax(axis=1)
    assert (found != truth).mean() == pytest.approx(published, abs=within)
