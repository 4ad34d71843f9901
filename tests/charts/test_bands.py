"""The picture of a failure's bands."""

import xml.etree.ElementTree as ET

import pytest

from sextant.charts.bands import band_bar, band_mark
from sextant.stats.bands import Bands
from sextant.stats.estimate import Estimate

HIGHER = Bands(">=", 0.8, 0.7)


def drawn(low: float, high: float, bands: Bands = HIGHER) -> ET.Element:
    estimate = Estimate((low + high) / 2, low, high, 100, "exact")
    return ET.fromstring(band_bar(estimate, bands, "Said <aloud>", "1"))


def test_it_names_its_bands_and_is_read_out() -> None:
    picture = drawn(0.72, 0.78)
    assert picture.get("class") == "interval bands amber"
    assert picture.get("aria-label") == "Said <aloud>"
    assert {one.text for one in picture.iter("text")} == {"red", "amber", "green"}


def test_an_interval_over_a_bound_is_hatched() -> None:
    assert drawn(0.72, 0.83).get("class") == "interval bands unknown"
    assert list(drawn(0.72, 0.83).iter("pattern"))
    assert not list(drawn(0.72, 0.78).iter("pattern"))


@pytest.mark.parametrize(("op", "order"), [(">=", ["red", "amber", "green"]),
                                            ("<=", ["green", "amber", "red"])])  # fmt: skip
def test_red_lies_on_the_worse_side(op, order: list[str]) -> None:
    bands = Bands(op, 0.8, 0.7) if op == ">=" else Bands(op, 0.7, 0.8)
    words = sorted(drawn(0.6, 0.9, bands).iter("text"), key=lambda one: float(one.get("x")[:-1]))
    assert [one.text for one in words] == order


def test_without_amber_there_is_no_stretch_for_it() -> None:
    words = {one.text for one in drawn(0.6, 0.9, Bands(">=", 0.8, 0.8)).iter("text")}
    assert words == {"red", "green"}


def test_each_band_has_a_shape_of_its_own() -> None:
    assert len({band_mark(one) for one in ("green", "amber", "red", None)}) == 4
