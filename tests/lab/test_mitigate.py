"""Mitigation: fitted on one part, measured on the other; what is missing is told by name."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression

import sextant as sx
from sextant.contracts.problems import ContractError
from sextant.engines.errors import SourceError
from sextant.lab.mitigating import weights
from sextant.lab.needs import LabError


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """6,000 rows: scores of `b` lie lower than they should, so that its positives are missed."""
    rng = np.random.default_rng(8)
    n = 6_000
    group, x = rng.choice(["a", "b"], n), rng.normal(size=n)
    z = rng.normal(size=n)
    y = (x + 0.5 * z + 0.6 * rng.normal(size=n) > 0).astype(int)
    p = 1 / (1 + np.exp(-(1.5 * x - 1.2 * (group == "b"))))
    return pd.DataFrame({"g": group, "y": y, "p": p.round(3), "x": x, "z": z})


def ways(table: pd.DataFrame, **more: Any) -> dict[str, Any]:
    result = sx.mitigate(table, **({"by": "g", "label": "y", "score": "p"} | more))
    for text in (repr(result), result.to_markdown()):
        assert "nan" not in text
    return result.to_dict()


def test_thresholds_per_group_bring_the_groups_together(table: pd.DataFrame) -> None:
    found = ways(table)
    assert [one["name"] for one in found["options"]] == [
        "thresholds_demographic_parity", "thresholds_true_positive_rate",
        "thresholds_equalized_odds",
    ]  # fmt: skip
    for one in found["options"]:
        aim = one["fairness"][one["aims_at"]]
        assert aim["before"]["estimate"] > 0.15
        assert aim["after"]["estimate"] < 0.08
        assert aim["change"]["high"] < 0
        assert one["helps"]
        assert one["quality"]["accuracy"]["low"] <= one["quality"]["accuracy"]["estimate"]
    assert {one["way"] for one in found["left_out"]} == {
        "reductions_demographic_parity", "reductions_equalized_odds", "reweighing"
    }  # fmt: skip


def test_before_and_after_are_of_rows_that_fitted_nothing(table: pd.DataFrame) -> None:
    found = ways(table)
    assert found["fitted"] == found["held_out"] == 3_000
    assert found["before"]["accuracy"]["n"] == 3_000
    assert ways(table.sample(frac=1, random_state=2)) == found, "whatever the order of the rows"
    assert ways(table, seed=1) != found


@pytest.mark.slow
def test_training_ways_need_features(table: pd.DataFrame) -> None:
    rows = table.assign(x=table["x"] - 0.8 * (table["g"] == "b"))
    found = ways(rows, score=None, features=["x", "z"], estimator=LogisticRegression())
    names = [one["name"] for one in found["options"]]
    assert names == ["reductions_demographic_parity", "reductions_equalized_odds", "reweighing"]
    parity = found["options"][0]["fairness"]["demographic_parity_difference"]
    assert parity["after"]["estimate"] < parity["before"]["estimate"]
    assert parity["change"]["high"] < 0


def test_weights_make_label_and_group_independent() -> None:
    rng = np.random.default_rng(1)
    g = rng.choice(["a", "b"], 500)
    y = (rng.uniform(size=500) < np.where(g == "a", 0.7, 0.2)).astype(int)
    w = weights(y, g)
    rates = [np.average(y[g == one], weights=w[g == one]) for one in ("a", "b")]
    assert rates == pytest.approx([y.mean(), y.mean()])
    assert w.mean() == pytest.approx(1)


def test_without_the_extra_the_remedy_is_told(
    table: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [one for one in sys.modules if one.partition(".")[0] == "fairlearn"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "fairlearn", None)
    with pytest.raises(LabError, match=r'pip install "sextant\[lab\]"'):
        ways(table)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"ways": ["magic"]}, "no way of mitigation"),
        ({"score": None}, "Neither scores nor features"),
        ({"by": ["g", "x"]}, "one is made equal at a time"),
        ({"label": None}, "true answers are needed"),
        ({"share": 2}, "outside 0.1 to 0.9"),
        ({"features": ["q"]}, "q"),
        ({"by": "y"}, "has no"),
    ],
)
def test_what_cannot_be_done_is_refused(
    table: pd.DataFrame, more: dict[str, Any], said: str
) -> None:
    with pytest.raises((ContractError, SourceError, LabError), match=said):
        ways(table, **more)


def test_one_group_or_one_class(table: pd.DataFrame) -> None:
    with pytest.raises(LabError, match="one group only"):
        ways(table.assign(g="a"))
    with pytest.raises(LabError, match="no positive row"):
        ways(table.assign(y=np.where(table["g"] == "a", 0, table["y"])))
