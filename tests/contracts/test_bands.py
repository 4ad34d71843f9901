"""Bands have names before any row is read, and segment values are checked against them."""

import pytest

from sextant.contracts.grammar import MISSING, band_labels
from sextant.contracts.grammar.segments import known_values, match_value
from sextant.contracts.model import Segment


@pytest.mark.parametrize(
    ("bands", "labels"),
    [
        ([], ()),
        ([18], ("under 18", "18 and over")),
        ([16, 25, 45, 65], ("under 16", "16–24", "25–44", "45–64", "65 and over")),
        ([0, 1, 5], ("under 0", "0", "1–4", "5 and over")),
        ([1.5, 2.5], ("under 1.5", "1.5 to under 2.5", "2.5 and over")),
        ([0, 0.5, 1], ("under 0", "0 to under 0.5", "0.5 to under 1", "1 and over")),
        ([-10, -5, 5], ("under -10", "-10 to -6", "-5 to 4", "5 and over")),
        ([1000, 2_500_000], ("under 1000", "1000–2499999", "2500000 and over")),
    ],
)
def test_labels(bands: list[float], labels: tuple[str, ...]) -> None:
    assert band_labels(bands) == labels


def test_each_band_has_a_name_of_its_own() -> None:
    edges = [edge / 7 for edge in range(-50, 50)]
    assert len(set(band_labels(edges))) == len(edges) + 1


def test_only_bands_and_labels_name_their_values() -> None:
    assert known_values(Segment("sex", "SEX")) is None
    assert known_values(Segment("age", "A", bands=(18,))) == ("under 18", "18 and over", MISSING)
    race = Segment("race", "R", labels=((1, "White"), (2, "White"), (3, "Asian")), min_rows=5)
    assert known_values(race) == ("White", "Asian", "other", MISSING)


@pytest.mark.parametrize("written", ["25-44", "25 – 44", "25—44"])
def test_dashes_are_alike(written: str) -> None:
    assert match_value(written, ["under 25", "25–44"]) == "25–44"


def test_case_and_spacing_are_alike() -> None:
    assert match_value("65  And Over", ["65 and over"]) == "65 and over"
    assert match_value("66 and over", ["65 and over"]) is None
