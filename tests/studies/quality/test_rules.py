"""Rules: read, refused with every problem, checked; suggested ones hold where nothing changes."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.problems import ContractError
from sextant.studies.quality.rules import read_rules


def verdicts(table: pd.DataFrame, *rules: str) -> list[str]:
    found = sx.profile(table, rules=rules, sample=0).to_dict()
    return [one["verdict"] for one in found["rules"]]


def with_missing(missing: int, n: int = 1_000) -> pd.DataFrame:
    return pd.DataFrame({"age": [None] * missing + [30.0] * (n - missing), "id": range(n)})


@pytest.mark.parametrize(("missing", "verdict"), [(0, "met"), (10, "undecided"), (30, "missed")])
def test_a_share_speaks_of_what_will_come(missing: int, verdict: str) -> None:
    assert verdicts(with_missing(missing), "missing(age) <= 1 %") == [verdict]


def test_a_count_speaks_of_this_table() -> None:
    table = with_missing(10)
    assert verdicts(table, "missing(age) <= 10 rows", "missing(age) <= 9 rows") == ["met", "missed"]


def test_an_undecided_rule_says_what_would_decide() -> None:
    found = sx.profile(with_missing(6), rules=["missing(age) <= 1 %"], sample=0).to_dict()
    (rule,) = found["rules"]
    assert rule["needed"] > 100
    assert "more such rows would decide it, probably as met" in rule["sentence"]


def test_every_form() -> None:
    table = pd.DataFrame(
        {"age": [1, 50, 200], "the state": ["MA", "New York", None], "id": [1, 2, 2]}
    )
    assert verdicts(
        table,
        "age between 0 and 120", "age between 0 and 200", '"the state" in {MA, "New York"}',
        '"the state" in {MA}', "unique(id)", "unique(age)", "duplicates <= 0 rows", "rows >= 3",
        "rows <= 2", "type(age) is whole number", 'type("the state") is number', "age in {1, 50}",
    ) == ["missed", "met", "met", "missed", "missed", "met", "met", "met", "missed", "met",
          "missed", "missed"]  # fmt: skip


def test_every_line_that_is_no_rule_is_named() -> None:
    text = "# what we demand\n\nage is fine\nmissing(age) <= 0 %\nage between 9 and 1\nrows >= 1\n"
    with pytest.raises(ContractError) as refused:
        read_rules(text)
    problems = [str(problem) for problem in refused.value.problems]
    assert [one.split(":")[0] for one in problems] == [
        "line 3, column 1", "line 4, column 1", "line 5, column 1",
    ]  # fmt: skip
    assert "missing(age) <= 0 rows" in problems[1]


def test_a_column_that_is_gone_misses_its_rules() -> None:
    then, now = with_missing(0), with_missing(0).drop(columns="age").assign(years=1)
    found = sx.profile(now, reference=then, rules=["missing(age) <= 1 %"], sample=0).to_dict()
    assert found["rules"][0]["verdict"] == "missed"
    assert found["reference"]["gone"] == ["age"]
    assert found["reference"]["new"] == ["years"]


def test_a_changed_type_and_rows_of_the_reference() -> None:
    then = pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "z"]})
    now = pd.DataFrame({"a": [1, 2, 9], "b": ["x", "y", "z"]})
    found = sx.profile(now, reference=then, sample=0).to_dict()
    assert found["reference"]["overlap"] == 2
    found = sx.profile(now.assign(b=[1, 2, 3]), reference=then, sample=0).to_dict()
    assert found["reference"]["retyped"] == [
        {"column": "b", "was": "category", "is": "whole number"}
    ]


def drawn(rng: np.random.Generator, n: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "order_id": rng.permutation(10 * n)[:n],
            "amount": np.where(rng.random(n) < 0.03, np.nan, rng.standard_cauchy(n)),
            "state": rng.choice(["MA", "NH", "VT"], n, p=[0.6, 0.39, 0.01]),
        }
    )


def test_suggested_rules_hold_where_nothing_changes_and_break_where_something_does() -> None:
    """Heavy tails and rare words: of 3 unchanged tables no rule is missed, of the changed all."""
    rng = np.random.default_rng(8)
    then = drawn(rng, 400)
    suggested = sx.profile(then, sample=0).suggested
    assert "unique(order_id)" in suggested
    assert sx.profile(then, rules=suggested, sample=0).verdict == "met"
    missed = sum(
        sx.profile(drawn(rng, 400), rules=suggested, sample=0).verdict == "missed" for _ in range(3)
    )
    assert missed == 0
    changed = drawn(rng, 400)
    changed.loc[:99, "amount"] = None
    changed.loc[:59, "state"] = "TX"
    found = sx.profile(changed, rules=suggested, sample=0).to_dict()
    broken = {one["rule"].split(" ")[0] for one in found["rules"] if one["verdict"] == "missed"}
    assert broken == {"missing(amount)", "state"}


@pytest.mark.parametrize(
    ("last", "verdict", "said"),
    [
        ("2026-03-10", "met", "The newest row is 2 days old"),
        ("2026-03-01", "missed", "11 days old; allowed are 7"),
        ("2026-03-13", "undecided", "The newest row is dated 1 day ahead"),
        ("soon", "undecided", "There is no time that can be read"),
    ],
    ids=range(4),
)
def test_freshness_is_the_age_of_the_newest_row(last: str, verdict: str, said: str) -> None:
    table = pd.DataFrame({"day": [last]})
    found = sx.profile(table, rules=["newest(day) <= 7 days"], sample=0, today=date(2026, 3, 12))
    (rule,) = found.to_dict()["rules"]
    assert rule["verdict"] == verdict
    assert said in rule["sentence"]
