"""The census by year and by block of 5,000 rows: what NannyML published, with its reason."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sextant as sx

COLUMNS = ["AGEP", "ANC", "DREM", "MAR", "RELP", "SEX"]


@pytest.fixture(scope="module")
def census(shared_data: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    folder = shared_data / "census_ma_employment"
    names = [*COLUMNS, "period", "year", "predicted_probability"]
    rows = pd.read_parquet(folder / "census_ma_employment.parquet", columns=names)
    current = rows[rows.period == "analysis"].copy()
    current["block"] = np.arange(len(current)) // 5_000
    return rows[rows.period == "reference"], current


@pytest.fixture(scope="module")
def blocks(census: tuple[pd.DataFrame, pd.DataFrame]) -> sx.DriftResult:
    """Blocks in which a quarter of the rows differ."""
    reference, current = census
    return sx.drift(
        reference, current, by="block", columns=COLUMNS, margin=0.25, score="predicted_probability"
    )


def test_exactly_the_two_published_blocks_change(blocks: sx.DriftResult) -> None:
    changed = [w["window"] for w in blocks.to_dict()["windows"] if w["answer"] == "changed"]
    assert changed == ["27", "28"]


def test_they_are_people_in_group_quarters(blocks: sx.DriftResult) -> None:
    """RELP 17 is non-institutional group quarters: from about 5 % to almost 70 %, published."""
    for window in (27, 28):
        first = blocks.to_dict()["windows"][window]["columns"][0]
        assert first["column"] == "RELP"
    first = blocks.to_dict()["windows"][27]["columns"][0]
    assert first["moved"]["value"] == "17"
    assert "17 rose from 5 to 70 of 100 rows" in first["sentence"]
    published = {"AGEP", "ANC", "RELP", "MAR", "DREM"}
    moved = {
        one["column"]
        for one in blocks.to_dict()["windows"][27]["columns"]
        if one["distance"]["low"] > 0.05
    }
    assert published <= moved
    assert "SEX" not in moved


def test_group_quarters_carry_the_published_columns(blocks: sx.DriftResult) -> None:
    """With as many of RELP 16 and 17 in the reference, at most 6 of 100 rows would differ."""
    for at in (27, 28):
        window = blocks.to_dict()["windows"][at]
        lead = window["lead"]
        assert {"16", "17"} <= {one["value"] for one in lead["parts"]}
        assert {one["column"] for one in lead["parts"]} == {"RELP"}
        changed = {one["column"] for one in window["columns"] if one["answer"] == "changed"}
        assert {one["column"] for one in lead["columns"]} == changed
        for one in lead["columns"]:
            assert one["left"]["high"] < 0.06 < one["distance"]
    first = blocks.to_dict()["windows"][27]["carried_sentence"]
    assert first.startswith("RELP carries it: 17 rose from 5 to 70 of 100 rows (68 to 72);")
    assert blocks.to_dict()["windows"][3]["carried_sentence"] is None


def test_the_mean_score_falls_there_alone(blocks: sx.DriftResult) -> None:
    means = [w["mean"]["estimate"] for w in blocks.to_dict()["windows"]]
    assert sorted(range(len(means)), key=means.__getitem__)[:2] == [27, 28]


def test_by_year_nothing_alarms(census: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """Ancestry was recorded a little otherwise from year to year: 4 of 100 rows, undecided."""
    reference, current = census
    found = sx.drift(reference, current, by="year", columns=COLUMNS)
    answers = {
        (w["window"], one["column"]): one["answer"]
        for w in found.to_dict()["windows"]
        for one in w["columns"]
    }
    open_ = {key for key, answer in answers.items() if answer != "not changed"}
    assert open_ == {("2018", "ANC")}
    assert found.answer == "undecided"


def test_tweets_differ_by_airline_and_not_by_chance(shared_data: Path) -> None:
    tweets = pd.read_parquet(shared_data / "airline_tweets" / "airline_tweets.parquet")
    united = tweets[tweets.airline == "united"].sample(frac=1, random_state=1)
    names: dict[str, Any] = {"columns": "text", "by": "airline"}
    others = tweets[tweets.airline.isin(["delta", "jetblue", "southwestair"])]
    found = sx.drift(united[["text"]], others[["text", "airline"]], **names).to_dict()["windows"]
    for window in found:
        (one,) = window["columns"]
        assert (one["kind"], one["answer"]) == ("text", "changed")
        foremost = {word["word"] for word in one["words"]["moved"][:2]}
        assert "@united" in foremost
        assert any(word.startswith(f"@{window['window']}"[:6]) for word in foremost)
    assert len(found) >= 2
    (same,) = sx.drift(united[["text"]].iloc[:1_900], united[["text"]].iloc[1_900:]).to_dict()[
        "windows"
    ]
    assert same["columns"][0]["words"]["moved"] == []
    assert same["answer"] != "changed"


AGREED = """product: Price
outcome: Surprises from 10 to 5 by 2027-03-31
task: binary
data: {source: rows.csv, label: class}
criteria: [prevalence >= 0.3]
"""


def test_repeating_the_last_price_is_said_to_beat_the_usual_one(
    shared_data: Path, tmp_path: Path
) -> None:
    """Elec2. Published (Zliobaite 2013): same as last 85.3 %, majority 57.5 %."""
    rows = pd.read_csv(shared_data / "elec2" / "elec2.csv", usecols=["class"])
    rows["at"] = pd.Timestamp("1996-05-07") + pd.to_timedelta(30 * np.arange(len(rows)), "min")
    (tmp_path / "agreed.yaml").write_text(AGREED, encoding="utf-8")
    settings: dict[str, Any] = {"time": "at", "by": "year", "columns": "class"}
    found = sx.drift(rows.iloc[:48], rows, contract=tmp_path / "agreed.yaml", **settings).to_dict()
    told = found["succession"]
    assert told["same_as_last"]["estimate"] == pytest.approx(0.8533, abs=5e-5)
    assert told["most_frequent"]["estimate"] == pytest.approx(0.5755, abs=1e-4)
    assert "85.3 (85.0 to 85.7) of 100 rows have the label of the row before" in told["sentence"]
    assert told["sentence"] in found["caveats"]


def test_a_prior_shift_is_found_with_its_size(shared_data: Path) -> None:
    """Bank marketing: 3.4 of 100 said yes in the first quarter of the file, 25.8 in the last."""
    rows = pd.read_parquet(shared_data / "bank_marketing" / "bank_additional_full.parquet")
    quarter = np.arange(len(rows)) * 4 // len(rows)
    answers = rows[["y"]].astype(str)
    found = sx.drift(answers[quarter == 0], answers[quarter == 3]).to_dict()
    (one,) = found["windows"][0]["columns"]
    assert one["answer"] == "changed"
    shares = [one["moved"][key]["estimate"] for key in ("before", "after")]
    said_yes = shares if one["moved"]["value"] == "yes" else [1 - share for share in shares]
    assert said_yes == [pytest.approx(0.034, abs=5e-4), pytest.approx(0.258, abs=5e-4)]


def test_promises_break_in_the_two_blocks_alone(
    census: tuple[pd.DataFrame, pd.DataFrame], shared_data: Path, tmp_path: Path
) -> None:
    """By year none is missed; by block of 5,000 rows recall and precision in 27 and 28."""
    labels = pd.read_parquet(
        shared_data / "census_ma_employment" / "census_ma_employment.parquet",
        columns=["employed"],
    )["employed"]
    reference, current = (one.assign(employed=labels[one.index]) for one in census)
    (tmp_path / "agreed.yaml").write_text(SCREEN, encoding="utf-8")
    broken = {}
    for by in ("year", "block"):
        found = sx.drift(
            reference, current, by=by, columns="SEX", contract=tmp_path / "agreed.yaml"
        )
        broken[by] = [
            window["window"]
            for window in found.to_dict()["windows"]
            if any(one["broken"] for one in window["performance"])
        ]
    assert broken == {"year": [], "block": ["27", "28"]}


SCREEN = """product: Screen
outcome: Checks from 1,000 to 500 by 2027-03-31
task: binary
data: {source: rows.csv, label: employed, score: predicted_probability}
criteria: [auc >= 0.85, precision >= 0.75, recall >= 0.8]
"""
