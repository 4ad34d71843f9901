"""Versions of other tasks: right answers of many classes, successes and numbers of answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from scipy import stats

import sextant as sx
from sextant.cli.main import main
from sextant.contracts.problems import ContractError
from sextant.engines.errors import SourceError


@pytest.fixture
def classes() -> pd.DataFrame:
    """Five classes; A never says `e`, B says `x`, which no label is."""
    rng = np.random.default_rng(11)
    label = rng.choice(list("abcde"), 800)
    table = pd.DataFrame({"label": label, "region": rng.choice(["north", "south"], 800)})
    for name, share, wrong in (("pred_a", 0.7, "a"), ("pred_b", 0.8, "x")):
        table[name] = np.where(rng.uniform(size=800) < share, label, wrong)
    table.loc[table["pred_a"] == "e", "pred_a"] = "d"
    return table


@pytest.fixture
def answers() -> pd.DataFrame:
    rng = np.random.default_rng(12)
    ability = rng.normal(size=600)
    table = pd.DataFrame({"id": np.arange(600), "topic": rng.choice(["tax", "visa"], 600)})
    for which, gain in (("a", 0.0), ("b", 0.3)):
        score = ability + gain + rng.normal(scale=0.5, size=600)
        table[f"score_{which}"] = 3 + score
        table[f"done_{which}"] = np.where(score > 0, "yes", "no")
        table[f"seconds_{which}"] = 5 + gain * 4 + rng.exponential(size=600)
    return table


def first(found: sx.ComparisonResult) -> dict[str, Any]:
    row = found.to_dict()["results"][0]
    assert isinstance(row, dict)
    return row


def test_accuracy_of_many_classes_is_the_share_of_right_rows(classes: pd.DataFrame) -> None:
    found = sx.compare(
        classes, a="pred_a", b="pred_b", label="label", task="multiclass", metrics="accuracy"
    )
    a, b = (classes[name] == classes["label"] for name in ("pred_a", "pred_b"))
    row = first(found)
    assert found.answer == "better"
    assert row["a"]["estimate"] == pytest.approx(a.mean())
    assert row["b"]["estimate"] == pytest.approx(b.mean())
    assert row["difference"] == pytest.approx(b.mean() - a.mean())
    assert row["low"] > 0
    assert 0 < row["detectable"] < row["difference"]
    changed = found.comparison.changes
    assert changed.kind == "answers"
    assert changed.overall.better.value == pytest.approx((~a & b).mean())
    assert changed.overall.worse.value == pytest.approx((a & ~b).mean())


def test_it_agrees_with_two_classes_of_right_and_wrong(classes: pd.DataFrame) -> None:
    """The same table put as one of two classes: always right is the label."""
    many = sx.compare(classes, a="pred_a", b="pred_b", label="label", task="multiclass",
                      segments=["region"])  # fmt: skip
    right = {name: (classes[name] == classes["label"]).astype(int) for name in ("pred_a", "pred_b")}
    two = pd.DataFrame({"y": np.ones(len(classes), int), "region": classes["region"], **right})
    results = [one for one in many.to_dict()["results"] if one["metric"] == "accuracy"]
    ours = {one["segment"].get("region", ""): one for one in results}
    theirs = sx.compare(two, a="pred_a", b="pred_b", label="y", segments=["region"]).to_dict()
    seen = [one for one in theirs["results"] if one["metric"] == "accuracy"]
    assert len(seen) == 3
    for one in seen:
        own = ours[one["segment"].get("region", "")]
        assert (own["low"], own["high"]) == pytest.approx((one["low"], one["high"]))


def test_unlabelled_rows_and_rows_without_an_answer_do_not_count(classes: pd.DataFrame) -> None:
    table = classes.copy()
    table.loc[:2, "label"] = None
    table.loc[3:6, "pred_b"] = None
    found = sx.compare(table, a="pred_a", b="pred_b", label="label", task="multiclass")
    rest = table.dropna()
    a, b = (rest[name] == rest["label"] for name in ("pred_a", "pred_b"))
    row = first(found)
    assert row["n"] == len(rest) == 793
    assert row["difference"] == pytest.approx(b.mean() - a.mean())
    nobody = sx.compare(
        classes.assign(label=None), a="pred_a", b="pred_b", label="label", task="multiclass"
    )
    assert nobody.answer == "undecided"
    assert nobody.comparison.changes is None


def test_numbers_that_name_classes_are_one_in_every_form(
    classes: pd.DataFrame, tmp_path: Path
) -> None:
    codes = {name: i for i, name in enumerate("abcdex")}
    table = pd.DataFrame({n: classes[n].map(codes) for n in ("label", "pred_a", "pred_b")})
    table["pred_b"] = table["pred_b"].astype(float)
    path = tmp_path / "codes.csv"
    table.to_csv(path, index=False)
    words = first(sx.compare(classes, a="pred_a", b="pred_b", label="label", task="multiclass"))
    given = [str(path), "--a", "pred_a", "--b", "pred_b", "--label", "label"]
    said = CliRunner().invoke(main, ["compare", *given, "--task", "multiclass", "--quiet"])
    assert said.exit_code == 0, said.output
    numbers = first(sx.compare(path, a="pred_a", b="pred_b", label="label", task="multiclass"))
    assert numbers["difference"] == pytest.approx(words["difference"])


@pytest.mark.parametrize("kind", ["generation", "agent"])
def test_a_rating_is_compared_by_the_rows_own_differences(answers: pd.DataFrame, kind: str) -> None:
    found = sx.compare(answers, a="score_a", b="score_b", metrics="mean_rating", task=kind)
    apart = answers["score_b"] - answers["score_a"]
    student = stats.t.interval(0.95, 599, apart.mean(), apart.std() / np.sqrt(600))
    row = first(found)
    assert found.answer == "better"
    assert row["difference"] == pytest.approx(apart.mean())
    assert row["low"] <= student[0] + 1e-9
    assert row["high"] >= student[1] - 1e-9
    assert row["high"] - row["low"] < 1.2 * (student[1] - student[0])
    assert 0 < row["detectable"] < row["difference"]
    changed = found.comparison.changes
    assert changed.kind == "numbers"
    assert changed.overall.better.value == pytest.approx((apart > 0).mean())
    assert changed.overall.worse.value == pytest.approx((apart < 0).mean())
    assert "cut at" not in str(found)
    assert "a higher one" in " ".join(str(found).split())


def test_of_a_cost_less_is_better(answers: pd.DataFrame) -> None:
    table = answers.assign(same=answers["seconds_a"])
    pair: dict[str, Any] = {"a": "seconds_a", "metrics": "mean_cost", "task": "agent"}
    assert sx.compare(table, b="seconds_b", **pair).answer == "worse"
    assert sx.compare(table, b="seconds_b", margin=3, **pair).answer == "not worse"
    back = sx.compare(table, a="seconds_b", b="seconds_a", metrics="mean_cost", task="agent")
    assert back.answer == "better"
    assert sx.compare(table, b="same", **pair).answer == "undecided"


def test_successes_are_counted_with_who_newly_fails(answers: pd.DataFrame) -> None:
    found = sx.compare(answers, a="done_a", b="done_b", task="agent", segments=["topic"])
    a, b = (answers[name] == "yes" for name in ("done_a", "done_b"))
    row = next(one for one in found.to_dict()["results"] if not one["segment"])
    assert row["metric"] == "successes"
    assert found.answer == "better"
    assert row["b"]["estimate"] == pytest.approx(b.mean())
    assert row["difference"] == pytest.approx(b.mean() - a.mean())
    changed = found.comparison.changes
    assert changed.kind == "successes"
    assert changed.overall.better.value == pytest.approx((~a & b).mean())
    assert changed.overall.worse.value == pytest.approx((a & ~b).mean())
    assert len(changed.groups) == 2
    flags = pd.DataFrame({"a": a, "b": b})
    assert first(sx.compare(flags, a="a", b="b", task="agent"))["low"] == pytest.approx(row["low"])
    ones: dict[str, Any] = {
        "a": {"column": "a", "decisions": True},
        "b": {"column": "b", "decisions": True},
    }
    numbers = sx.compare(flags.astype(int), **ones, task="agent")
    assert first(numbers)["difference"] == pytest.approx(row["difference"])


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"a": "pred_a@0.5", "b": "pred_b", "task": "multiclass"}, "of many classes none is cut"),
        ({"a": "pred_a", "b": "pred_b", "task": "multiclass", "metrics": "recall"},
         "recall is not for multiclass. Use one of accuracy"),
        ({"a": "pred_a", "b": "pred_b", "task": "multiclass", "metrics": "auc"},
         "auc is not for multiclass. Use one of accuracy"),
        ({"a": "pred_a", "b": "pred_b", "task": "agent", "metrics": "mean_score"},
         "mean_score is not for agent. Use one of successes, mean_rating, mean_cost"),
        ({"a": "pred_a", "b": "pred_b", "task": "agent", "metrics": "mean_rating"},
         "needs scores, and a version holds decisions"),
        ({"a": "pred_a", "b": "pred_b", "task": "agent"}, "holds"),
        ({"a": "pred_a", "b": "pred_b", "task": "forecasting"}, "cannot be compared yet"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_the_remedy(
    classes: pd.DataFrame, asked: dict[str, Any], problem: str
) -> None:
    with pytest.raises((ContractError, SourceError)) as caught:
        sx.compare(classes, label="label", **asked)
    assert problem in " ".join(str(caught.value).split())


def test_a_multiclass_comparison_without_a_label_is_refused(classes: pd.DataFrame) -> None:
    with pytest.raises(ContractError, match="needs the true answers"):
        sx.compare(classes, a="pred_a", b="pred_b", task="multiclass")
