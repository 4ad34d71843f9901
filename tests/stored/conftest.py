"""What the tests of stored states share: rows over days with gaps everywhere, and contracts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sextant.contracts.file.reading import contract_from_mapping
from sextant.contracts.model import Contract

FIRST = pd.Timestamp("2026-03-01")
CLASSES = ["low", "mid", "high"]
ROLES: dict[str, dict[str, Any]] = {
    "binary": {"label": "y", "score": "p"},
    "units": {"label": "y", "score": "p", "unit": "unit"},
    "decisions": {"label": {"column": "word", "positive": "red"}, "prediction": "said"},
    "regression": {"label": "amount", "prediction": "guess"},
    "multiclass": {"label": "level", "prediction": "told"},
    "generation": {},
}
COLUMNS = (
    "mean(skewed) <= 9 in every sex",
    "mean(far) >= 0",
    "rate(flag) >= 0.1 in every sex",
    "quantile(skewed, q=0.9) <= 30 in every sex",
    "quantile(few, q=0.5) <= 1",
    "ratio_of_means(skewed, far) >= 0",
    "missing_rate(skewed) <= 0.9 in every age",
    "out_of_range(few, low=0, high=2) <= 0.9 in every sex x age",
    "out_of_set(word, values=[red, green]) <= 0.9",
    "in_set(word, values=[red]) >= 0.1",
    'out_of_pattern(word, pattern="r.*") <= 0.9',
    "wrong_type(age, type=number) <= 0.9",
    "row_count >= 1 in every sex",
    "missing_rows(skewed) <= 500",
    "rows_out_of_range(few, low=0, high=2) <= 500",
    "rows_out_of_set(word, values=[red]) <= 500",
    'rows_out_of_pattern(word, pattern="r.*") <= 500',
    "rows_of_wrong_type(age, type=number) <= 500",
    "newest_age(at) <= 30",
)
CRITERIA: dict[str, tuple[str, ...]] = {
    "binary": (
        *(
            f"{name}(threshold=0.4) >= 0.01"
            for name in (
                "accuracy",
                "recall",
                "precision",
                "specificity",
                "false_positive_rate",
                "false_negative_rate",
                "friction",
                "selection_rate",
                "f1",
                "balanced_accuracy",
            )
        ),
        "fbeta(beta=2, threshold=0.7) >= 0.1",
        "prevalence >= 0.1 in every age",
        "cost(threshold=0.5) <= 9 in every sex",
        "auc >= 0.1 in every sex",
        "recall(threshold=0.4) >= 0.01 in every sex x age",
        "average_precision >= 0.1",
        "log_loss <= 2",
        "brier <= 0.3 in every sex",
        "calibration_error <= 0.3",
        "calibration_in_the_large >= 0.5",
        "calibration_slope >= 0.1",
        "gap(recall(threshold=0.4)) <= 0.5 across sex",
        "mean(skewed) of f against m >= 0 across sex",
        *COLUMNS,
    ),
    "units": (
        "auc >= 0.6 in every sex",
        "recall(threshold=0.4) >= 0.1 in every sex",
        "brier <= 0.3",
        "mean(skewed) <= 9 in every sex",
        "rate(flag) >= 0.1",
        "quantile(skewed, q=0.9) <= 30",
    ),
    "decisions": ("recall >= 0.1 in every sex", "precision >= 0.1", "selection_rate >= 0.1"),
    "regression": (
        *(f"{name} <= 9 in every sex" for name in ("mae", "rmse", "bias", "mape", "wape")),
        "skill(baseline=naive) >= 0",
        "r2 >= 0 in every age",
        "quantile_loss(upper, q=0.9) <= 9",
        "interval_coverage(lower=lower, upper=upper) >= 0.1 in every sex",
        "interval_width(lower=lower, upper=upper) <= 9",
    ),
    "multiclass": (
        "accuracy >= 0.1 in every sex",
        *(f"{name}(class=mid) >= 0.1" for name in ("class_recall", "class_precision", "class_f1")),
        "confusion_rate(class=low, taken_for=high) <= 0.9 in every sex",
        *(f"{name} >= 0.1 in every sex" for name in ("macro_recall", "macro_precision")),
        "macro_f1 >= 0.1",
        "weighted_f1 >= 0.1",
        "top_k_accuracy(columns=[told, second]) >= 0.1",
    ),
    "generation": (
        "success_rate(flag, judge=judge) >= 0.1 in every sex",
        "success_rate(flag) >= 0.1",
        "pass_rate(few, at_least=0) >= 0.1",
        "mean(skewed, judge=far) >= 0",
    ),
}
Make = Callable[..., Contract]


@pytest.fixture(scope="session")
def make() -> Make:
    """A contract of one of `ROLES`, with its criteria or those given."""

    def make(kind: str, *criteria: str, **roles: Any) -> Contract:
        task = kind if kind in ("regression", "multiclass", "generation") else "binary"
        segments = {"sex": "sex", "age": {"column": "age", "bands": [30, 60]}}
        data = {"source": "-", "time": "at", "segments": segments, **ROLES[kind], **roles}
        written = {
            "product": "P",
            "outcome": "Halve it by 2027",
            "task": task,
            "data": data,
            "criteria": list(criteria or CRITERIA[kind]),
        }
        if task == "binary":
            written["costs"] = {"false_positive": 1, "false_negative": 5}
        return contract_from_mapping(written)

    return make


def table(seed: int, n: int = 500, days: int = 6) -> pd.DataFrame:
    """`n` rows over `days` days, some without a row of a kind, some rows without a day."""
    rng = np.random.default_rng(seed)
    score = np.where(rng.uniform(size=n) < 0.2, 10.0 ** rng.uniform(-9, 0, n), rng.uniform(size=n))
    rows = pd.DataFrame({"p": score})
    rows.loc[::7, "p"] = 0.7
    rows["y"] = np.where(rng.uniform(size=n) < 0.1, np.nan, rng.uniform(size=n) < rows["p"])
    rows["skewed"] = rng.lognormal(0, 2, n)
    rows["far"] = 1e8 + rng.normal(size=n)
    rows["few"] = rng.choice([-1.5, 0.0, 2.0, 300.0], n)
    rows.loc[rng.choice(n, 9, replace=False), ["skewed", "few"]] = np.nan
    rows["flag"] = pd.Series(rng.choice([True, False], n), dtype="boolean").where(
        rng.uniform(size=n) > 0.05
    )
    rows["judge"] = rng.uniform(size=n).round(2)
    rows["word"] = rng.choice(["red", "green", "blue"], n)
    rows["said"] = rng.choice(["red", "green"], n)
    rows["sex"] = rng.choice(["f", "m", None], n, p=[0.5, 0.4, 0.1])
    rows["age"] = rng.integers(10, 90, n)
    rows["unit"] = rng.integers(0, 120, n)
    rows["amount"] = rng.gamma(2, 10, n)
    rows["guess"] = rows["amount"] + rng.normal(0, 3, n)
    rows["naive"] = rng.gamma(2, 10, n)
    rows["lower"], rows["upper"] = rows["guess"] - 4, rows["guess"] + 4
    rows["level"] = rng.choice(CLASSES, n)
    rows["told"] = np.where(rng.uniform(size=n) < 0.6, rows["level"], rng.choice(CLASSES, n))
    rows["second"] = rng.choice(CLASSES, n)
    seconds = rng.integers(0, 86_400, n)
    day = rng.choice(days, n, p=rng.dirichlet(np.full(days, 0.7)))
    rows["at"] = FIRST + pd.to_timedelta(day * 86_400 + seconds, unit="s")
    rows.loc[rng.choice(n, 4, replace=False), "at"] = pd.NaT
    return rows


@pytest.fixture(scope="session")
def rows() -> pd.DataFrame:
    return table(26)
