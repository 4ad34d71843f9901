"""What a threshold cannot be made of: said with its remedy, or explained."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.problems import ContractError
from sextant.engines.errors import SourceError


def problems(rows: Any, **more: Any) -> str:
    roles: dict[str, Any] = {"score": "p", "label": "y"} | more
    with pytest.raises((ContractError, SourceError)) as caught:
        sx.thresholds(rows, **{k: v for k, v in roles.items() if v is not None})
    return " ".join(str(one) for one in caught.value.problems)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"costs": {"false_negative": -5, "false_positive": 1}}, "flag nobody is cheapest"),
        ({"costs": {"false_negative": 5, "false_positive": -1}}, "flag all is cheapest"),
        ({"costs": {"false_negative": 5}}, "flag all is cheapest"),
        ({"costs": {"false_negatives": 5}}, "Did you mean 'false_negative'?"),
        ({"costs": {"false_negative": float("inf"), "false_positive": 1}}, "finite amount"),
        ({"costs": {"false_negative": float("nan"), "false_positive": 1}}, "finite amount"),
        ({"costs": {"false_negative": "much", "false_positive": 1}}, "no number"),
        ({"threshold": 1.5}, "lies outside 0 to 1"),
        ({"threshold": -0.1}, "lies outside 0 to 1"),
        ({"limits": "recall > 0.5"}, "is no limit"),
        ({"limits": "recal >= 0.5"}, "Did you mean 'recall'?"),
        ({"limits": "recall >= 80"}, "does not lie between 0 and 1"),
        ({"limits": "recall >= 1.2.3"}, "is no limit"),
        ({"limits": "precision <= 0.5"}, "more false alarms"),
        ({"capacity": 400}, "Add volume"),
        ({"capacity": -4, "volume": 10}, "is no number of decisions"),
        ({"volume": float("inf")}, "is no number of decisions"),
        ({"prevalence": 0.0}, "does not lie between 0 and 1"),
        ({"prevalence": 1.0}, "does not lie between 0 and 1"),
        ({"automated_error": 5}, "does not lie between 0 and 1"),
        ({"review": -1}, "cannot cost -1"),
        ({"band": (0.7, 0.3)}, "is no band"),
        ({"equalise": "recal"}, "Did you mean 'recall'?"),
        ({"equalise": "friction"}, "cannot be made equal"),
        ({"confidence": 1.0}, "out of range"),
        ({"score": None}, "No column of scores is named"),
        ({"label": None}, "no error can be counted"),
        ({"score": "q"}, "'q'"),
    ],
)
def test_what_makes_no_sense_is_refused(
    rows: pd.DataFrame, more: dict[str, Any], said: str
) -> None:
    assert said in problems(rows, **more)


def test_all_problems_are_said_at_once(rows: pd.DataFrame) -> None:
    found = problems(rows, limits="recal >= 0.5", prevalence=2, costs={"wrong": 1})
    assert "recal" in found
    assert "prevalence" in found
    assert "wrong" in found


def test_all_scores_equal_flag_everybody_or_nobody() -> None:
    rows = pd.DataFrame({"p": [0.3] * 100, "y": [0] * 60 + [1] * 40})
    found = sx.thresholds(rows, score="p", label="y", automated_error=0.1)
    assert found.exploration.cuts.size == 2
    assert any("same score" in one for one in found.to_dict()["sentences"])
    assert found.exploration.best is not None
    assert found.exploration.best.cost.value == pytest.approx(0.4)
    assert found.to_html()


@pytest.mark.parametrize(("label", "said"), [(0, "no positive"), (1, "no negative")])
def test_one_class_only_has_no_best(label: int, said: str) -> None:
    rows = pd.DataFrame({"p": np.linspace(0, 1, 50), "y": [label] * 50})
    found = sx.thresholds(rows, score="p", label={"column": "y", "positive": 1})
    assert found.best is None
    assert said in found.to_dict()["headline"]
    for form in (found.to_html(), found.to_markdown(), str(found)):
        assert said in form


def test_no_label_at_all_has_no_best() -> None:
    rows = pd.DataFrame({"p": np.linspace(0, 1, 50), "y": pd.array([pd.NA] * 50, "Int64")})
    found = sx.thresholds(rows, score="p", label={"column": "y", "positive": 1})
    assert found.best is None
    assert "no row is labelled" in found.to_dict()["headline"]
    flagged = found.exploration.bands["flagged"].at(found.exploration.today)
    assert flagged.value == pytest.approx(0.5)
    assert found.to_html()


@pytest.mark.parametrize(("threshold", "what"), [(0.05, "everybody"), (0.95, "nobody")])
def test_a_threshold_outside_the_scores_is_said(threshold: float, what: str) -> None:
    rows = pd.DataFrame({"p": np.linspace(0.2, 0.8, 60), "y": [0, 1] * 30})
    found = sx.thresholds(rows, score="p", label="y", threshold=threshold)
    said = " ".join(found.to_dict()["sentences"])
    assert f"flags {what}" in said
    assert found.exploration.exact


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan"), 7.0])
def test_scores_that_are_none_are_set_aside_or_refused(value: float) -> None:
    rows = pd.DataFrame({"p": np.linspace(0, 1, 300), "y": [0, 1, 1] * 100})
    rows.loc[0, "p"] = value
    if value == 7.0:
        assert "scale" in problems(rows)
        return
    found = sx.thresholds(rows, score="p", label="y")
    assert found.exploration.data.set_aside or found.exploration.cuts.total == 299


def test_a_perfect_score_at_one_can_flag_nobody() -> None:
    """With a score of 1 no threshold up to 1 flags nobody: it has no number to write."""
    rows = pd.DataFrame({"p": [0.0] * 30 + [1.0] * 30, "y": [1] * 30 + [0] * 30})
    found = sx.thresholds(
        rows, score="p", label="y", costs={"false_negative": 1, "false_positive": 50}
    )
    assert found.best == float("inf")
    assert found.to_dict()["best"]["threshold"] is None
    assert "above every score" in found.to_dict()["headline"]
    assert found.to_html()


def test_a_contract_without_a_score_is_refused(demo) -> None:
    assert "No column of scores" in problems(
        demo / "recommender/contract.yaml", score=None, label=None
    ) or "task" in problems(demo / "recommender/contract.yaml", score=None, label=None)
    assert "says label itself" in problems(demo / "employment/contract.yaml", score=None)
