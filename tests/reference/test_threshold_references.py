"""Cost-optimal thresholds of models made here, against brute force over all cuts of the rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import precision_recall_curve, roc_curve
from sklearn.model_selection import StratifiedKFold, cross_val_predict

import sextant as sx

FOLDS = StratifiedKFold(3, shuffle=True, random_state=0)


def scored(table: pd.DataFrame, label: np.ndarray) -> pd.DataFrame:
    """Every row's score by a model that has not seen it."""
    model = HistGradientBoostingClassifier(max_iter=30, random_state=0)
    p = cross_val_predict(model, table, label, cv=FOLDS, method="predict_proba")[:, 1]
    return pd.DataFrame({"p": p, "y": label})


def brute(rows: pd.DataFrame, miss: float, alarm: float) -> tuple[float, np.ndarray]:
    """The least mean cost over all cuts between rows, and the cost at each distinct score."""
    ordered = rows.sort_values("p", ascending=False)
    y = ordered["y"].to_numpy()
    tp, fp = np.append(0, y.cumsum()), np.append(0, (1 - y).cumsum())
    cost = (miss * (y.sum() - tp) + alarm * fp) / len(y)
    last = np.append(True, np.append(np.diff(ordered["p"].to_numpy()) != 0, True))
    return float(cost[last].min()), cost


@pytest.fixture(scope="module")
def credit(shared_data: Path) -> pd.DataFrame:
    table = pd.read_parquet(shared_data / "credit_default_taiwan/credit_card_clients.parquet")
    label = table.pop("default_payment").astype(int).to_numpy()
    numbers = table.select_dtypes("number").drop(columns=["ID"], errors="ignore")
    return scored(numbers, label)


@pytest.fixture(scope="module")
def bank(shared_data: Path) -> pd.DataFrame:
    table = pd.read_parquet(shared_data / "bank_marketing/bank_additional_full.parquet")
    label = (table.pop("y") == "yes").astype(int).to_numpy()
    numbers = table.select_dtypes("number").drop(columns=["duration", "row"], errors="ignore")
    return scored(numbers, label)


@pytest.mark.parametrize(("miss", "alarm"), [(1, 1), (5, 1), (20, 1), (1, 4)])
@pytest.mark.parametrize("name", ["credit", "bank"])
def test_the_cheapest_is_that_of_all_cuts(
    name: str, miss: float, alarm: float, request: pytest.FixtureRequest, shared_data: Path
) -> None:
    """Within what bins of scores hide: no cut inside a bin saves more than 1 in 1,000."""
    rows = request.getfixturevalue(name)
    found = sx.thresholds(
        rows, score="p", label="y", costs={"false_negative": miss, "false_positive": alarm}
    )
    least, _ = brute(rows, miss, alarm)
    flagged = rows["p"] >= found.best
    own = (miss * (~flagged & (rows["y"] == 1)) + alarm * (flagged & (rows["y"] == 0))).mean()
    best = found.exploration.best
    assert best is not None
    assert best.cost.value == pytest.approx(own, rel=1e-12)
    assert least <= own <= least * 1.001
    low, high = found.range
    assert low <= found.best <= high
    if name == "credit":  # a calibrated model's best cut (Elkan 2001)
        assert low <= alarm / (alarm + miss) <= high


def test_curves_are_those_of_scikit_learn(credit: pd.DataFrame) -> None:
    frame = sx.thresholds(credit, score="p", label="y").to_frame()
    fpr, tpr, at = roc_curve(credit["y"], credit["p"], drop_intermediate=False)
    precision, _, cuts = precision_recall_curve(credit["y"], credit["p"])
    for one in frame.iloc[[50, 200, 400]].itertuples():
        place = int((at >= one.threshold).sum()) - 1
        assert one.recall == pytest.approx(tpr[place])
        assert one.false_positive_rate == pytest.approx(fpr[place])
        above = int((cuts < one.threshold).sum())
        assert one.precision == pytest.approx(precision[above])
