"""Comparisons against statsmodels, SciPy and scikit-learn, on drawn rows and on public files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, f1_score, precision_score, recall_score, roc_auc_score
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from statsmodels.stats.contingency_tables import mcnemar

import sextant as sx

NUMBERS = ["age", "education_num", "capital_gain", "capital_loss", "hours_per_week"]
WORDS = ["workclass", "marital_status", "occupation", "relationship"]


def results(found: sx.ComparisonResult) -> dict[str, dict]:
    return {one["metric"]: one for one in found.to_dict()["results"] if not one["segment"]}


def table(y: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Right and wrong answers of both versions."""
    first, second = ((score >= 0.5) == y for score in (a, b))
    counts = [(one & other).sum() for one in (first, ~first) for other in (second, ~second)]
    return np.array(counts).reshape(2, 2)


@pytest.mark.parametrize("seed", range(12))
def test_zero_is_excluded_where_the_exact_mcnemar_test_rejects(seed: int) -> None:
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 2, 400)
    a, b = (
        np.where(rng.uniform(size=400) < right, 0.1 + 0.8 * y, 0.9 - 0.8 * y)
        for right in (0.8, 0.8 + 0.01 * seed)
    )
    found = sx.compare(pd.DataFrame({"y": y, "a": a, "b": b}), a="a", b="b", label="y")
    p = mcnemar(table(y, a, b), exact=True).pvalue
    decided = found.verdict != "undecided"
    assert decided or p > 0.05
    assert not decided or p < 0.08


def test_a_difference_of_means_is_that_of_a_paired_t_test() -> None:
    rng = np.random.default_rng(3)
    truth = rng.normal(size=5_000)
    rows = pd.DataFrame({"t": truth, "a": truth + rng.normal(0, 1, 5_000),
                         "b": truth + rng.normal(0, 1.05, 5_000)})  # fmt: skip
    found = sx.compare(rows, a="a", b="b", label="t", task="regression")
    seen = results(found)["absolute_error"]
    gone = (rows["b"] - rows["t"]).abs() - (rows["a"] - rows["t"]).abs()
    low, high = stats.ttest_1samp(gone, 0).confidence_interval(0.95)
    assert seen["difference"] == pytest.approx(gone.mean())
    assert (seen["low"], seen["high"]) == pytest.approx((low, high), abs=2e-4)


@pytest.fixture(scope="module")
def adult(shared_data: Path) -> pd.DataFrame:
    """Two models trained on the training split; their scores on the test split."""
    rows = pd.read_parquet(shared_data / "adult/adult.parquet")
    y = (rows["income"] == ">50K").astype(int)
    train = rows["split"] == "train"
    linear = make_pipeline(
        make_column_transformer(
            (StandardScaler(), NUMBERS), (OneHotEncoder(handle_unknown="ignore"), WORDS)
        ),
        LogisticRegression(max_iter=500),
    )
    trees = HistGradientBoostingClassifier(random_state=0, max_iter=60)
    linear.fit(rows.loc[train, NUMBERS + WORDS], y[train])
    trees.fit(rows.loc[train, NUMBERS], y[train])
    test = rows[~train]
    return test.assign(
        rich=y[~train],
        linear=linear.predict_proba(test[NUMBERS + WORDS])[:, 1],
        trees=trees.predict_proba(test[NUMBERS])[:, 1],
    )


def test_adult_two_models_equal_scikit_learn(adult: pd.DataFrame) -> None:
    found = results(sx.compare(adult, a="linear", b="trees", label="rich"))
    y = adult["rich"].to_numpy()
    for which, column in (("a", "linear"), ("b", "trees")):
        score = adult[column].to_numpy()
        flagged = score >= 0.5
        expected = {
            "accuracy": (flagged == y).mean(),
            "recall": recall_score(y, flagged),
            "precision": precision_score(y, flagged),
            "f1": f1_score(y, flagged),
            "selection_rate": flagged.mean(),
            "brier": brier_score_loss(y, score),
            "auc": roc_auc_score(y, score),
            "mean_score": score.mean(),
        }
        for name, value in expected.items():
            assert found[name][which]["estimate"] == pytest.approx(value, abs=2e-6), name


def test_adult_auc_has_delongs_interval(adult: pd.DataFrame) -> None:
    seen = results(sx.compare(adult, a="linear", b="trees", label="rich"))["auc"]
    y = adult["rich"].to_numpy()
    ranks = []
    for column in ("linear", "trees"):
        score = adult[column].to_numpy()
        both = stats.rankdata(score)
        v10 = (both[y == 1] - stats.rankdata(score[y == 1])) / (y == 0).sum()
        v01 = 1 - (both[y == 0] - stats.rankdata(score[y == 0])) / (y == 1).sum()
        ranks.append((v10, v01))
    d10, d01 = ranks[1][0] - ranks[0][0], ranks[1][1] - ranks[0][1]
    half = 1.96 * np.sqrt(d10.var(ddof=1) / d10.size + d01.var(ddof=1) / d01.size)
    assert seen["difference"] == pytest.approx(d10.mean(), abs=5e-6)
    assert (seen["high"] - seen["low"]) / 2 == pytest.approx(half, rel=0.01)


def test_adult_resampling_rows_agrees(adult: pd.DataFrame) -> None:
    """A bootstrap of 400 resamples gives the widths of precision and F1 within its noise."""
    found = results(sx.compare(adult, a="linear", b="trees", label="rich"))
    rng = np.random.default_rng(0)
    y, a, b = (adult[name].to_numpy() for name in ("rich", "linear", "trees"))
    drawn = []
    for _ in range(400):
        i = rng.integers(0, y.size, y.size)
        flags = [score[i] >= 0.5 for score in (a, b)]
        drawn.append([f(y[i], flags[1]) - f(y[i], flags[0]) for f in (precision_score, f1_score)])
    for name, spread in zip(("precision", "f1"), np.std(drawn, axis=0), strict=True):
        half = (found[name]["high"] - found[name]["low"]) / 2
        assert half == pytest.approx(1.96 * spread, rel=0.12)


def test_compas_is_no_better_than_age_and_prior_counts(shared_data: Path) -> None:
    """Dressel and Farid (Science Advances 2018): two features predict as well as COMPAS does."""
    rows = pd.read_csv(shared_data / "compas/compas_two_years_no_names.csv")
    y = rows["two_year_recid"]
    simple = make_pipeline(StandardScaler(), LogisticRegression())
    features = rows[["age", "priors_count"]]
    rows["simple"] = cross_val_predict(simple, features, y, cv=10, method="predict_proba")[:, 1]
    rows["compas"] = (rows["decile_score"] >= 5).astype(float)
    found = sx.compare(rows, a="compas", b="simple", label="two_year_recid", margin=0.01,
                       segments=["race"], unit="id")  # fmt: skip
    assert found.answer == "not worse"
    seen = results(found)["accuracy"]
    assert seen["a"]["estimate"] == pytest.approx(0.654, abs=5e-4)
    assert seen["b"]["estimate"] == pytest.approx(0.668, abs=0.02)


def test_census_two_thresholds_are_told_apart_and_for_whom(shared_data: Path) -> None:
    rows = pd.read_parquet(
        shared_data / "census_ma_employment/census_ma_employment_demo.parquet"
    ).query("year == 2015")
    score = {"column": "predicted_probability_permille", "scale": 1_000}
    found = sx.compare(
        rows, a=score | {"threshold": 0.5}, b=score | {"threshold": 0.6}, label="employed",
        metrics=["precision", "recall within 1%"],
        segments={"sex": {"column": "SEX", "labels": {1: "men", 2: "women"}}},
    )  # fmt: skip
    verdicts = {one["question"]: one["verdict"] for one in found.to_dict()["questions"]}
    assert verdicts["precision"] == "met"
    assert verdicts["recall within 0.01"] == "missed"
    p, y = rows["predicted_probability_permille"] / 1_000, rows["employed"] == 1
    changed = (p >= 0.5) & (p < 0.6)
    overall = found.comparison.changes.overall
    assert overall.worse.value == pytest.approx((changed & y).mean())
    assert overall.better.value == pytest.approx((changed & ~y).mean())
