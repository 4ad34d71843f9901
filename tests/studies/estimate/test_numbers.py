"""Numbers beside the usual: F-beta, balanced accuracy, losses of scores, groups compared."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.studies.estimate.test_estimate import ROLES, rows, table

import sextant as sx

MORE = [
    "fbeta(beta=2) >= 40%", "balanced_accuracy >= 50%", "brier <= 0.3", "log_loss <= 0.9",
    "gap(recall) <= 20% across group", "ratio(selection_rate) >= 50% across group",
    "precision of a against b >= -20% across group",
]  # fmt: skip


@pytest.fixture(scope="module")
def reference() -> pd.DataFrame:
    return table(6_000, 1)


@pytest.fixture(scope="module")
def now() -> pd.DataFrame:
    return table(3_000, 8, (2, 2))


@pytest.fixture(scope="module")
def found(reference: pd.DataFrame, now: pd.DataFrame) -> sx.EstimateResult:
    return sx.estimate(reference, now, **ROLES, segments=["group"], criteria=MORE)


def truth(now: pd.DataFrame) -> dict[str, float]:
    """The numbers of the labels, by their formulas."""
    flag, y, p = now.p >= 0.5, now.y == 1, now.p
    tp, fp, fn = (flag & y).sum(), (flag & ~y).sum(), (~flag & y).sum()
    group = {name: now.group == name for name in ("a", "b")}
    recall = {name: (flag & y & one).sum() / (y & one).sum() for name, one in group.items()}
    chosen = [flag[one].mean() for one in group.values()]
    right = [y[flag & one].mean() for one in group.values()]
    return {
        "fbeta(beta=2)": 5 * tp / (5 * tp + 4 * fn + fp),
        "balanced_accuracy": (tp / y.sum() + (~flag & ~y).sum() / (~y).sum()) / 2,
        "brier": float(((p - y) ** 2).mean()),
        "log_loss": float(-np.log(np.where(y, p, 1 - p)).mean()),
        "gap(recall)": abs(recall["a"] - recall["b"]),
        "ratio(selection_rate)": min(chosen) / max(chosen),
        "precision of a against b": right[0] - right[1],
    }


@pytest.mark.parametrize("at", range(len(MORE)), ids=[one.split()[0] for one in MORE])
def test_what_labels_show_lies_inside(found: sx.EstimateResult, now: pd.DataFrame, at: int) -> None:
    criterion = found.to_dict()["criteria"][at]
    (one,) = [row for row in found.to_dict()["rows"] if row["criterion"] == criterion["criterion"]]
    value = list(truth(now).values())[at]
    assert one["estimate"]["low"] <= value <= one["estimate"]["high"]
    assert one["estimate"]["estimate"] == pytest.approx(value, abs=0.05)
    if one["measured"] is not None:
        assert one["measured"]["estimate"] == pytest.approx(value, abs=1e-3)
    assert criterion["outlook"] == "nothing points to a miss"


def test_a_gap_is_said_with_its_groups(found: sx.EstimateResult) -> None:
    (gap,) = [row for row in found.to_dict()["rows"] if (row["criterion"] or "").startswith("gap")]
    assert "about 1 more are found for a than for b (0 to 7)" in gap["sentence"]
    assert gap["rows"] == 3_000


def test_a_gap_that_the_new_rows_open(reference: pd.DataFrame) -> None:
    """Scores of group b come nearer to one half, so that accuracies part: likely missed."""
    a, b = (table(3_000, seed, shape) for seed, shape in ((11, (0.4, 0.4)), (12, (8, 8))))
    now = pd.concat([a.assign(group="a"), b.assign(group="b")]).drop(columns="y")
    found = sx.estimate(
        reference, now, **ROLES, segments=["group"], criteria=["gap(accuracy) <= 15% across group"]
    )
    assert found.outlook == "likely missed"
    assert "likely missed" in found.to_dict()["headline"]


def test_a_group_that_cannot_be_estimated_bounds_no_gap(reference: pd.DataFrame) -> None:
    now = table(900, 13).drop(columns="y")
    now.loc[:5, "group"] = "c"
    held: dict[str, Any] = sx.estimate(
        reference, now, **ROLES, segments=["group"], criteria=["gap(recall) <= 50% across group"]
    ).to_dict()
    assert held["criteria"][0]["outlook"] == "undecided"


def test_a_score_of_0_has_no_log_loss(reference: pd.DataFrame) -> None:
    sure = reference.copy()
    sure.loc[sure.p < 0.05, "p"] = 0.0
    found = sx.estimate(sure, sure.drop(columns="y"), **ROLES, criteria=["log_loss <= 1"])
    (one,) = rows(found, "log_loss")
    assert one["estimate"]["estimate"] is None
    assert "cut the scores" in one["why"]


def test_a_reason_is_said_once(reference: pd.DataFrame, now: pd.DataFrame) -> None:
    """In the headline, and once in the table of numbers that it refuses."""
    turned = now.assign(y=1 - now.y)
    found = sx.estimate(reference, turned, **ROLES, segments=["group"])
    blind = sx.estimate(reference.head(60), turned.drop(columns="y"), **ROLES)
    for one, reason in (
        (found, "the labels that have come contradict the estimate"),
        (blind, "the reference has 60 labelled rows here"),
    ):
        for text in (str(one), one.to_html(), one.to_markdown()):
            plain = " ".join(text.replace("<wbr>", "").split())
            assert plain.count(reason) == 2
    assert "accuracy, precision, recall, specificity, f1, auc and selection_rate" in str(blind)
