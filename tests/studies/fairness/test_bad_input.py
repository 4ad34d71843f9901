"""Groups of one, a group of one class, missing groups and labels, infinite scores, one group."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.engines.errors import SourceError


def record(table: pd.DataFrame, **more: Any) -> dict[str, Any]:
    """Every form is drawn, so that none of them stumbles."""
    given = {"by": "group", "label": "repaid", "score": "score"} | more
    result = sx.fairness(table, **given)
    for text in (result.to_html(), result.to_markdown(), repr(result)):
        assert "nan" not in text.lower().replace("financ", "")
    return result.to_dict()


def verdicts(found: dict[str, Any]) -> set[str]:
    return {one["verdict"] for one in found["groupings"][0]["definitions"]}


def test_a_group_of_one(lending: pd.DataFrame) -> None:
    table = lending[lending["group"] != "c"].copy()
    table.loc[table.index[0], "group"] = "alone"
    found = record(table)
    assert "met" not in verdicts(found)
    assert any(text.startswith("Alone: 1 row,") for text in found["groupings"][0]["too_small"])


def test_a_group_of_one_class_has_no_recall(lending: pd.DataFrame) -> None:
    table = lending[lending["group"] != "c"].copy()
    table.loc[table["group"] == "b", "repaid"] = 0.0
    found = record(table)
    held = {one["name"]: one for one in found["groupings"][0]["definitions"]}
    assert held["equal_opportunity_difference"]["verdict"] == "undecided"
    b = next(one for one in found["groupings"][0]["groups"] if one["name"] == "b")
    assert b["measures"]["true_positive_rate"]["reason"] == "no positive row"
    assert b["measures"]["true_positive_rate"]["estimate"] is None


def test_rows_without_a_group_are_counted_and_forbid_met(lending: pd.DataFrame) -> None:
    table = lending[lending["group"] != "c"].copy()
    table.loc[table.index[:120], "group"] = None
    found = record(table, bounds={"false_positive_rate_difference": 0.5})
    assert found["without"] == ["120 rows have no group and are in no comparison by it."]
    assert found["verdict"] == "undecided"
    few = lending[lending["group"] != "c"].copy()
    few.loc[few.index[:20], "group"] = None
    assert record(few, bounds={"false_positive_rate_difference": 0.5})["verdict"] == "met"


def test_infinite_scores_are_set_aside(lending: pd.DataFrame) -> None:
    table = lending[lending["group"] != "c"].copy()
    table.loc[table.index[:300], "score"] = np.inf
    found = record(table, bounds={"false_positive_rate_difference": 0.9})
    assert found["data"]["set_aside"] == [{"reason": "score is infinite", "rows": 300}]
    assert found["verdict"] == "undecided"


def test_one_group_has_nobody_beside_it(lending: pd.DataFrame) -> None:
    found = record(lending[lending["group"] == "a"])
    assert verdicts(found) == {"undecided"}
    assert "nobody to compare it with" in found["groupings"][0]["reason"]


@pytest.mark.parametrize("label", [None, "none"])
def test_without_labels_only_selection_is_told(lending: pd.DataFrame, label: str | None) -> None:
    table = lending.assign(none=np.nan)
    found = record(table, label=label)
    assert [one["name"] for one in found["groupings"][0]["definitions"]] == [
        "demographic_parity_difference", "demographic_parity_ratio",
    ]  # fmt: skip
    assert found["headline"].startswith("Without labels nobody can say")


def test_labels_that_depend_on_the_group_are_told_of(lending: pd.DataFrame) -> None:
    table = lending[lending["group"] != "c"].copy()
    hidden = (table["group"] == "b") & (np.arange(len(table)) % 2 == 0)
    table.loc[hidden, "repaid"] = np.nan
    found = record(table)
    assert any("have a label" in text for text in found["caveats"])
    b = next(one for one in found["groupings"][0]["groups"] if one["name"] == "b")
    assert b["measures"]["selection_rate"]["n"] == (table["group"] == "b").sum()
    assert b["measures"]["accuracy"]["n"] == ((table["group"] == "b") & ~hidden).sum()


def test_too_many_groups_are_refused_by_name(lending: pd.DataFrame) -> None:
    found = record(lending, by=["house", "sex"])
    assert "too many to be compared in pairs" in found["groupings"][0]["reason"]
    assert found["groupings"][1]["groups"]


def test_no_row_at_all(lending: pd.DataFrame) -> None:
    with pytest.raises(SourceError, match="no row"):
        record(lending.iloc[:0])


def test_names_from_data_are_no_markup(lending: pd.DataFrame) -> None:
    table = lending.assign(group=lending["group"].replace({"a": "<i>|a\x1b[31m"}))
    result = sx.fairness(table, by="group", label="repaid", score="score")
    assert "<i>" not in result.to_html()
    assert "\x1b" not in repr(result)
    assert "\x1b" not in result.to_markdown()
