"""A share is said as so many of 100, 1,000, 10,000 …, with its interval."""

import math

import pytest

from sextant.contracts.evidence import Needed
from sextant.words import sentence
from sextant.words.frequency import frequency
from sextant.words.promise import promise

ACCURACY = (0.85, 0.826342, 0.871575, 1000)


def test_accuracy_counts_the_errors_and_asks_for_a_fallback(make_row, contract):
    said = sentence(make_row("accuracy >= 0.8", ACCURACY, "met"), contract)
    assert said == (
        "Of 100 predictions about 15 are wrong (13 to 17), so the product needs a fallback; "
        "at most 20 was promised."
    )


def test_nouns_of_the_contract_are_used(make_row, contract):
    row = make_row("recall >= 0.8", (0.845, 0.841, 0.849, 34104), "met")
    said = sentence(row, contract)
    assert said.startswith("Of 100 people who work about 85 are found (84 to 85)")


@pytest.mark.parametrize(
    ("value", "low", "high", "bound", "denominator"),
    [
        (0.15, 0.12, 0.19, 0.2, 100),
        (0.03, 0.01, 0.06, 0.05, 100),
        (0.004, 0.001, 0.009, 0.01, 1_000),
        (0.0003, 0.0002, 0.00046, 0.02, 10_000),
        (0.00001, 0.000004, 0.00002, 0.001, 100_000),
        (0.9995, 0.998, 0.9999, 0.99, 10_000),
        (0.15, 0.12, 0.19, 0.205, 1_000),
        (0.0, 0.0, 0.0006, 0.02, 10_000),
        (1.0, 0.93, 1.0, 0.9, 100),
    ],
)
def test_the_denominator_fits_the_numbers(value, low, high, bound, denominator):
    op = "<=" if value < 0.5 else ">="
    assert frequency(value, low, high, bound, op).factor == denominator


def test_none_and_all_are_words(make_row, contract):
    none = make_row("false_positive_rate <= 0.1", (0.0, 0.0, 0.0711, 50), "met")
    assert "none are wrongly flagged (0 to 7)" in sentence(none, contract)
    every = make_row("recall >= 0.8", (1.0, 0.93, 1.0, 50), "met")
    assert "all are found (93 to 100)" in sentence(every, contract)


def test_one_takes_the_singular(make_row, contract):
    row = make_row("missing_rate <= 0.05", (0.01, 0.0, 0.04, 200), "met", params={"column": "x"})
    assert sentence(row, contract).startswith("Of 100 rows about 1 lacks x (0 to 4)")


def test_an_undecided_row_says_what_would_decide_it(make_row, contract):
    row = make_row(
        "recall >= 0.75", (0.781, 0.738, 0.82, 411), "undecided", needed=Needed(383, "met")
    )
    assert sentence(row, contract).endswith(
        "at least 75 was promised. Not enough evidence in 411 cases: about 390 more labelled rows "
        "would decide it, probably as met."
    )


def test_why_no_number_of_rows_can_be_given(make_row, contract):
    needed = Needed(why="the estimate lies on the bound")
    row = make_row("recall >= 0.75", (0.75, 0.7, 0.8, 400), "undecided", needed=needed)
    assert sentence(row, contract).endswith("in 400 cases: the estimate lies on the bound.")


def test_an_open_side_is_said(make_row, contract):
    row = make_row(
        "quantile <= 300",
        (287.4, 281.2, math.inf, 71),
        "undecided",
        params={"column": "latency_ms", "q": 0.95},
    )
    assert sentence(row, contract).startswith(
        "In 95 of 100 rows, latency_ms is at most 287 (281 or more); at most 300 was promised."
    )


def test_whole_numbers_stay_whole_whatever_the_column_is_called(make_row, contract):
    params = {"column": "steps", "q": 0.95}
    row = make_row("quantile <= 20", (11, 10, 12, 900), "met", params=params)
    assert sentence(row, contract).startswith("In 95 of 100 rows, steps is at most 11 (10 to 12);")
    assert promise(row.criterion, contract) == "in 95 of 100 rows, steps is at most 20"
    row = make_row("pass_rate >= 0.8", (0.9, 0.82, 0.95, 90), "met",
                   params={"column": "steps", "at_least": None, "at_most": 20.0})  # fmt: skip
    assert sentence(row, contract).startswith("Of 100 rows about 90 have at most 20 in steps")


def test_another_cut_off_is_named(make_row, contract):
    row = make_row("recall >= 0.8", ACCURACY, "met", params={"threshold": 0.7})
    assert "at a cut-off of 0.7" in sentence(row, contract)
    same = make_row("recall >= 0.8", ACCURACY, "met", params={"threshold": 0.5})
    assert "cut-off" not in sentence(same, contract)


def test_a_mean_around_zero_stays_a_mean(make_row, contract):
    row = make_row("mean >= -1", (-0.005, -0.068, 0.057, 1000), "met", params={"column": "x"})
    assert sentence(row, contract).startswith("The mean of x is −0.005 (−0.068 to 0.057);")


def test_friction_says_whom_it_challenges_for_nothing(make_row, contract):
    row = make_row("friction <= 0.02", (0.012, 0.011, 0.013, 34104), "met")
    said = sentence(row, contract)
    assert said.startswith("Of 1,000 cases about 12 are challenged without cause (11 to 13)")
