"""Rows without labels: what is said of the criteria, who has a label, what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.problems import ContractError
from sextant.engines.errors import SourceError

ROLES: dict[str, Any] = {"label": "y", "score": "p"}


def table(n: int, seed: int, shape: tuple[float, float] = (1, 1), power: float = 1.0) -> Any:
    """Scores that say what they mean (`power` 1), by group a and b."""
    rng = np.random.default_rng(seed)
    p = rng.beta(*shape, n)
    frame = pd.DataFrame({"p": p, "y": (rng.uniform(size=n) < p**power).astype(int)})
    frame["group"] = rng.choice(["a", "b"], n)
    frame["age"] = rng.integers(18, 80, n)
    return frame


@pytest.fixture(scope="module")
def reference() -> pd.DataFrame:
    return table(6_000, 1)


@pytest.fixture(scope="module")
def harder() -> pd.DataFrame:
    """Scores nearer to one half."""
    return table(3_000, 2, (6, 6))


@pytest.fixture(scope="module")
def missed(reference: pd.DataFrame, harder: pd.DataFrame) -> sx.EstimateResult:
    return sx.estimate(
        reference,
        harder.drop(columns="y"),
        **ROLES,
        segments=["group"],
        criteria=["accuracy >= 70% in every group", "recall >= 30%", "average_precision >= 0.3"],
    )


def rows(found: sx.EstimateResult, metric: str) -> list[dict[str, Any]]:
    return [one for one in found.to_dict()["rows"] if one["metric"] == metric]


def test_likely_missed(missed: sx.EstimateResult, harder: pd.DataFrame) -> None:
    assert (missed.outlook, missed.verdict) == ("likely missed", "missed")
    record = missed.to_dict()
    assert [one["outlook"] for one in record["criteria"]] == [
        "likely missed",
        "nothing points to a miss",
    ]
    for one in rows(missed, "accuracy")[:2]:
        mine = harder[harder.group == one["segment"]["group"]]
        truth = float(((mine.p >= 0.5) == mine.y).mean())
        assert one["estimate"]["low"] <= truth <= one["estimate"]["high"] < 0.7
        assert one["needed"] > 20
    assert record["headline"].startswith("accuracy >= 0.7 in every group is likely missed in group")
    assert record["left_out"][0]["criterion"] == "average_precision >= 0.3"
    assert missed.to_dict() is record


def test_it_is_never_met(reference: pd.DataFrame) -> None:
    now = table(3_000, 3).drop(columns="y")
    found = sx.estimate(reference, now, **ROLES, criteria=["recall >= 10%"])
    assert found.outlook == "nothing points to a miss"
    assert found.verdict == "undecided"
    assert "Only labels can show" in found.to_dict()["headline"]


def test_open(reference: pd.DataFrame) -> None:
    now = table(400, 4).drop(columns="y")
    found = sx.estimate(reference, now, **ROLES, criteria=["accuracy >= 75%"])
    assert found.outlook == "undecided"
    assert rows(found, "accuracy")[0]["needed"] > 400


def test_without_criteria_the_usual_numbers(reference: pd.DataFrame) -> None:
    found = sx.estimate(reference, table(800, 5).drop(columns="y"), **ROLES, segments=["group"])
    frame = found.to_frame()
    assert list(frame.metric.unique()) == [
        "accuracy", "precision", "recall", "specificity", "f1", "auc", "selection_rate",
    ]  # fmt: skip
    assert set(frame.segment) == {"", "group = a", "group = b"}
    assert found.outlook == "undecided"


def test_labels_that_contradict(reference: pd.DataFrame) -> None:
    """The same scores are worth less now: unseen without labels, seen with some."""
    now = table(3_000, 6, power=2.0)
    blind = sx.estimate(reference, now.drop(columns="y"), **ROLES, criteria=["precision >= 60%"])
    assert blind.outlook == "nothing points to a miss"
    assert blind.to_dict()["preconditions"][2]["state"] == "unseen"
    now["y"] = now.y.astype(float).where(now.index % 5 == 0)
    seen = sx.estimate(reference, now, **ROLES, criteria=["precision >= 60%"])
    assert seen.outlook == "cannot be estimated"
    one = rows(seen, "precision")[0]
    assert one["why"] == "the labels that have come contradict the estimate"
    assert one["measured"]["n"] < 400
    relation = seen.to_dict()["preconditions"][2]
    assert relation["state"] == "fails"
    assert "contradict the estimate. " in relation["sentence"]
    group = sx.estimate(
        reference, now, **ROLES, segments=["group"], criteria=["precision >= 60% in every group"]
    )
    sentence = group.to_dict()["preconditions"][2]["sentence"]
    assert "contradict the estimate in all rows, " in sentence


def test_scores_that_the_reference_does_not_know(reference: pd.DataFrame) -> None:
    known = reference[reference.p < 0.6]
    found = sx.estimate(known, table(1_000, 7).drop(columns="y"), **ROLES)
    one = rows(found, "accuracy")[0]
    assert "of 100 rows have scores that no labelled row" in one["why"]
    assert one["estimate"]["estimate"] is None
    assert found.outlook == "cannot be estimated"


def test_windows_and_a_group_that_is_new(reference: pd.DataFrame) -> None:
    now = table(2_000, 8).drop(columns="y")
    now["week"] = now.index // 1_000
    now.loc[:99, "group"] = "c"
    found = sx.estimate(
        reference,
        now,
        **ROLES,
        segments=["group"],
        by="week",
        criteria=["auc >= 60% in every group"],
    )
    held = {one["place"]: one for one in rows(found, "auc") if one["segment"]}
    assert "week 0, group c" in held
    assert held["week 0, group c"]["why"].startswith("the reference has no labelled row")
    assert found.outlook == "undecided"


def test_a_group_of_one(reference: pd.DataFrame) -> None:
    now = table(500, 9).drop(columns="y")
    now["group"] = np.where(now.index == 0, "b", "a")
    found = sx.estimate(reference, now, **ROLES, segments=["group"])
    alone = next(one for one in rows(found, "accuracy") if one["segment"] == {"group": "b"})
    assert "1 row is too few" in alone["why"]


def test_constant_scores(reference: pd.DataFrame) -> None:
    now = reference.assign(p=0.25)
    found = sx.estimate(now, now.drop(columns="y").head(300), **ROLES)
    assert rows(found, "auc")[0]["why"] == "all scores are equal: they rank nobody"
    assert rows(found, "precision")[0]["why"] == "no row is flagged"
    assert rows(found, "accuracy")[0]["estimate"]["estimate"] == pytest.approx(
        1 - reference.y.mean()
    )


def test_the_reference_itself(reference: pd.DataFrame) -> None:
    found = sx.estimate(reference, reference, **ROLES)
    one = rows(found, "recall")[0]
    assert one["estimate"]["estimate"] == pytest.approx(one["measured"]["estimate"])
    record = found.to_dict()
    assert record["same_rows"]
    assert any("check measures" in text for text in record["caveats"])


def test_all_labels_missing(reference: pd.DataFrame) -> None:
    now = table(300, 10).assign(y=np.nan)
    found = sx.estimate(reference, now, **ROLES)
    assert found.to_dict()["labels"]["sentences"] == ["None of 300 rows has a label."]


def test_households_make_it_wider(reference: pd.DataFrame) -> None:
    """In every fourth house all six decisions are wrong."""
    house = reference.assign(house=reference.index // 6)
    house["y"] = ((house.p >= 0.5) ^ (house.house % 4 == 0)).astype(int)
    now = table(1_000, 11).assign(house=lambda x: x.index // 6).drop(columns="y")
    widths = []
    for unit in (None, "house"):
        one = rows(sx.estimate(house, now, **ROLES, unit=unit), "accuracy")[0]["estimate"]
        widths.append(one["high"] - one["low"])
    assert widths[1] > 1.2 * widths[0]


def test_selective_labels(reference: pd.DataFrame) -> None:
    """Labels for what looks doubtful: plain accuracy is too low, weighted it is not."""
    now = table(6_000, 12)
    truth = float(((now.p >= 0.5) == now.y).mean())
    now["chance"] = np.where((now.p - 0.5).abs() < 0.2, 0.5, 0.1)
    rng = np.random.default_rng(3)
    now["y"] = now.y.astype(float).where(rng.uniform(size=6_000) < now.chance)
    found = sx.estimate(reference, now, **ROLES, selection="chance")
    one = rows(found, "accuracy")[0]
    assert one["measured"]["high"] < truth
    assert one["weighted"]["low"] <= truth <= one["weighted"]["high"]
    said = " ".join(found.to_dict()["labels"]["sentences"])
    assert "not like those without" in said
    assert "p: From rows with a label to those without" in said


@pytest.mark.parametrize("chance", [0.0, np.nan, 1.5], ids=["nought", "empty", "above one"])
def test_impossible_chances_are_refused(reference: pd.DataFrame, chance: float) -> None:
    now = table(600, 13).assign(chance=0.5)
    now.loc[:2, "chance"] = chance
    one = rows(sx.estimate(reference, now, **ROLES, selection="chance"), "accuracy")[0]
    assert one["weighted"]["estimate"] is None
    assert one["weighted"]["reason"] == "3 rows have no chance of a label above 0 and up to 1"


def test_labels_that_are_still_to_come(reference: pd.DataFrame) -> None:
    now = table(3_000, 14)
    rng = np.random.default_rng(4)
    now["asked"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(now.index // 100, "D")
    now["told"] = now.asked + pd.to_timedelta(rng.integers(0, 6, 3_000), "D")
    late = now.told > "2026-01-30"
    now["y"] = now.y.astype(float).mask(late)
    now["told"] = now.told.mask(late)
    now.loc[0, "told"] = pd.Timestamp("2025-12-01")
    found = sx.estimate(
        reference.assign(asked="2025-06-01"), now, **ROLES, time="asked", label_time="told"
    )
    until = found.to_dict()["labels"]["complete"]
    assert (until["until"], until["days"], until["as_of"]) == ("2026-01-25", 5, "2026-01-30")
    assert until["set_aside"] == {"before": 1, "untimed": 0}
    assert until["waiting"] == late.sum()


def test_what_is_refused(reference: pd.DataFrame) -> None:
    now = table(300, 15).drop(columns="y")
    with pytest.raises(SourceError, match="0 to 1"):
        sx.estimate(reference, now.assign(p=now.p * 100), **ROLES)
    with pytest.raises(SourceError, match="no row"):
        sx.estimate(reference, now.head(0), **ROLES)
    with pytest.raises(SourceError, match="is not in"):
        sx.estimate(reference, now.rename(columns={"p": "pp"}), **ROLES)
    with pytest.raises(SourceError, match="no current rows"):
        sx.estimate(reference, None, **ROLES)
    with pytest.raises(ContractError, match="No score is named"):
        sx.estimate(reference, now, label="y")
    with pytest.raises(ContractError, match="nothing when it was predicted"):
        sx.estimate(reference, now, **ROLES, label_time="told")
    with pytest.raises(ValueError, match="threshold must lie"):
        sx.estimate(reference, now, **ROLES, threshold=5)
