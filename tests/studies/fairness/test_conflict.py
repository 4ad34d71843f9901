"""What cannot be equal at once: Chouldechova's identity, on the numbers of the data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import sextant as sx


def table(rates: dict[str, float], n: int = 20_000, perfect: bool = False) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    group = rng.choice(list(rates), n)
    y = (rng.uniform(size=n) < pd.Series(group).map(rates).to_numpy()).astype(int)
    d = y if perfect else (rng.uniform(size=n) < np.where(y == 1, 0.7, 0.3)).astype(int)
    return pd.DataFrame({"g": group, "y": y, "d": d})


def conflict(rows: pd.DataFrame) -> sx.FairnessResult:
    return sx.fairness(rows, by="g", label="y", prediction="d")


def test_equal_errors_and_unlike_base_rates_exclude_equal_precision() -> None:
    rows = table({"a": 0.6, "b": 0.3})
    found = conflict(rows).fairness.grouping("g").conflict
    assert found is not None
    assert found.shown
    trade = found.trades[0]
    assert (trade.equal, trade.measure) == (
        ("true_positive_rate", "false_positive_rate"), "precision",
    )  # fmt: skip
    assert trade.impossible
    for would, now in zip(trade.would, trade.now, strict=True):
        assert would.value == pytest.approx(now.value, abs=0.02)  # errors are equal already
    assert trade.would[0].value == pytest.approx(0.6 * 0.7 / (0.6 * 0.7 + 0.4 * 0.3), abs=0.02)


def test_the_identity_holds_between_the_numbers_of_every_group() -> None:
    """FPR = p/(1−p) · (1−PPV)/PPV · TPR, exactly."""
    result = conflict(table({"a": 0.6, "b": 0.3}))
    frame = result.to_metric_frame().by_group
    odds = frame["base_rate"] / (1 - frame["base_rate"])
    lost = (1 - frame["precision"]) / frame["precision"]
    follows = odds * lost * frame["true_positive_rate"]
    assert follows.to_numpy() == pytest.approx(frame["false_positive_rate"].to_numpy())


def test_equal_base_rates_exclude_nothing() -> None:
    found = conflict(table({"a": 0.4, "b": 0.4})).fairness.grouping("g").conflict
    assert found is not None
    assert not any(one.impossible for one in found.trades)


def test_perfect_prediction_excludes_only_equal_selection() -> None:
    found = conflict(table({"a": 0.6, "b": 0.3}, perfect=True)).fairness.grouping("g").conflict
    assert found is not None
    impossible = {one.measure for one in found.trades if one.impossible}
    assert "precision" not in impossible
    assert "false_positive_rate" not in impossible
    assert "selection_rate" in impossible


def test_sentences_say_what_would_be_given_up() -> None:
    said = conflict(table({"a": 0.6, "b": 0.3})).to_dict()["groupings"][0]["conflict_sentences"]
    assert said[0].endswith("So not everything can be equal:")
    assert any(text.startswith("With equal precision and true positive rate") for text in said)
