"""Definitions, bounds, small groups, intersections, and who is said to be hurt."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.problems import ContractError
from sextant.studies.fairness.result import Judged


def judged(result: sx.FairnessResult, *by: str) -> dict[str, Judged]:
    return {one.definition.name: one for one in result.fairness.grouping(*by).judged}


def review(table: pd.DataFrame, **more: Any) -> sx.FairnessResult:
    given = {"by": "group", "label": "repaid", "prediction": "granted"} | more
    return sx.fairness(table, **given)


def test_who_is_hurt_is_named_first(lending: pd.DataFrame) -> None:
    result = review(lending, selected="helps")
    worst = result.fairness.hurt[0]
    assert (worst.group.name, worst.other.name) == ("b", "a")
    assert worst.measure == "false_negative_rate"
    assert 0.25 < (worst.gap.value or 0) < 0.35
    b = lending[(lending["group"] == "b") & (lending["repaid"] == 1)]
    assert worst.people[0] == pytest.approx((worst.gap.value or 0) * len(b))
    assert result.to_dict()["headline"].startswith("Of 100 positive cases where group is b about 4")


def test_what_selection_does_decides_whom_it_hurts(lending: pd.DataFrame) -> None:
    assert not review(lending, selected="hurts").fairness.hurt
    assert {one.measure for one in review(lending).fairness.hurt} == {"false_negative_rate"}


def test_a_group_too_small_leaves_it_undecided_and_is_named(lending: pd.DataFrame) -> None:
    result = review(lending, bounds={"false_positive_rate_difference": 0.1})
    one = judged(result, "group")["false_positive_rate_difference"]
    assert one.verdict == "undecided"
    assert one.among_verdict == "met"
    assert one.decides
    assert result.verdict == "undecided"
    said = result.to_dict()["groupings"][0]["too_small"]
    assert said[0].startswith("C: 12 rows, too few to be judged")


def test_the_rows_that_are_missing_are_enough(lending: pd.DataFrame) -> None:
    """With so many rows more the same group is no longer named."""
    group = review(lending).fairness.grouping("group").groups[2]
    missing = max(one.missing or 0 for one in group.small)
    rows = lending[lending["group"] == "c"].iloc[np.arange(12 + missing + 12) % 12]
    grown = pd.concat([lending[lending["group"] != "c"], rows])
    assert not review(grown).fairness.grouping("group").groups[2].small


def test_equalised_odds_is_the_worse_of_both_errors(lending: pd.DataFrame) -> None:
    two = judged(review(lending[lending["group"] != "c"]), "group")
    worse, gap, alarms = (
        two[name].estimate
        for name in (
            "equalized_odds_difference", "equal_opportunity_difference",
            "false_positive_rate_difference",
        )
    )  # fmt: skip
    assert worse.value == max(gap.value or 0, alarms.value or 0)
    assert worse.low <= gap.low  # two may be wrong, so that less is claimed
    assert worse.high == max(gap.high, alarms.high)


def test_bounds_that_are_named_decide(lending: pd.DataFrame) -> None:
    two = lending[lending["group"] != "c"]
    assert review(two).verdict is None
    assert review(two, bounds={"equal_opportunity_difference": 0.1}).verdict == "missed"
    assert review(two, bounds={"equal_opportunity_difference": 0.5}).verdict == "met"
    both = {"equal_opportunity_difference": 0.5, "demographic_parity_ratio": 1.0}
    assert review(two, bounds=both).verdict == "missed"


def test_intersections_cross_the_columns(lending: pd.DataFrame) -> None:
    result = review(lending, by=["group", "sex", "group x sex"])
    crossed = result.fairness.grouping("group", "sex")
    assert [one.name for one in crossed.groups][:2] == ["a × men", "a × women"]
    part = lending[(lending["group"] == "b") & (lending["sex"] == "women")]
    found = next(one for one in crossed.groups if one.name == "b × women")
    assert found.rows == len(part)
    assert found["selection_rate"].value == pytest.approx(part["granted"].mean())


def test_a_contract_brings_groups_and_bounds(demo: Any) -> None:
    result = sx.fairness(demo / "employment/contract.yaml", by=["sex"])
    one = judged(result, "sex")["false_positive_rate_difference"]
    assert one.bound.value == 0.03
    assert one.bound.named == "gap(false_positive_rate) <= 0.03 across sex"
    evidence = sx.check(demo / "employment/contract.yaml", look=1).evidence
    theirs = next(row for row in evidence.results if row.criterion.id == "demands").estimate
    assert (one.estimate.value, one.estimate.low, one.estimate.high) == pytest.approx(
        (theirs.value, theirs.low, theirs.high)
    )
    assert result.verdict == "missed"


def test_a_later_look_is_wider(lending: pd.DataFrame) -> None:
    first, later = (
        judged(review(lending[lending["group"] != "c"], look=look), "group")[
            "accuracy_score_difference"
        ].estimate
        for look in (1, 3)
    )
    assert later.low < first.low < first.high < later.high


def test_dependent_rows_tell_less(lending: pd.DataFrame) -> None:
    doubled = pd.concat([lending] * 4).assign(house=np.tile(np.arange(len(lending)), 4))
    alone, together = (
        review(doubled, unit=unit).fairness.grouping("group").groups[0]["accuracy"]
        for unit in (None, "house")
    )
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"by": ()}, "No group is named"),
        ({"by": "grp"}, "grp"),
        ({"by": "group x group"}, "crosses a group with itself"),
        ({"bounds": {"equal_odds": 0.1}}, "is no definition of fairness"),
        ({"bounds": {"precision_difference": 1.5}}, "outside 0 to 1"),
        ({"selected": "pleases"}, "neither helps nor hurts"),
        ({"names": {"people": "x"}}, "no key of names"),
        ({"prediction": None}, "Neither scores nor decisions"),
        ({"confidence": 95}, "outside 0.5 to 1"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    lending: pd.DataFrame, more: dict[str, Any], said: str
) -> None:
    with pytest.raises((ContractError, ValueError), match=said):
        review(lending, **more)
