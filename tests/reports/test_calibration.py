"""The four counts equal scikit-learn's; the bins of reliability hold every labelled row."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sextant as sx
from sextant.metrics.reliability import BINS, FEWEST
from sextant.reports.calibration import confusion, reliability

BOTH = ("auc >= 0.5", "recall >= 0.5")


def judged(table: pd.DataFrame, *criteria: str, **roles: Any) -> sx.Result:
    return sx.evaluate(table, criteria=criteria or BOTH, label="y", score="p", **roles)


def counts(found: sx.Result) -> dict[str, Any] | None:
    return confusion(found.evidence.contract, found.tally)


def bins(found: sx.Result) -> list[dict[str, Any]]:
    held = reliability(found.tally)
    assert held is not None
    return held


def agrees(held: list[dict[str, Any]], score: Any, label: Any) -> None:
    """Every labelled row is in exactly one bin, whose share and mean score are NumPy's."""
    known = ~np.isnan(label) & ~np.isnan(score)
    assert sum(one["n"] for one in held) == known.sum()
    for one, following in pairwise(held):
        assert one["to"] < following["from"]
    for one in held:
        mine = known & (score >= one["from"]) & (score <= one["to"])
        assert one["n"] == mine.sum()
        assert one["share"] == pytest.approx(label[mine].mean(), abs=1e-12)
        assert one["score"] == pytest.approx(score[mine].mean(), rel=1 / 256)
        assert one["from"] <= one["score"] <= one["to"]
        assert one["low"] <= one["share"] <= one["high"]


@pytest.fixture(scope="module")
def employment(demo: Path) -> sx.Result:
    return sx.check(demo / "employment/contract.yaml", look=1)


@pytest.fixture(scope="module")
def people(demo: Path) -> pd.DataFrame:
    """The rows of the year 2015, which the contract names."""
    held = pd.read_parquet(demo / "employment/predictions.parquet")
    return held[held["year"] == 2015]


def test_the_four_counts_are_those_of_scikit_learn(
    employment: sx.Result, people: pd.DataFrame
) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    flagged = people["predicted_probability_permille"] >= 500
    tn, fp, fn, tp = metrics.confusion_matrix(people["employed"], flagged).ravel().tolist()
    assert counts(employment) == {
        "threshold": 0.5,
        "tp": tp,
        "fp": fp,
        "fn": fn,
        "tn": tn,
        "unlabelled_positive": 0,
        "unlabelled_negative": 0,
    }


def test_the_bins_of_the_demo_are_those_of_its_rows(
    employment: sx.Result, people: pd.DataFrame
) -> None:
    score = people["predicted_probability_permille"].to_numpy() / 1000
    held = bins(employment)
    assert len(held) == BINS
    agrees(held, score, people["employed"].to_numpy(dtype=float))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 1000), st.sampled_from([0.0, 1.0, np.nan])),
        min_size=60,
        max_size=120,
    )
)
def test_bins_and_counts_of_any_rows(rows: list[tuple[int, float]]) -> None:
    score = np.array([one for one, _ in rows]) / 1000
    label = np.array([one for _, one in rows])
    found = judged(pd.DataFrame({"p": score, "y": label}))
    labelled = ~np.isnan(label)
    if labelled.sum() < FEWEST:
        assert reliability(found.tally) is None
    else:
        agrees(bins(found), score, label)
    if labelled.any():
        over = score >= 0.5
        assert counts(found) == {
            "threshold": 0.5,
            "tp": (over & (label == 1)).sum(),
            "fp": (over & (label == 0)).sum(),
            "fn": (~over & (label == 1)).sum(),
            "tn": (~over & (label == 0)).sum(),
            "unlabelled_positive": (over & ~labelled).sum(),
            "unlabelled_negative": (~over & ~labelled).sum(),
        }


def table(rows: int = 400) -> pd.DataFrame:
    rng = np.random.default_rng(7)
    score = rng.uniform(size=rows).round(3)
    return pd.DataFrame(
        {
            "p": score,
            "y": (rng.uniform(size=rows) < score).astype(float),
            "u": np.arange(rows) // 4,
            "g": rng.choice(np.array(["a", "b", None]), rows),
        }
    )


def test_bins_of_dependent_rows_hold_every_row_too() -> None:
    """The states of units have wider cells than that of all rows: a bin cuts none of them."""
    rows = table()
    agrees(bins(judged(rows, unit="u")), rows["p"].to_numpy(), rows["y"].to_numpy())


def test_rows_that_only_repeat_their_unit_widen_the_intervals() -> None:
    rows = table(200)
    fourfold = pd.concat([rows.assign(u=range(200))] * 4)
    alone, together = bins(judged(fourfold)), bins(judged(fourfold, unit="u"))
    agrees(together, fourfold["p"].to_numpy(), fourfold["y"].to_numpy())

    def width(held: list[dict[str, Any]]) -> float:
        return float(np.mean([one["high"] - one["low"] for one in held]))

    assert width(together) > 1.5 * width(alone)


def test_criteria_by_segment_alone_add_up_to_all_rows() -> None:
    rows = table()
    by_group = judged(rows, "recall >= 0.5 in every g", segments={"g": "g"})
    assert counts(by_group) == counts(judged(rows))
    assert bins(by_group) == bins(judged(rows, "recall >= 0.5"))


def test_fewer_labelled_scores_than_an_eye_should_compare_give_no_bins() -> None:
    assert reliability(judged(table(FEWEST - 1)).tally) is None
    assert len(bins(judged(table(FEWEST)))) == 1


@pytest.mark.parametrize("scored", [0, 3, FEWEST - 1])
def test_labels_of_rows_without_a_score_do_not_count(scored: int) -> None:
    rows = table()
    rows.loc[scored:, "p"] = np.nan
    assert reliability(judged(rows).tally) is None


def test_scores_of_rows_without_a_label_do_not_count() -> None:
    rows = table()
    rows.loc[200:, "y"] = np.nan
    rows.loc[:199, "p"] = np.nan
    found = judged(rows)
    assert reliability(found.tally) is None
    assert counts(found) is None


def test_hard_decisions_have_counts_and_no_reliability() -> None:
    rows = pd.DataFrame({"y": [1, 1, 1, 0, 0, 0, 0], "d": [1, 1, 0, 1, 0, 0, 0]})
    found = sx.evaluate(rows, criteria=["recall >= 0.5"], label="y", prediction="d")
    held = counts(found)
    assert held is not None
    assert (held["tp"], held["fn"], held["fp"], held["tn"]) == (2, 1, 1, 3)
    assert held["threshold"] is None
    assert reliability(found.tally) is None


def test_counts_at_another_threshold_are_not_passed_off_as_the_contracts() -> None:
    assert counts(judged(table(), "recall(threshold=0.7) >= 0.5")) is None
