"""Rules as people write them: which rows they say yes to, and how a fault is told."""

from __future__ import annotations

import numpy as np
import pytest

from sextant.contracts.problems import ContractError
from sextant.studies.probe.rows import Rows, coded
from sextant.studies.probe.rules import holds, read_rule

CODES, NAMES = coded(np.array(["a", "b", "", "c"], dtype=object), 10)
ROWS = Rows(
    "binary", np.array([0, 1, 0, 1]), ("no", "yes"),
    {"age": np.array([20.0, 61.0, np.nan, 70.0]), "cons.idx": np.array([1.0, 2.0, 3.0, 4.0])},
    {"job": CODES}, {"job": NAMES},
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("age > 60", [0, 1, 0, 1]),
        ("age <= 61", [1, 1, 0, 0]),
        ("age != 20", [0, 1, 0, 1]),
        ("age between 20 and 61", [1, 1, 0, 0]),
        ("job = a", [1, 0, 0, 0]),
        ("job != a", [0, 1, 0, 1]),
        ('job in {a, "c"}', [1, 0, 0, 1]),
        ("age > 60 and job = b", [0, 1, 0, 0]),
        ('job = a or age > 60 and "cons.idx" >= 4', [1, 0, 0, 1]),
    ],
)
def test_which_rows_a_rule_says_yes_to(text: str, yes: list[int]) -> None:
    assert holds(read_rule(text), ROWS).tolist() == [bool(one) for one in yes]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "A column is missing"),
        ("age", "a comparison is missing"),
        ("age >", "A value is missing"),
        ("age > 60 job", "'job' is not understood"),
        ("age between 20", "'and' is missing"),
        ("job in a", "a list is missing"),
        ("job in {a", "The list has no end"),
        ("agee > 60", "Did you mean 'age'"),
        ("job > 3", "not compared by >"),
        ("job = d", "never says 'd'"),
        ("age > old", "'old' is none"),
    ],
)
def test_what_is_no_rule(text: str, said: str) -> None:
    with pytest.raises(ContractError, match=said):
        holds(read_rule(text), ROWS)
