"""With whom a hurt group is compared: with one in which the decision varies."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import sextant as sx


def table(**shares: float) -> pd.DataFrame:
    """2,000 rows of each group, half of them positive; `shares` of each are flagged, evenly."""
    parts = []
    for group, share in shares.items():
        place = np.arange(2_000)
        flagged = np.floor((place + 1) * share) > np.floor(place * share)
        parts.append(pd.DataFrame({"g": group, "y": place // 1_000, "d": flagged.astype(int)}))
    return pd.concat(parts, ignore_index=True)


def review(rows: pd.DataFrame) -> sx.FairnessResult:
    return sx.fairness(rows, by="g", label="y", prediction="d", selected="hurts")


def test_a_group_nobody_of_which_is_flagged_is_no_measure() -> None:
    result = review(table(child=0.0, young=0.2, old=0.5))
    assert [(one.group.name, one.other.name) for one in result.fairness.hurt] == [("old", "young")]
    found = result.to_dict()
    assert "where g is young 20 (" in found["headline"]
    assert "child" not in found["headline"]
    hurt = result.fairness.hurt[0]
    assert hurt.people[0] == pytest.approx(0.3 * 1_000)


def test_groups_alike_where_it_varies_are_not_hurt_by_one_where_it_does_not() -> None:
    found = review(table(child=0.0, young=0.3, old=0.3)).to_dict()
    assert found["hurt"] == []
    assert found["headline"] == "No group by g is shown to be hurt more than another."


def test_where_one_group_alone_varies_the_rest_is_said() -> None:
    result = review(table(child=0.0, old=0.5))
    assert [(one.group.name, one.other.name) for one in result.fairness.hurt] == [("old", "child")]
    found = result.to_dict()
    assert "Where g is child nobody is flagged at all." in found["headline"]
    assert "nobody is flagged at all" in found["hurt"][0]["sentence"]


def test_everybody_flagged_is_hurt_beside_groups_that_vary() -> None:
    result = review(table(all=1.0, young=0.2, old=0.21, child=0.0))
    assert [(one.group.name, one.other.name) for one in result.fairness.hurt] == [("all", "young")]
    helped = sx.fairness(
        table(all=1.0, young=0.8), by="g", label="y", prediction="d", selected="helps"
    ).to_dict()
    assert "Where g is all everybody is flagged." in helped["headline"]
