"""A rule about rows is a criterion: written as it is, judged by what it speaks of."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from sextant.api import check
from sextant.contracts.file.reading import contract_from_mapping, contract_from_text
from sextant.contracts.grammar.ruling import as_criterion, fragment
from sextant.contracts.problems import ContractError
from sextant.profiling import profile
from sextant.states.newest import Newest
from sextant.states.repeated import Repeated

DATA = {"source": "rows.parquet", "segments": {"state": "state"}}
TODAY = date(2026, 3, 20)
FORMS = [
    ("missing(age) <= 1 %", "missing_rate(age) <= 0.01"),
    ("missing(age) <= 12 rows", "missing_rows(age) <= 12"),
    ("age between 0 and 120 for 99 %", "out_of_range(age, low=0, high=120) <= 0.01"),
    ("age between 0 and 120", "rows_out_of_range(age, low=0, high=120) <= 0"),
    ('state in {MA, "New York"} for 99.9 %', 'out_of_set(state, values=[MA, "New York"]) <= 0.001'),
    ("state in {2, 1}", "rows_out_of_set(state, values=[1, 2]) <= 0"),
    ('zip matches "[0-9]{5}" for 99 %', 'out_of_pattern(zip, pattern="[0-9]{5}") <= 0.01'),
    (r'zip matches "\d+"', r"rows_out_of_pattern(zip, pattern=\d+) <= 0"),
    ("type(age) is whole number", 'rows_of_wrong_type(age, type="whole number") <= 0'),
    ("type(age) is time for 99 %", "wrong_type(age, type=time) <= 0.01"),
    ("unique(id)", "repeated_values(id) <= 0"),
    ("duplicates <= 3 rows", "duplicate_rows <= 3"),
    ("rows >= 1,000", "row_count >= 1000"),
    ("newest(day) <= 7 days", "newest_age(day) <= 7"),
    ("share(label = yes) >= 20 %", "in_set(label, values=[yes]) >= 0.2"),
]
REFUSED = [
    ("missing(age) <= 0 %", "can never be shown"),
    ("age between 9 and 2", "lies above"),
    ("state in {}", "the set is empty"),
    ('zip matches "(?=a)b"', "looks ahead"),
    ('zip matches "[a"', "cannot be read"),
    ("share(label = yes) >= 100 %", "decides nothing"),
    ("rows >= 1000 in every state", "Did you mean 'row_count'?"),
    ("duplicate_rows <= 0 in every state", "Leave the segment out"),
    ("repeated_values(id) <= 1%", "no whole number"),
    ("missing_rows(age) <= 1%", "Or write missing_rate"),
    ("missing_rows(age) <= 3 with 99% confidence", "it is certain"),
    ("gap(missing_rows(age)) <= 3 across state", "Bound it by itself"),
    ("wrong_type(age, type=date) <= 1%", "Write one of number, whole number"),
    ('out_of_pattern(zip, pattern="(a") <= 1%', "cannot be read"),
]


def contract(*criteria: str) -> Any:
    held = {"product": "P", "outcome": "O", "task": "binary", "data": DATA}
    return contract_from_mapping(held | {"criteria": list(criteria)})


def table(rows: int = 400) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": [*range(rows - 1), 0],
            "age": [None if i % 40 == 0 else float(20 + i % 60) for i in range(rows)],
            "state": ["MA" if i % 3 else "NH" for i in range(rows)],
            "zip": ["02139" if i % 8 else "213" for i in range(rows)],
            "day": [f"2026-03-{1 + i % 15:02d}" for i in range(rows)],
            "label": ["yes" if i % 4 == 0 else "no" for i in range(rows)],
        }
    )


@pytest.mark.parametrize(("rule", "criterion"), FORMS, ids=[rule for rule, _ in FORMS])
def test_a_rule_has_one_normal_text(rule: str, criterion: str) -> None:
    (found,) = contract(rule).criteria
    assert found.text == criterion
    assert contract(found.text).criteria[0].text == criterion


@pytest.mark.parametrize(("text", "why"), REFUSED, ids=[text for text, _ in REFUSED])
def test_what_could_not_decide_is_refused(text: str, why: str) -> None:
    with pytest.raises(ContractError, match=r".") as refused:
        contract(text)
    assert why in str(refused.value)


def test_a_criterion_is_no_rule() -> None:
    assert as_criterion("recall >= 0.8 in every sex") is None


def test_check_and_profile_say_the_same_of_every_rule() -> None:
    rows = table()
    rules = [
        "missing(age) <= 5 %", "missing(age) <= 2.6 %", "missing(age) <= 10 rows",
        "missing(age) <= 9 rows", "age between 20 and 79", "age between 20 and 50 for 60 %",
        "state in {MA} for 99 %", "state in {MA, NH}", 'zip matches "[0-9]{5}"',
        'zip matches "[0-9]{5}" for 80 %', "type(age) is whole number", "type(zip) is time",
        "unique(id)", "duplicates <= 0 rows", "rows >= 400", "rows >= 401",
        "newest(day) <= 5 days", "newest(day) <= 4 days", "share(label = yes) >= 20 %",
        "share(label = yes) >= 24 %", "share(label = no) <= 70 %",
    ]  # fmt: skip
    told = profile(rows, rules=rules, sample=0, today=TODAY).profile.rules
    judged = check(contract(*rules), rows, today=TODAY).evidence.criteria
    assert {one.verdict for one in told} == {"met", "missed", "undecided"}
    for rule, one, other in zip(rules, told, judged, strict=True):
        assert one.verdict == other.verdict, rule


def test_drafted_rules_are_a_contract_that_the_table_keeps() -> None:
    rows = table(2_000)
    drafted = profile(rows, label="label", time="day", sample=0, today=TODAY).suggested
    assert {"share(label = yes) >= 10 %", "newest(day) <= 14 days"} <= set(drafted)
    text = f"product: P\noutcome: O\ntask: binary\ndata: {{source: rows}}\n{fragment(drafted)}"
    found = check(contract_from_text(text), rows, today=TODAY).evidence
    assert len(found.criteria) == len(drafted)
    assert found.verdict == "met"


def test_rows_ahead_of_the_day_leave_freshness_undecided() -> None:
    early = check(contract("newest(day) <= 7 days"), table(), today=date(2026, 3, 14))
    (one,) = early.evidence.criteria
    assert one.verdict == "undecided"
    assert "1 day ahead" in one.rows[0].reason


def test_tables_counted_apart_can_show_copies_and_not_their_absence() -> None:
    apart = Repeated(10, 2, 1) + Repeated(10, 0, 1)
    assert (apart.again, apart.tables) == (2, 2)
    assert Newest(3, 5) + Newest(1, 9) == Newest(4, 9)
    assert Newest(0, 7) == Newest()
    with pytest.raises(ValueError, match="cannot repeat"):
        Repeated(1, 2, 1)
