"""What is known of real tables is found in them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import sextant as sx


@pytest.fixture(scope="module")
def bank(shared_data: Path) -> dict:
    path = shared_data / "bank_marketing/bank_additional_full.parquet"
    return sx.profile(path, label="y", ignore=["row"], sample=300).to_dict()


def test_the_duration_of_a_call_gives_its_outcome_away(bank: dict) -> None:
    """UCI: "should be discarded if the intention is to have a realistic predictive model"."""
    assert [(one["column"], one["how"]) for one in bank["leaks"]] == [("duration", "alone")]
    assert bank["label"]["judged"] == 21


def test_the_balance_of_the_bank_is_as_published(bank: dict) -> None:
    assert {one["value"]: one["rows"] for one in bank["label"]["values"]} == {
        "no": 36_548, "yes": 4_640,
    }  # fmt: skip
    assert bank["data"]["rows"] == 41_188
    assert bank["duplicates"]["copies"] == 12


def test_adult_holds_copies_and_its_test_set_holds_training_rows(shared_data: Path) -> None:
    rows = pd.read_parquet(shared_data / "adult/adult.parquet")
    found = sx.profile(rows, ignore=["split"], sample=0).to_dict()
    plain = rows.drop(columns="split")
    assert found["duplicates"]["copies"] == plain.duplicated().sum() == 52
    train, test = plain[rows.split == "train"], plain[rows.split == "test"]
    found = sx.profile(test, reference=train, sample=0).to_dict()
    assert found["reference"]["overlap"] == len(test.merge(train.drop_duplicates()))
    assert found["data"]["rows"] == 16_281
    placeholders = [one for one in found["findings"] if one["kind"] == "placeholder"]
    assert placeholders[0]["columns"] == ["workclass", "occupation", "native_country"]
