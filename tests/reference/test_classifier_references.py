"""Every metric of a classifier, on real predictions, against scikit-learn and SciPy."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest
from sklearn import metrics
from statsmodels.stats.proportion import proportion_confint

import sextant as sx

YEAR = 2015
REFERENCES: dict[str, Callable[[np.ndarray, np.ndarray, np.ndarray], float]] = {
    "accuracy": lambda y, h, p: metrics.accuracy_score(y, h),
    "precision": lambda y, h, p: metrics.precision_score(y, h),
    "recall": lambda y, h, p: metrics.recall_score(y, h),
    "specificity": lambda y, h, p: metrics.recall_score(y, h, pos_label=0),
    "false_positive_rate": lambda y, h, p: 1 - metrics.recall_score(y, h, pos_label=0),
    "false_negative_rate": lambda y, h, p: 1 - metrics.recall_score(y, h),
    "friction": lambda y, h, p: metrics.confusion_matrix(y, h, normalize="all")[0, 1],
    "f1": lambda y, h, p: metrics.f1_score(y, h),
    "fbeta(beta=2)": lambda y, h, p: metrics.fbeta_score(y, h, beta=2),
    "balanced_accuracy": lambda y, h, p: metrics.balanced_accuracy_score(y, h),
    "auc": lambda y, h, p: metrics.roc_auc_score(y, p),
    "average_precision": lambda y, h, p: metrics.average_precision_score(y, p),
    "calibration_error": lambda y, h, p: calibration_error(y, p),
    "brier": lambda y, h, p: metrics.brier_score_loss(y, p),
    "prevalence": lambda y, h, p: float(np.mean(y)),
    "selection_rate": lambda y, h, p: float(np.mean(h)),
}
TOLERANCE = {"auc": 1e-5, "average_precision": 1e-4, "calibration_error": 1e-4, "log_loss": 1e-5}


def calibration_error(y: np.ndarray, p: np.ndarray) -> float:
    """Over ten bins of equal width, by pandas; an edge belongs to the bin above it."""
    tenth = pd.Series(np.searchsorted(np.arange(1, 10) / 10, p, side="right"))
    groups = pd.DataFrame({"y": y, "p": p}).groupby(tenth.to_numpy())
    return float((groups["y"].sum() - groups["p"].sum()).abs().sum() / len(y))


@pytest.fixture(scope="module")
def census(shared_data: Path) -> pd.DataFrame:
    folder = shared_data / "census_ma_employment"
    table = pd.read_parquet(folder / "census_ma_employment.parquet")
    return table[table["year"] == YEAR]


@pytest.fixture(scope="module")
def credit(shared_data: Path) -> pd.DataFrame:
    """Default of the next month, scored by the last month's delay; few distinct scores."""
    table = pd.read_parquet(shared_data / "credit_default_taiwan/credit_card_clients.parquet")
    score = (table["PAY_0"] + 2) / 10
    return pd.DataFrame({"label": table["default_payment"], "score": score})


def results(table: pd.DataFrame, **roles: object) -> dict[str, dict]:
    answer = sx.evaluate(
        table, criteria=[f"{name} >= 0.5" for name in REFERENCES], **roles
    ).to_dict()
    return dict(zip(REFERENCES, answer["results"], strict=True))


@pytest.mark.parametrize("threshold", [0.5, 0.7])
def test_census_equals_scikit_learn(census: pd.DataFrame, threshold: float) -> None:
    found = results(census, label="employed", score="predicted_probability", threshold=threshold)
    y = census["employed"].to_numpy()
    p = census["predicted_probability"].to_numpy(float)
    h = (p >= threshold).astype(int)
    for name, reference in REFERENCES.items():
        expected = reference(y, h, p)
        tolerance = TOLERANCE.get(name, 1e-9)
        assert found[name]["estimate"] == pytest.approx(expected, abs=tolerance), name


def test_credit_equals_scikit_learn(credit: pd.DataFrame) -> None:
    found = results(credit, label="label", score="score", threshold=0.4)
    y, p = credit["label"].to_numpy(), credit["score"].to_numpy(float)
    h = (p >= 0.4).astype(int)
    for name, reference in REFERENCES.items():
        assert found[name]["estimate"] == pytest.approx(reference(y, h, p), abs=1e-9), name


def test_rates_have_the_exact_interval(census: pd.DataFrame) -> None:
    """Clopper-Pearson, as SciPy and statsmodels compute it from the counts."""
    found = results(census, label="employed", score="predicted_probability")
    y = census["employed"].to_numpy() == 1
    h = census["predicted_probability"].to_numpy(float) >= 0.5
    counts = {
        "accuracy": ((h == y).sum(), len(y)),
        "recall": ((h & y).sum(), y.sum()),
        "precision": ((h & y).sum(), h.sum()),
        "specificity": ((~h & ~y).sum(), (~y).sum()),
        "false_positive_rate": ((h & ~y).sum(), (~y).sum()),
        "friction": ((h & ~y).sum(), len(y)),
        "selection_rate": (h.sum(), len(h)),
    }
    for name, (k, n) in counts.items():
        row = found[name]
        scipy = binomtest(int(k), int(n)).proportion_ci(method="exact")
        statsmodels = proportion_confint(k, n, method="beta")
        assert (row["low"], row["high"]) == pytest.approx((scipy.low, scipy.high), abs=1e-9), name
        assert (row["low"], row["high"]) == pytest.approx(statsmodels, abs=1e-9), name
        assert row["n"] == n


def test_cost_of_decisions(census: pd.DataFrame) -> None:
    costs = {"false_positive": 30, "false_negative": 12, "true_negative": 12, "currency": "USD"}
    answer = sx.evaluate(
        census,
        label="employed",
        score="predicted_probability",
        costs=costs,
        criteria=["cost <= 9"],
    ).to_dict()
    h = (census["predicted_probability"] >= 0.5).to_numpy()
    (tn, fp), (fn, _) = metrics.confusion_matrix(census["employed"], h)
    expected = (30 * fp + 12 * fn + 12 * tn) / len(census)
    (row,) = answer["results"]
    assert row["estimate"] == pytest.approx(expected, abs=1e-9)
    assert row["low"] < expected < row["high"]


def test_log_loss(census: pd.DataFrame) -> None:
    """Equal to scikit-learn's up to the width of a bin; Student's t of the rows lies about it."""
    p = census["predicted_probability"].clip(0.001, 0.999)
    answer = sx.evaluate(
        census.assign(p=p), label="employed", score="p", criteria=["log_loss <= 0.6"]
    ).to_dict()
    (row,) = answer["results"]
    expected = metrics.log_loss(census["employed"], p)
    assert row["estimate"] == pytest.approx(expected, abs=TOLERANCE["log_loss"])
    losses = -np.log(np.where(census["employed"] == 1, p, 1 - p))
    half = 1.96 * losses.std() / len(losses) ** 0.5
    assert (row["low"], row["high"]) == pytest.approx((expected - half, expected + half), abs=3e-3)


@pytest.mark.parametrize("unit", [None, "home"])
def test_scores_of_dependent_rows(census: pd.DataFrame, unit: str | None) -> None:
    table = census.assign(home=np.arange(len(census)) // 3)
    criteria = ["average_precision >= 0.5", "calibration_error <= 0.2", "log_loss <= 0.9"]
    p = table["predicted_probability"].clip(0.001, 0.999)
    found = sx.evaluate(
        table.assign(p=p), label="employed", score="p", unit=unit, criteria=criteria
    )
    for row in found.to_dict()["results"]:
        assert row["low"] < row["estimate"] < row["high"]
        assert row["verdict"] == "met"


def test_a_score_of_0_that_came_true_has_no_log_loss() -> None:
    table = pd.DataFrame({"y": [1, 0] * 50, "p": [0.0, 0.3] + [0.6, 0.3] * 49})
    (row,) = sx.evaluate(table, label="y", score="p", criteria=["log_loss <= 1"]).to_dict()[
        "results"
    ]
    assert (row["estimate"], row["verdict"]) == (None, "undecided")
    assert "a score of 0 came true" in row["sentence"]


@pytest.mark.parametrize("criterion", ["average_precision >= 0.5", "calibration_error <= 0.1"])
def test_one_class_only(criterion: str) -> None:
    table = pd.DataFrame({"y": [1] * 300, "p": np.linspace(0.1, 0.9, 300)})
    (row,) = sx.evaluate(table, label="y", score="p", criteria=[criterion]).to_dict()["results"]
    if "precision" in criterion:
        assert "no negative row" in row["sentence"]
    else:
        assert row["verdict"] == "missed"
