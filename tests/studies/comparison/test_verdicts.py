"""B is better, worse, not worse, or nobody can say: what decides, and what is only told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.problems import ContractError
from sextant.engines.errors import SourceError
from sextant.metrics.paired.catalogue import PAIRED

Frame = pd.DataFrame


def row(found: sx.ComparisonResult, metric: str, **segment: str) -> dict:
    rows = found.to_dict()["results"]
    return next(one for one in rows if (one["metric"], one["segment"]) == (metric, segment))


def test_better_worse_and_the_other_way_round(versions: Frame) -> None:
    young = versions[versions["age"] < 65]
    there = sx.compare(young, a="old", b="new", label="y")
    back = sx.compare(young, a="new", b="old", label="y")
    assert (there.answer, back.answer) == ("better", "worse")
    ours, theirs = row(there, "accuracy"), row(back, "accuracy")
    assert (ours["low"], ours["high"]) == pytest.approx((-theirs["high"], -theirs["low"]))
    assert ours["a"] == theirs["b"]


def test_every_difference_is_that_of_both_sides(versions: Frame) -> None:
    found = sx.compare(
        versions, a="old", b="new", label="y", costs={"false_positive": 1, "false_negative": 5},
        metrics=["balanced_accuracy", "fbeta(beta=2)", "specificity", "false_negative_rate",
                 "friction"],
    )  # fmt: skip
    seen = found.to_dict()["results"]
    assert {one["metric"] for one in seen} == {
        one.name for one in PAIRED.values() if "binary" in one.tasks
    }
    for one in seen:
        assert one["difference"] == pytest.approx(
            one["b"]["estimate"] - one["a"]["estimate"], abs=1e-9
        )
        assert one["low"] < one["difference"] < one["high"]


def test_a_margin_turns_the_question_to_not_worse(versions: Frame) -> None:
    slightly = versions.assign(new=versions["old"].where(versions["id"] % 400 > 0, 0.5))
    assert sx.compare(slightly, a="old", b="new", label="y").answer == "undecided"
    found = sx.compare(slightly, a="old", b="new", label="y", margin=0.02)
    assert found.answer == "not worse"
    assert found.to_dict()["questions"][0]["role"] == "guardrail"
    assert row(found, "accuracy")["bound"] == -0.02


def test_by_so_much_and_lower_is_better(versions: Frame) -> None:
    young = versions[versions["age"] < 65]
    by = sx.compare(young, a="old", b="new", label="y", metrics=["brier by 0.01", "f1 by 30%"])
    assert row(by, "brier") | {"direction": "<=", "bound": -0.01} == row(by, "brier")
    assert (row(by, "brier")["verdict"], row(by, "f1")["verdict"]) == ("met", "missed")
    assert by.answer == "not better"
    assert "new is not better than old by as much as was asked" in str(by)
    assert "new is not better by 0.3" in by.to_dict()["questions"][1]["sentence"]


def test_in_every_group_all_must_be_better(versions: Frame) -> None:
    found = sx.compare(
        versions, a="old", b="new", label="y", metrics=["accuracy in every age"],
        segments={"age": {"column": "age", "bands": [65]}},
    )  # fmt: skip
    assert found.answer == "worse"
    groups = {one["segment"]["age"]: one["verdict"] for one in found.to_dict()["results"][:2]}
    assert groups == {"under 65": "met", "65 and over": "missed"}


def test_a_number_without_a_good_side_informs(versions: Frame) -> None:
    found = sx.compare(versions, a="old", b="new", label="y")
    assert row(found, "selection_rate")["verdict"] is None
    assert row(found, "mean_score")["needed"] is None
    with pytest.raises(ContractError, match="No version is better by its selection_rate"):
        sx.compare(versions, a="old", b="new", label="y", metrics=["selection_rate"])


def test_two_thresholds_of_one_score(versions: Frame) -> None:
    found = sx.compare(versions, a="old@0.5", b="old@0.7", label="y", metrics=["precision"])
    assert found.answer == "better"
    assert {"auc", "brier", "mean_score"}.isdisjoint(
        one["metric"] for one in found.to_dict()["results"]
    )
    with pytest.raises(ContractError, match="both versions have the same"):
        sx.compare(versions, a="old@0.5", b="old@0.7", label="y", metrics=["auc"])


def test_a_threshold_of_the_question_cuts_both(versions: Frame) -> None:
    found = sx.compare(versions, a="old@0.9", b="new", label="y",
                       metrics=["recall(threshold=0.3)"])  # fmt: skip
    truth = versions["y"] == 1
    for which in ("old", "new"):
        side = row(found, "recall")["a" if which == "old" else "b"]["estimate"]
        assert side == pytest.approx((versions[which][truth] >= 0.3).mean())


def test_more_rows_decide_as_many_as_were_said(versions: Frame) -> None:
    small = versions[versions["age"] < 65].iloc[:260]
    found = sx.compare(small, a="old", b="new", label="y", metrics=["recall"])
    one = row(found, "recall")
    assert one["verdict"] == "undecided"
    assert one["needed"] > 0
    assert one["detectable"] > abs(one["difference"])


def test_rows_of_one_household_count_less(versions: Frame) -> None:
    four = pd.concat([versions] * 4)
    rows = row(sx.compare(four, a="old", b="new", label="y"), "accuracy")
    units = row(sx.compare(four, a="old", b="new", label="y", unit="id"), "accuracy")
    assert units["high"] - units["low"] > 1.7 * (rows["high"] - rows["low"])
    assert units["difference"] == pytest.approx(rows["difference"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"y": 1}, "no negative row"),
        ({"new": 0.2}, "no flagged row with a label"),
        ({"y": np.nan}, "no labelled row"),
    ],
)
def test_what_cannot_be_told_says_why(versions: Frame, change: dict, said: str) -> None:
    found = sx.compare(versions.assign(**change), a="old", b="new", label="y")
    assert said in " ".join(one["reason"] for one in found.to_dict()["results"])


def test_groups_of_one_and_an_empty_table(versions: Frame) -> None:
    few = versions.iloc[:40].assign(one=[f"g{i}" for i in range(40)])
    found = sx.compare(few, a="old", b="new", label="y", metrics=["accuracy in every one"],
                       segments=["one"])  # fmt: skip
    assert found.answer == "undecided"
    assert len(found.comparison.answers[0].rows) == 40
    empty = sx.compare(versions.iloc[:0], a="old", b="new", label="y")
    assert empty.answer == "undecided"
    assert "no row" in str(empty)


def test_infinite_and_absent_numbers_are_set_aside(versions: Frame) -> None:
    odd = versions.copy()
    odd.loc[0, "new"], odd.loc[1, "new"], odd.loc[2, "old"] = np.inf, np.nan, np.nan
    found = sx.compare(odd, a="old", b="new", label="y")
    assert sum(dict(found.tally.set_aside).values()) == 3
    assert dict(found.tally.set_aside)["new is infinite"] == 1
    assert row(found, "accuracy")["n"] == 1_997


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"a": "old"}, "Version B has no column"),
        ({"a": "old", "b": "old"}, "A and B are both old"),
        ({"a": "old", "b": "nwe"}, "Column 'nwe' .a version. is not in .* Did you mean 'new'"),
        ({"a": "old@1.5", "b": "new"}, "The threshold 1.5 lies outside 0 to 1"),
        ({"a": {"colunm": "old"}, "b": "new"}, "'colunm' is no key of a version"),
        ({"a": "old", "b": "new", "margin": -1}, "The margin -1 is below 0"),
        ({"a": "old", "b": "new", "metrics": ["recal"]}, "Did you mean 'recall'"),
        ({"a": "old", "b": "new", "metrics": ["recall in every sx"]}, "'sx' is not declared"),
        ({"a": "old", "b": "new", "metrics": ["recall within -1%"]}, "Here '-'|below 0"),
        ({"a": "old", "b": "new", "metrics": ["gap(recall)"]}, "compares groups"),
        ({"a": "old", "b": "new", "metrics": ["recall by 200%"]}, "can differ by 2 in recall"),
        ({"a": "old", "b": "new", "confidence": 1.5}, "A confidence of 1.5 is out of range"),
        ({"a": "old", "b": "new", "names": ("x", "x")}, "Both versions are called 'x'"),
        ({"a": "old", "b": "new", "key": "id"}, "joins two tables, and one was named"),
        ({"a": "old", "b": "new", "metrics": [""]}, "A question is empty"),
        ({"a": "old", "b": "new", "metrics": ["absolute_error"]}, "is not for binary"),
        ({"a": "old", "b": "new", "task": "ranking"}, "taken per user, and no unit is named"),
        ({"a": "old", "b": "new", "task": "regression", "label": None}, "needs the true numbers"),
    ],
)
def test_bad_input_names_problem_and_remedy(versions: Frame, arguments: dict, problem: str) -> None:
    with pytest.raises((ContractError, SourceError), match=problem):
        sx.compare(versions, **{"label": "y"} | arguments)
