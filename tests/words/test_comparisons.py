"""Gaps, ratios and contrasts name the two groups and the direction."""

import math

from sextant.contracts.evidence import Needed
from sextant.words import promise, sentence


def test_gap_says_who_bears_more(make_row, contract):
    row = make_row(
        "false_positive_rate <= 0.05",
        (0.071, 0.063, 0.079, 34681),
        "missed",
        kind="gap",
        between=("women", "men"),
    )
    assert sentence(row, contract) == (
        "Of 100 people without work about 7 more are wrongly flagged among women than among men "
        "(6 to 8); at most 5 was promised."
    )


def test_gap_of_accuracy_names_the_group_with_more_errors(make_row, contract):
    row = make_row(
        "accuracy <= 0.05",
        (0.04, 0.01, 0.07, 9000),
        "undecided",
        kind="gap",
        between=("men", "women"),
    )
    assert sentence(row, contract).startswith(
        "Of 100 predictions about 4 more are wrong among women than among men (1 to 7)"
    )


def test_gap_of_groups_whose_names_are_no_nouns(make_row, contract):
    row = make_row(
        "recall <= 0.05",
        (0.1, 0.06, 0.14, 9000),
        "missed",
        kind="gap",
        across="race",
        between=("White", "two or more races"),
    )
    assert sentence(row, contract).startswith(
        "By race, of 100 people who work about 10 more are found for White than for "
        "two or more races (6 to 14)"
    )


def test_ratio_counts_equal_numbers(make_row, contract):
    row = make_row(
        "selection_rate >= 0.8",
        (0.777778, 0.626783, 0.954783, 360),
        "undecided",
        kind="ratio",
        between=("women", "men"),
    )
    assert sentence(row, contract).startswith(
        "Counting equal numbers of both, for every 100 flagged among men there are about 78 among "
        "women (63 to 95); at least 80 was promised. Not enough evidence in 360 cases"
    )


def test_contrast_of_rare_clicks(make_row, contract):
    row = make_row(
        "rate >= 0",
        (0.0004, -0.0011, 0.0019, 20000),
        "undecided",
        kind="contrast",
        params={"column": "click"},
        across="policy",
        between=("bts", "random"),
        needed=Needed(260_000, "met"),
    )
    assert sentence(row, contract) == (
        "Of 10,000 rows about 4 more are marked click for bts than for random (11 fewer to 19 "
        "more); at least as many was promised. Not enough evidence in 20,000 cases: about "
        "260,000 more rows would decide it, probably as met."
    )


def test_contrast_of_a_small_mean_is_a_sum(make_row, contract):
    row = make_row(
        "mean >= 0",
        (0.0004, -0.0011, 0.0019, 20000),
        "undecided",
        kind="contrast",
        params={"column": "click"},
        across="policy",
        between=("bts", "random"),
    )
    assert sentence(row, contract).startswith(
        "In 10,000 rows, click adds up to about 4 more for bts than for random "
        "(11 fewer to 19 more)"
    )


def test_contrast_of_a_mean_keeps_its_unit(make_row, contract):
    row = make_row(
        "mean <= 5",
        (-12.3, -20.4, -4.1, 800),
        "met",
        kind="contrast",
        params={"column": "minutes"},
        across="policy",
        between=("new", "old"),
    )
    assert sentence(row, contract).startswith(
        "The mean of minutes is about 12 lower for new than for old (4 to 20); "
        "at most 5 higher was promised."
    )


def test_an_open_end_across_zero(make_row, contract):
    row = make_row(
        "mean >= 0",
        (3.0, -1.0, math.inf, 30),
        "undecided",
        kind="contrast",
        params={"column": "minutes"},
        across="policy",
        between=("new", "old"),
    )
    assert "(from 1 lower upwards)" in sentence(row, contract)


def test_one_point_is_singular(make_row, contract):
    numbers = (0.002, -0.009, 0.012, 4000)
    row = make_row(
        "recall <= 0.01", numbers, "undecided", kind="contrast", between=("women", "men")
    )
    promised = promise(row.criterion, contract)
    assert promised == "recall is at most 1 point higher for women than for men"
