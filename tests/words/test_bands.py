"""A band as a sentence."""

import pytest

from sextant.metrics.catalogue import CATALOGUE
from sextant.stats.bands import Bands
from sextant.words.bands import banded, bounds, cases_more, in_a_word, rows_more, unit_of


@pytest.mark.parametrize(
    ("possible", "more", "says"),
    [
        (("red",), "", "It fails."),
        (("green",), "", "It works as promised."),
        (
            ("green", "amber"), rows_more(383),
            "Between green and amber: about 390 more rows would decide.",
        ),
        (
            ("amber", "red"), cases_more(41),
            "Between amber and red: at least about 41 more of the cases it counts would decide.",
        ),
        (("green", "amber", "red"), "", "Between green and red: more rows would decide."),
    ],
)  # fmt: skip
def test_what_is_known(possible: tuple, more: str, says: str) -> None:
    assert banded(possible, more) == says


def test_the_word_of_a_chip() -> None:
    words = [(), ("red",), ("green", "amber"), ("green", "red"), ("green", "amber", "red")]
    assert [in_a_word(one) for one in words] == [
        "not known", "red", "green or amber", "green or red", "green to red",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("bands", "unit", "says"),
    [
        (Bands(">=", 0.8, 0.7), "share", "green from 80 %, red below 70 %"),
        (Bands("<=", 0.012, 0.02), "share", "green up to 1.2 %, red above 2 %"),
        (Bands("<=", 0.03, 0.06), "points", "green up to 3 points, red above 6 points"),
        (Bands("<=", 200, 1500), "value", "green up to 200, red above 1,500"),
    ],
)
def test_the_bounds_in_the_unit_of_the_number(bands: Bands, unit, says: str) -> None:
    assert bounds(bands, unit) == says


def test_the_unit_of_every_number_that_a_record_can_hold() -> None:
    assert unit_of("recall") == "share"
    assert unit_of("gap(recall)") == unit_of("recall", between=True) == "points"
    assert unit_of("ratio(selection_rate)") == "ratio"
    for name, metric in CATALOGUE.items():
        assert unit_of(name) == metric.unit
