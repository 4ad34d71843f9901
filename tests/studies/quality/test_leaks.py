"""Columns that give the label away, and nothing that does not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.stats.estimate import Level
from sextant.studies.quality.predicting import alone, suspects


def leaks(table: pd.DataFrame, **more: object) -> dict[str, str]:
    found = sx.profile(table, label="y", sample=0, **more).to_dict()
    return {one["column"]: one["how"] for one in found["leaks"]}


def table(n: int = 3_000) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    y = rng.random(n) < 0.2
    return pd.DataFrame(
        {
            "y": np.where(y, "yes", "no"),
            "refund": np.where(y, rng.random(n), np.nan),
            "status": np.where(rng.random(n) < 0.95, np.where(y, "closed", "open"), "other"),
            "far": np.where(y, rng.choice([-3.0, 3.0], n), rng.normal(0, 0.5, n)),
            "noise": rng.normal(size=n),
            "many": rng.integers(0, 900, n).astype(str),
        }
    )


def test_each_way_to_leak_is_found_and_noise_is_not() -> None:
    rows = table()
    found = sx.profile(rows, label="y", sample=0).to_dict()
    pairs = {(one["column"], one["how"]) for one in found["leaks"]}
    assert pairs == {
        ("refund", "alone"),
        ("refund", "filled"),
        ("status", "alone"),
        ("far", "alone"),
    }
    filled = next(one for one in found["leaks"] if one["how"] == "filled")
    assert filled["estimate"] == 1.0
    assert filled["n"] == len(rows)


def test_categories_of_one_row_each_predict_nothing() -> None:
    """Learned and measured on the same rows, 900 categories of 3 rows would look like a leak."""
    rng = np.random.default_rng(2)
    rows = {str(i): {(int(rng.random() < 0.5), half): 1 for half in (0, 1)} for i in range(900)}
    estimate = alone(rows, False, Level())
    assert estimate.low < 0.5 < estimate.high


def test_the_auc_is_that_of_the_rule_by_hand() -> None:
    """Two values: the rule ranks by them, and AUC is that of a 2 × 2 table with ties as halves."""
    rows = {
        "a": {(1, 0): 80, (0, 0): 20, (1, 1): 70, (0, 1): 30},
        "b": {(1, 0): 20, (0, 0): 80, (1, 1): 40, (0, 1): 60},
    }
    p, n = 110, 90
    by_hand = (70 * 60 + 0.5 * (70 * 30 + 40 * 60)) / (p * n)
    assert alone(rows, False, Level()).value == pytest.approx(by_hand)


def test_few_rows_are_not_judged() -> None:
    found = sx.profile(table(120), label="y", sample=0).to_dict()
    assert not [one for one in found["leaks"] if one["how"] == "alone"]
    assert {one["column"] for one in found["label"]["not_judged"]} >= {"noise", "far"}
    assert "fewer than 50 rows" in found["label"]["not_judged"][0]["why"]


def test_of_many_classes_a_positive_one_must_be_named() -> None:
    rows = table()
    rows["y"] = np.where(rows.y == "yes", "a", np.where(rows.noise > 0, "b", "c"))
    assert leaks(rows) == {}
    assert leaks(rows, positive="b") == {"noise": "alone", "refund": "filled"}


def test_nothing_is_suspected_where_nothing_leaks() -> None:
    """Filled cells apart: 100 tables without any difference, at most 5 % of them suspected."""
    rng, wrong = np.random.default_rng(3), 0
    for _ in range(100):
        filled = rng.binomial(100, 0.5, (2, 2))
        columns = {
            f"c{i}": (
                {
                    "x": {(y, h): int(rng.binomial(100, 0.5)) for y in (0, 1) for h in (0, 1)},
                    None: {(y, h): int(filled[y, h]) for y in (0, 1) for h in (0, 1)},
                },
                False,
            )
            for i in range(3)
        }
        wrong += bool(suspects(columns, 0.6, 0.05)[0])
    assert wrong <= 5
