"""Recipes: every step does and counts what it says, keeps order and input, refuses all else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.problems import ContractError
from sextant.engines.errors import SourceError
from sextant.studies.cleaning.recipe import digest, recipe_of

ROWS = """id,state,age,price,day
1, MA,30,1.5,2026-03-01
2,ma,-1,x,soon
3,NH,200,2,2026-03-02
3,NH,200,2,2026-03-02
4,?,40,,
"""


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    file = tmp_path / "rows.csv"
    file.write_text(ROWS, encoding="utf-8")
    return file


def done(rows: Path, *steps: dict[str, Any], end: str = "csv") -> tuple[dict[str, Any], Any]:
    out = rows.with_name(f"out.{end}")
    found = sx.clean(rows, {"steps": list(steps)}, out)
    read = pd.read_csv(out) if end == "csv" else pd.read_parquet(out)
    return found.to_dict(), read


def test_every_step_in_its_order(rows: Path) -> None:
    lineage, out = done(
        rows,
        {"trim": "all"},
        {"missing": {"columns": ["state", "age"], "values": ["?", -1]}},
        {"replace": {"column": "state", "values": {"ma": "MA"}}},
        {"number": ["price"]},
        {"date": "day"},
        {"flag": {"column": "age", "high": 120, "as": "old"}},
        {"clamp": {"column": "age", "low": 0, "high": 120}},
        {"drop_copies": None},
        end="parquet",
    )
    assert out.id.tolist() == ["1", "2", "3", "4"]
    assert out.state.fillna("none").tolist() == ["MA", "MA", "NH", "none"]
    assert out.age.fillna("none").tolist() == ["30", "none", "120", "40"]
    assert out.price.tolist()[0] == 1.5
    assert out.price.isna().sum() == out.day.isna().sum() == 2
    assert out.old.tolist() == [False, False, True, False]
    changed = [one["changed"] for one in lineage["steps"]]
    assert changed[0] == {"id": 0, "state": 1, "age": 0, "price": 0, "day": 0}
    assert changed[1:] == [
        {"state": 1, "age": 1}, {"state": 1}, {"price": 1}, {"day": 1}, {"age": 2}, {"age": 2}, {},
    ]  # fmt: skip
    assert (lineage["input"]["rows"], lineage["output"]["rows"]) == (5, 4)
    assert rows.read_text(encoding="utf-8") == ROWS


def test_copies_but_for_a_running_number(rows: Path) -> None:
    rows.write_text("id,a\n1,x\n2,y\n3,x\n", encoding="utf-8")
    lineage, out = done(rows, {"drop_copies": {"ignore": ["id"]}})
    assert out.id.tolist() == [1, 2]
    assert lineage["steps"][0]["sentence"] == "1 of 3 rows was a copy and dropped."


def test_rows_keep_their_order_and_digests_repeat(rows: Path) -> None:
    big = pd.DataFrame({"id": range(30_000, 0, -1), "a": "b"})
    big.to_csv(rows, index=False)
    first, out = done(rows, {"trim": "all"})
    assert out.id.tolist() == big.id.tolist()
    again, _ = done(rows, {"trim": "all"})
    assert first == again
    assert first["input"]["digest"] == first["output"]["digest"]  # nothing was to change


def test_typed_columns_keep_their_type(rows: Path) -> None:
    table = pd.DataFrame({"n": [1, 500, 3], "x": [0.5, 9.0, -4.0], "flag": [True, False, True]})
    file = rows.with_name("t.parquet")
    table.to_parquet(file)
    _, out = done(file, {"clamp": {"column": "n", "high": 100}},
                  {"clamp": {"column": "x", "low": 0.25}},
                  {"missing": {"columns": "n", "values": 3}}, end="parquet")  # fmt: skip
    assert out.n.dropna().tolist() == [1, 100]
    assert out.x.tolist() == [0.5, 9.0, 0.25]
    assert out.flag.dtype == bool


def test_a_recipe_is_digested_by_its_steps() -> None:
    one = recipe_of("recipe: a\nversion: 1\nsteps:\n  - trim: all\n")
    two = recipe_of({"recipe": "b", "steps": [{"trim": "all"}]})
    assert digest(one) == digest(two) != digest(recipe_of("steps: [{trim: [all, b]}]"))


def test_every_line_that_is_no_step_is_named() -> None:
    text = """steps:
  - trim: []
  - polish: [a]
  - missing: {columns: [a]}
  - clamp: {column: a}
  - clamp: {column: a, low: 3, high: 1}
  - replace: {column: a, values: MA}
  - trim
"""
    with pytest.raises(ContractError) as refused:
        recipe_of(text)
    places = [str(one).split(",")[0] for one in refused.value.problems]
    assert places == [f"line {n}" for n in range(2, 9)]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ({"trim": ["stat"]}, "Did you mean 'state'"),
        ({"flag": {"column": "age", "low": 0, "as": "id"}}, "adds 'id', which is there"),
    ],
    ids=["absent", "there"],
)
def test_a_step_that_does_not_fit_writes_nothing(
    rows: Path, step: dict[str, Any], said: str
) -> None:
    with pytest.raises(SourceError, match=said):
        done(rows, step)
    assert [one.name for one in rows.parent.iterdir()] == ["rows.csv"]


def test_the_input_is_never_written(rows: Path) -> None:
    with pytest.raises(SourceError, match="is what is cleaned"):
        sx.clean(rows, {"steps": [{"trim": "all"}]}, rows)
    with pytest.raises(SourceError, match="is no"):
        sx.clean(rows, {"steps": [{"trim": "all"}]}, rows.with_suffix(".xlsx"))


def test_quotes_in_names_and_values_stay_what_they_are(rows: Path) -> None:
    rows.write_text('"a""; drop",b\n"x\'y",1\nz,2\n', encoding="utf-8")
    _, out = done(rows, {"replace": {"column": 'a"; drop', "values": {"x'y": "o'k"}}})
    assert out['a"; drop'].tolist() == ["o'k", "z"]


def test_a_draft_is_a_recipe_that_cures_what_was_found(rows: Path) -> None:
    states = ["MA", "ma", "NH", "?"] * 30
    table = pd.DataFrame({"state": states, "n": [str(i) for i in range(119)] + ["many"]})
    table = pd.concat([table, table.head(5)])
    draft = sx.suggest_recipe(table)
    file = rows.with_name("d.csv")
    table.to_csv(file, index=False)
    sx.clean(file, recipe_file(draft, rows), rows.with_name("e.csv"))
    found = sx.profile(rows.with_name("e.csv"), sample=0).to_dict()
    assert {one["kind"] for one in found["findings"]} <= {"constant"}
    assert found["data"]["rows"] == 120
    assert json.loads(json.dumps(found))


def recipe_file(text: str, beside: Path) -> Path:
    file = beside.with_name("recipe.yaml")
    file.write_text(text, encoding="utf-8")
    return file


def test_adult_is_cleaned_as_pandas_cleans_it(shared_data: Path, tmp_path: Path) -> None:
    file = shared_data / "adult/adult.parquet"
    out = tmp_path / "adult.parquet"
    sx.clean(file, {"steps": [
        {"missing": {"columns": ["workclass", "occupation", "native_country"], "values": "?"}},
        {"drop_copies": {"ignore": ["split"]}},
    ]}, out)  # fmt: skip
    plain = pd.read_parquet(file).replace("?", None)
    plain = plain.drop_duplicates(subset=[one for one in plain.columns if one != "split"])
    found = pd.read_parquet(out)
    assert len(found) == len(plain) == 48_842 - 52
    assert found.isna().sum().to_dict() == plain.isna().sum().to_dict()
    assert found.age.tolist() == plain.age.tolist()
