"""What a table holds: kinds, ranges, values, spellings, placeholders; equal to pandas."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.problems import ContractError
from sextant.engines.errors import SourceError


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    rng = np.random.default_rng(4)
    n = 2_000
    return pd.DataFrame(
        {
            "income": np.where(rng.random(n) < 0.1, np.nan, rng.lognormal(10, 1.5, n)),
            "code": rng.integers(1, 6, n),
            "word": rng.choice(["MA", "ma", "M A", "NH", "unknown"], n),
            "note": [f"text number {i}" for i in range(n)],
            "nothing": [None] * n,
            "same": ["x"] * (n - 3) + ["y"] * 3,
        }
    )


@pytest.fixture(scope="module")
def found(table: pd.DataFrame) -> dict:
    return sx.profile(table, sample=0).to_dict()


def held(found: dict, name: str) -> dict:
    return next(one for one in found["columns"] if one["name"] == name)


def said(found: dict, kind: str) -> list[str]:
    return [one["sentence"] for one in found["findings"] if one["kind"] == kind]


def test_numbers_agree_with_pandas(found: dict, table: pd.DataFrame) -> None:
    income = held(found, "income")
    assert income["kind"] == "number"
    assert income["missing"] == table.income.isna().sum()
    assert (income["low"], income["high"]) == (table.income.min(), table.income.max())
    for name, level in {"p1": 0.01, "p25": 0.25, "median": 0.5, "p75": 0.75, "p99": 0.99}.items():
        exact = table.income.quantile(level, interpolation="lower")
        assert income["quantiles"][name] == pytest.approx(exact, rel=0.012)


def test_few_numbers_are_codes_counted_one_by_one(found: dict, table: pd.DataFrame) -> None:
    code = held(found, "code")
    assert code["kind"] == "whole number"
    counts = table.code.value_counts()
    assert {one["value"]: one["rows"] for one in code["values"]} == {
        str(value): n for value, n in counts.items()
    }
    exact = table.code.quantile(0.25, interpolation="lower")
    assert code["quantiles"]["p25"] == exact


def test_texts_words_and_nothing(found: dict) -> None:
    assert held(found, "note")["kind"] == "text"
    assert held(found, "nothing")["kind"] == "empty"
    assert held(found, "word")["distinct"] == 5
    assert said(found, "empty") == ["'nothing' is empty in all 2,000 rows."]
    assert said(found, "constant") == ["1,997 of 2,000 filled cells of 'same' say the same: 'x'."]
    assert len(said(found, "placeholder")) == 1
    assert "'word' writes one word in 3 ways: " in said(found, "spelling")[0]


def test_cells_that_are_no_number_are_counted() -> None:
    ages = [str(20 + i % 50) for i in range(97)] + ["unbekannt", "n. v.", "—"]
    found = sx.profile(pd.DataFrame({"age": ages}), sample=0).to_dict()
    assert held(found, "age")["unreadable"] == 3
    assert said(found, "type") == ["3 of 100 filled cells of 'age' are no numbers; the others are."]


def test_a_hundred_thousand_categories() -> None:
    table = pd.DataFrame({"city": [f"c{i}" for i in range(100_000)] * 2})
    found = sx.profile(table, sample=0).to_dict()
    assert held(found, "city")["kind"] == "text"
    assert not held(found, "city")["distinct_exact"]
    assert held(found, "city")["distinct"] == pytest.approx(100_000, rel=0.1)
    assert found["duplicates"]["copies"] == 100_000


def test_no_row_is_said(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("a,b\n")
    result = sx.profile(empty, label="b", rules=["missing(a) <= 1 %", "rows >= 1"])
    found = result.to_dict()
    assert "holds no row" in found["headline"]
    assert [one["verdict"] for one in found["rules"]] == ["undecided", "missed"]
    assert result.to_html()
    assert result.to_markdown()
    assert repr(result)


def test_the_same_table_gives_the_same_record(table: pd.DataFrame) -> None:
    first = sx.profile(table, seed=7).to_dict()
    turned = sx.profile(table.sample(frac=1, random_state=1), seed=7).to_dict()
    assert first == turned


def test_days_without_rows_and_rows_of_tomorrow() -> None:
    from datetime import date

    days = pd.to_datetime(["2026-03-01", "2026-03-01", "2026-03-04", "2026-03-09"])
    result = sx.profile(pd.DataFrame({"day": days}), time="day", today=date(2026, 3, 5), sample=0)
    found = result.to_dict()
    assert found["time"] == {
        "column": "day", "first": "2026-03-01", "last": "2026-03-09", "age": -4, "with_rows": 3,
        "without": 6, "least": 1, "median": 1, "most": 2, "future": 1,
    }  # fmt: skip
    assert said(found, "time") == [
        "1 of 4 rows is dated after 2026-03-05.",
        "6 of 9 days from 2026-03-01 to 2026-03-09 have no row.",
    ]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"label": "lable"}, "Column 'lable' (label) is not in"),
        ({"label": "word", "positive": "TX"}, "never says 'TX'"),
        ({"positive": "MA"}, "belongs to no label"),
        ({"time": "code"}, "holds no times"),
        ({"confidence": 95}, "lies outside 0 to 1"),
        ({"leak": 0.4}, "is no AUC"),
        ({"region": "Germany"}, "no region"),
        ({"rules": Path("nowhere.rules")}, "cannot be read"),
        ({"rules": ["missing(agee) <= 1 %"]}, "There is no column 'agee'"),
    ],
)
def test_what_cannot_be_asked(table: pd.DataFrame, given: dict, problem: str) -> None:
    with pytest.raises((SourceError, ContractError)) as refused:
        sx.profile(table.head(50), **given)
    assert problem in str(refused.value)
