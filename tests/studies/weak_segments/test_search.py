"""The search finds what was planted, names nothing by chance, and refuses what makes no sense."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from benchmarks.weak_segments import searches

import sextant as sx
from sextant.contracts.problems import ContractError
from sextant.engines.errors import SourceError


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """12,000 rows, 12 % wrong; of those in `public` from 60 on 30 %."""
    rng = np.random.default_rng(1)
    n = 12_000
    rows = pd.DataFrame({
        "sector": rng.choice(["public", "trade", "farming"], n),
        "age": rng.integers(18, 80, n),
        "sex": rng.choice(["men", "women"], n),
        "y": rng.integers(0, 2, n),
        "firm": rng.integers(0, 600, n),
        "name": [f"n{i}" for i in range(n)],
    })  # fmt: skip
    weak = (rows["sector"] == "public") & (rows["age"] >= 60)
    wrong = rng.uniform(size=n) < np.where(weak, 0.3, 0.12)
    rows["d"] = np.where(wrong, 1 - rows["y"], rows["y"])
    return rows


def search(rows: pd.DataFrame, **more: Any) -> sx.WeakSegments:
    given = {
        "columns": {"sector": None, "sex": None, "age": {"column": "age", "bands": [30, 45, 60]}},
        "label": "y", "prediction": "d",
    } | more  # fmt: skip
    return sx.weak_segments(rows, **given)


def test_the_planted_segment_is_found(table: pd.DataFrame) -> None:
    found = search(table).search
    names = [dict(one.conditions) for one in found.weak]
    assert {"sector": "public", "age": "60 and over"} in names
    one = found.weak[names.index({"sector": "public", "age": "60 and over"})]
    assert one.rate.low < 0.3 < one.rate.high
    assert one.elsewhere.value == pytest.approx(0.125, abs=0.02)
    assert one.people[1] > 0
    rows = table[(table["sector"] == "public") & (table["age"] >= 60)]
    assert one.rows == len(rows)


def test_the_halves_are_the_rows(table: pd.DataFrame) -> None:
    found = search(table).search
    assert sum(found.halves) == len(table)
    assert found.overall.value == pytest.approx((table["y"] != table["d"]).mean())


def test_the_same_seed_gives_the_same_search_whatever_the_order(table: pd.DataFrame) -> None:
    shuffled = table.sample(frac=1, random_state=3)
    assert search(table).to_dict()["segments"] == search(shuffled).to_dict()["segments"]
    assert search(table, seed=1).search.halves != search(table).search.halves


@pytest.mark.slow
@pytest.mark.parametrize("depth", [2, 3])
def test_random_labels_name_nothing_beyond_the_rate(depth: int) -> None:
    runs = 120
    any_false, share, _, naive = searches(np.random.default_rng(4), 2_000, depth, runs, False)
    assert any_false <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / runs)
    assert share <= any_false
    assert naive > 0.3  # the check can fail: without holding out it does


def test_errors_of_one_kind(table: pd.DataFrame) -> None:
    found = search(table, error="missed").search
    positive = table[table["y"] == 1]
    assert sum(found.halves) == len(positive)
    assert found.overall.value == pytest.approx((positive["d"] == 0).mean())


def test_every_column_without_a_part_is_searched(table: pd.DataFrame) -> None:
    found = sx.weak_segments(table, label="y", prediction="d", unit="firm").search
    assert found.asked.columns == ("sector", "age", "sex")
    names = [dict(one.conditions) for one in found.weak]
    assert any(one.get("sector") == "public" for one in names)


def test_columns_of_too_many_values_are_left_out_by_name(table: pd.DataFrame) -> None:
    found = search(table, columns=["sector", "name"])
    assert found.to_dict()["left_out"][0]["column"] == "name"


def test_dependent_rows_stay_together_and_need_more(table: pd.DataFrame) -> None:
    doubled = pd.concat([table] * 5, ignore_index=True)
    doubled["person"] = np.tile(np.arange(len(table)), 5)
    small = doubled[doubled["person"] < 1_500]
    alone, together = (search(small, unit=unit).search for unit in (None, "person"))
    assert len(together.weak) <= len(alone.weak)
    assert sum(together.halves) == len(small)


def test_missing_values_are_a_segment_of_their_own() -> None:
    rng = np.random.default_rng(2)
    n = 4_000
    rows = pd.DataFrame({"a": rng.choice(["x", "z", None], n), "y": rng.integers(0, 2, n)})
    wrong = rng.uniform(size=n) < np.where(rows["a"].isna(), 0.4, 0.1)
    rows["d"] = np.where(wrong, 1 - rows["y"], rows["y"])
    found = sx.weak_segments(rows, columns=["a"], label="y", prediction="d").search
    assert [one.conditions for one in found.weak] == [(("a", "missing"),)]


def test_every_form(table: pd.DataFrame) -> None:
    result = search(table)
    record = result.to_dict()
    assert record["headline"] in result.to_html().replace("\u00a0", " ")
    assert "sector" in result.to_markdown()
    assert record["segments"][0]["sentence"].replace(" ", "") in repr(result).replace(
        "\n", ""
    ).replace(" ", "")
    nothing = search(table.assign(d=table["y"]))
    assert nothing.to_dict()["headline"].startswith("No segment is shown to be worse")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"error": "bad"}, "no error that is counted"),
        ({"depth": 4}, "outside 1 to 3"),
        ({"min_rows": 5}, "fewer than 20"),
        ({"label": None}, "need the true answers"),
        ({"prediction": None}, "Neither scores nor decisions"),
        ({"columns": []}, "no column to search"),
        ({"columns": ["sect"]}, "sector"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    table: pd.DataFrame, more: dict[str, Any], said: str
) -> None:
    with pytest.raises((ContractError, SourceError), match=said):
        search(table, **more)
