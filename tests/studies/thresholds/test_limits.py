"""Limits: which cuts are shown to keep them, capacity, the verdict, the order of testing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.stats.rate import clopper_pearson
from sextant.studies.thresholds.limits import fewest

COSTS = {"false_negative": 10.0, "false_positive": 4.0}


def run(rows: pd.DataFrame, *limits: str, **more: object) -> sx.ThresholdResult:
    return sx.thresholds(rows, score="p", label="y", costs=COSTS, limits=limits, **more)


def test_recall_is_kept_up_to_the_last_cut_whose_low_limit_holds(rows: pd.DataFrame) -> None:
    found = run(rows, "recall >= 80%")
    positives = rows.loc[rows["y"] == 1, "p"].to_numpy()
    shown = [
        cut
        for cut in np.unique(rows["p"])
        if clopper_pearson((positives >= cut).sum(), positives.size, 0.05)[0] >= 0.8
    ]
    limit = found.to_dict()["limits"][0]
    assert limit["kept"][0] == 0
    assert (positives >= limit["kept"][1]).sum() == (positives >= max(shown)).sum()
    assert found.verdict == "met"
    assert (positives >= found.best).mean() >= 0.8


def test_capacity_limits_the_share_of_flagged(rows: pd.DataFrame) -> None:
    found = run(rows, capacity=400, volume=4_000)
    best = found.exploration.best
    assert best is not None
    assert found.exploration.bands["flagged"].at(best.cut).high <= 0.1
    assert "flagged <= 0.1" in found.to_dict()["setting"]["limits"]
    assert any("of 4,000 decisions a day" in one.lower() for one in found.to_dict()["sentences"])


def test_precision_is_tested_from_the_top_down(rows: pd.DataFrame) -> None:
    limit = run(rows, "precision >= 0.7").exploration.limits[0]
    held = np.flatnonzero(limit.kept)
    assert held.size
    assert (np.diff(held) == 1).all()
    assert not limit.kept[0]
    assert float(limit.band.low[held].min()) >= 0.7


@pytest.mark.parametrize(
    ("limits", "verdict"),
    [
        (("recall >= 50%", "friction <= 20%"), "met"),
        (("recall >= 99%", "friction <= 0.1%"), "missed"),
        (("recall >= 99.5%", "friction <= 90%"), "met"),
        (("precision >= 0.99",), "undecided"),
    ],
)
def test_the_verdict_of_all_limits(
    rows: pd.DataFrame, limits: tuple[str, ...], verdict: str
) -> None:
    found = run(rows, *limits)
    assert found.verdict == verdict
    assert (found.best is None) == (verdict != "met")
    if found.best is None:
        assert found.to_dict()["headline"].startswith("There is no best threshold: no threshold")


def test_todays_own_verdict_stands_beside_each_limit(rows: pd.DataFrame) -> None:
    limits = run(rows, "recall >= 99%", "recall >= 1%", "friction <= 50%").to_dict()["limits"]
    assert [one["today"] for one in limits] == ["missed", "met", "met"]


def test_the_first_size_at_which_half_the_errors_would_do() -> None:
    n = fewest(0.05, 0.05)
    assert clopper_pearson(np.floor(n * 0.025), n, 0.05)[1] <= 0.05
    assert 100 < n < 400
