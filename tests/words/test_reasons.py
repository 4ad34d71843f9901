"""What cannot be judged says why, and never shows a number alone."""

import re

import pytest

from sextant.contracts.evidence import RowResult
from sextant.stats.estimate import Estimate
from sextant.words import AUDIENCES, sentence


@pytest.mark.parametrize("audience", AUDIENCES)
def test_undefined(audience, make_row, contract):
    row = make_row("recall >= 0.8", "no positive row", "undecided", segment={"sex": "women"})
    said = sentence(row, contract, audience)
    assert "no positive row" in said
    assert "women" in said


def test_undefined_in_plain_words(make_row, contract):
    row = make_row("recall >= 0.8", "no positive row", "undecided", segment={"age": "under 16"})
    assert sentence(row, contract) == (
        "Where age is under 16 it cannot be said yet whether of 100 people who work at least 80 "
        "are found: no positive row."
    )


@pytest.mark.parametrize("audience", AUDIENCES)
def test_outside_the_domain_no_value_is_shown(audience, make_row, contract):
    row = make_row("mean >= 1", "x", "undecided", params={"column": "income"})
    estimate = Estimate.unassessable(2.345678, 7, "too few rows for so skewed a column")
    shown = RowResult(row.criterion, (), estimate, 0.95, "undecided", 7, 7)
    said = sentence(shown, contract, audience)
    assert "too few rows for so skewed a column" in said
    assert not re.search(r"2\.3", said)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_rows_set_aside(audience, make_row, contract):
    obstacle = "2.3 % of the rows were set aside, more than 1 %"
    row = make_row("recall >= 0.5", (0.9, 0.88, 0.92, 900), "undecided", obstacle=obstacle)
    assert obstacle in sentence(row, contract, audience)
