"""A band as a sentence."""

import pytest

from sextant.metrics.catalogue import CATALOGUE
from sextant.stats.bands import Bands
from sextant.words.bands import banded, bounds, unit_of


@pytest.mark.parametrize(
    ("possible", "more", "says"),
    [
        (("red",), None, "Red: it fails."),
        (("green",), None, "Green: it works as promised."),
        (("green", "amber"), 383, "Between green and amber: about 390 more rows would decide."),
        (("green", "amber", "red"), None, "Between green and red: more rows would decide."),
    ],
)
def test_what_is_known(possible: tuple, more: int | None, says: str) -> None:
    assert banded(possible, more) == says


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
