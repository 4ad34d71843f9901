"""Groups too small, as declared, undecided: what they lack, what is set apart, what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.engines.composition import Composition
from sextant.engines.errors import SourceError
from sextant.stats.estimate import Level
from sextant.studies.representation.declared import Part, population_of
from sextant.studies.representation.judging import _cut


def against(table: pd.DataFrame, shares: Any, **more: Any) -> dict[str, Any]:
    found = sx.profile(table, population={"shares": shares}, sample=0, **more)
    assert found.verdict == found.to_dict()["population"]["verdict"]
    return found.to_dict()["population"]


def groups(found: dict[str, Any], split: int = 0) -> dict[str, dict[str, Any]]:
    return {", ".join(one["values"]): one for one in found["splits"][split]["groups"]}


def people(**rows: int) -> pd.DataFrame:
    return pd.DataFrame({"sex": [value for value, n in rows.items() for _ in range(n)]})


def test_a_group_that_is_too_small_lacks_rows() -> None:
    found = groups(against(people(men=900, women=100), {"sex": {"men": "50 %", "women": "50 %"}}))
    assert found["men"]["answer"] == "over-represented"
    assert found["women"]["answer"] == "under-represented"
    assert found["women"]["lacking"] == 800


def test_what_two_groups_lack_gives_both_their_share() -> None:
    table = people(a=900, b=60, c=40)
    found = groups(against(table, {"sex": {"a": "50 %", "b": "30 %", "c": "20 %"}}))
    b, c = 60 + found["b"]["lacking"], 40 + found["c"]["lacking"]
    assert (b / (900 + b + c), c / (900 + b + c)) == (pytest.approx(0.3), pytest.approx(0.2))


def test_verdicts_by_the_interval_and_the_margin() -> None:
    shares = {"sex": {"men": "50 %", "women": "50 %"}}
    assert groups(against(people(men=5_050, women=4_950), shares))["women"]["answer"] == (
        "as declared"
    )
    undecided = groups(against(people(men=590, women=410), shares))["women"]
    assert undecided["verdict"] == "undecided"
    assert not undecided["small"]
    assert undecided["needed"] > 1_000
    wide = against(people(men=590, women=410), shares, margin=0.5)
    assert groups(wide)["women"]["verdict"] == "met"


def test_a_group_of_few_expected_rows_is_called_small() -> None:
    found = groups(against(people(a=197, b=3), {"sex": {"a": "98 %", "b": "2 %"}}))["b"]
    assert found["small"]
    assert found["shows_from"] > 2_000
    assert "Too few rows to tell" in found["sentence"]


def test_values_beyond_the_population_are_set_apart_and_those_it_has_alone_are_absent() -> None:
    table = people(men=500, women=500, unknown=40)
    shares = {"sex": {"men": "45 %", "women": "45 %", "diverse": "10 %"}}
    found = against(table, shares)
    assert groups(found)["diverse"]["rows"] == 0
    assert groups(found)["diverse"]["lacking"] == 112
    assert groups(found)["men"]["share"]["n"] == 1_000
    assert found["splits"][0]["not_declared"]["most_frequent"] == [
        {"values": ["unknown"], "rows": 40}
    ]
    assert "'unknown' (40)" in found["splits"][0]["notes"][0]


def test_missing_cells_may_belong_to_anybody() -> None:
    table = people(men=500, women=300).reindex(range(1_000))
    shares = {"sex": {"men": "50 %", "women": "50 %"}}
    women = groups(against(table, shares))["women"]
    assert women["share"]["estimate"] == pytest.approx(300 / 800)
    assert women["share"]["low"] < 0.3 < 0.5 < women["share"]["high"]
    assert women["verdict"] == "undecided"
    assert women["needed"] is None


def test_codes_bands_and_crossings_are_counted_as_pandas_counts() -> None:
    rng = np.random.default_rng(4)
    table = pd.DataFrame({"SEX": rng.integers(1, 3, 4_000), "AGEP": rng.integers(10, 90, 4_000)})
    table.loc[:9, "SEX"] = np.nan  # 1.0 and 2.0 from here on
    found = against(
        table,
        {
            "sex": {"column": "SEX", "labels": {1: "men", 2: "women"},
                    "shares": {"men": 0.5, "women": 0.5}},
            "age": {"column": "AGEP", "bands": [30, 60],
                    "people": {"under 30": 20, "30-59": 30, "60 and over": 30}},
            "sex x age": {sex: {"under 30": 0.125, "30–59": 0.1875, "60 and over": 0.1875}
                          for sex in ("men", "women")},
        },
    )  # fmt: skip
    bands = pd.cut(table.AGEP, [0, 30, 60, 100], right=False)
    expected = table.groupby(["SEX", bands], observed=True).size()
    assert [one["rows"] for one in groups(found, 2).values()] == expected.tolist()
    assert [one["rows"] for one in groups(found).values()] == table.SEX.value_counts().sort_index(
    ).tolist()  # fmt: skip
    assert found["splits"][2]["missing"] == 10


def test_another_table_is_a_sample_of_the_population() -> None:
    rng = np.random.default_rng(1)
    census = pd.DataFrame({"sex": rng.choice(["m", "w"], 400), "old": rng.integers(0, 2, 400)})
    table = pd.DataFrame({"sex": ["m"] * 700 + ["w"] * 300, "old": [0, 1] * 500})
    found = sx.profile(
        table, population=census, segments=["sex", "old"], cross=["sex", "old"], sample=0
    ).to_dict()["population"]
    assert [one["split"] for one in found["splits"]] == ["sex", "old", "sex x old"]
    women = groups(found)["w"]
    assert women["declared"] == pytest.approx((census.sex == "w").mean())
    assert women["declared_low"] < women["declared"] < women["declared_high"]
    assert "in the population about" in women["sentence"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"population": {"shares": {"sex": {"M": 1}}}}, "The table says women; men"),
        ({"population": {"shares": {"gender": {"M": 1}}}}, "'gender' (population, gender)"),
        ({"population": pd.DataFrame({"sex": ["men"]})}, "Name segments"),
        ({"population": pd.DataFrame({"SEX": ["men"]}), "segments": ["sex"]}, "Did you mean 'SEX'"),
        ({"population": pd.DataFrame({"sex": [None]}), "segments": ["sex"]}, "has 0 values"),
        ({"population": {"shares": {"sex": {"men": 1}}}, "cross": ["sex"]}, "no segment"),
        ({"population": {"shares": {"sex": {"men": 1}}}, "margin": 1.5}, "A margin of 1.5"),
        ({"margin": 0.1}, "belong to no population"),
        ({"population": Path("nowhere.yaml")}, "nowhere.yaml cannot be read"),
    ],
    ids=range(9),
)
def test_what_cannot_be_compared_is_refused(given: dict[str, Any], said: str) -> None:
    with pytest.raises(SourceError) as refused:
        sx.profile(people(men=3, women=4), sample=0, **given)
    assert said in str(refused.value)


def test_a_hundred_thousand_categories() -> None:
    table = pd.DataFrame({"code": [f"c{i}" for i in range(100_000)] + ["a"] * 50})
    found = against(table, {"code": {"a": "50 %", "b": "50 %"}})
    assert groups(found)["b"]["rows"] == 0
    assert found["splits"][0]["not_declared"]["values"] == 100_000
    assert len(found["splits"][0]["not_declared"]["most_frequent"]) == 12
    with pytest.raises(SourceError, match="has 100,001 values"):
        sx.profile(people(a=1).rename(columns={"sex": "code"}), population=table,
                   segments=["code"], sample=0)  # fmt: skip


def test_an_empty_table_decides_nothing() -> None:
    found = against(people(men=1).head(0), {"sex": {"men": "50 %", "women": "50 %"}})
    assert found["verdict"] == "undecided"
    assert "no row to count" in groups(found)["men"]["sentence"]


def test_at_the_bound_five_of_a_hundred_tables_at_most_are_called_wrongly() -> None:
    """All groups but one lie exactly at the bound, so that every claim about them is an error."""
    shares = (0.1, 0.2, 0.3, 0.4)
    true = np.array([0.08, 0.16, 0.24, 0.52])
    part = Part(population_of("shares: {g: {a: 1}}").parts[0].segments,
                tuple(((f"{i}",), one) for i, one in enumerate(shares)))  # fmt: skip
    rng, wrong, draws = np.random.default_rng(7), 0, 400
    for _ in range(draws):
        counts = rng.multinomial(3_000, true)
        held = Composition({(f"{i}",): int(k) for i, k in enumerate(counts)})
        cut = _cut(part, held, 0.2, Level(0.05).split(4))
        wrong += any(one.verdict != "undecided" for one in cut.groups[:3])
    assert wrong / draws <= 0.05 + 3 * (0.05 * 0.95 / draws) ** 0.5


def test_the_census_by_year_stands_for_itself_and_a_block_does_not(shared_data: Path) -> None:
    """Rows 5,000 a block: where group quarters rise from 5 to 70 of 100, others lack."""
    path = shared_data / "census_ma_employment/census_ma_employment.parquet"
    rows = pd.read_parquet(path, columns=["RELP", "SEX", "period"])
    rows["lives"] = np.where(rows.RELP.isin([16, 17]), "group quarters", "household")
    first, later = rows[rows.period == "reference"], rows[rows.period == "analysis"]
    same = sx.profile(later, population=first, segments=["SEX", "lives"], sample=0).to_dict()
    assert same["population"]["verdict"] == "met"
    blocks = [later[at : at + 5_000] for at in range(0, len(later), 5_000)]
    worst = max(blocks, key=lambda one: (one.lives == "group quarters").mean())
    found = sx.profile(worst, population=first, segments=["lives"], sample=0).to_dict()
    assert groups(found["population"])["household"]["answer"] == "under-represented"
