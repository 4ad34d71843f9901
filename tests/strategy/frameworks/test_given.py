"""An answer as a set: levels, a range that touches bands, and what cannot be an answer."""

import pytest

from sextant.strategy.frameworks import (
    Given,
    Level,
    Question,
    Scale,
    band,
    judge,
    levels_of,
    shipped,
)

SCALE = Scale("s", tuple(Level(key, key, key) for key in ("few", "some", "many")))
MORE = Question("q", "Q", "How many?", "range", SCALE, (1, 5))
LESS = Question("q", "Q", "How long?", "range", SCALE, (1, 5), lower_is_better=True)


@pytest.mark.parametrize(
    ("low", "high", "levels"),
    [
        (0, 0.9, {"few"}),
        (1, 1, {"some"}),
        (5, 9, {"many"}),
        (0, 1, {"few", "some"}),
        (0.5, 7, {"few", "some", "many"}),
        (None, 0.5, {"few"}),
        (2, None, {"some", "many"}),
        (None, None, {"few", "some", "many"}),
    ],
)
def test_a_range_is_every_band_that_it_touches(low, high, levels):
    assert levels_of(MORE, Given(low=low, high=high)) == levels


def test_less_can_be_better():
    assert levels_of(LESS, Given(low=0, high=0.5)) == {"many"}
    assert levels_of(LESS, Given(low=3, high=6)) == {"some", "few"}


@pytest.mark.parametrize("question", [MORE, LESS])
def test_a_band_holds_the_numbers_of_its_level(question):
    for key in SCALE.keys:
        low, high = band(question, key)
        inside = {-float("inf"): high - 1}.get(low, low)
        assert levels_of(question, Given(low=inside, high=inside)) == {key}


def test_a_level_may_be_named_instead_of_a_range():
    assert levels_of(MORE, Given(frozenset({"some"}))) == {"some"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (Given(frozenset({"lots"})), "'lots' is no level of q. Its levels: few, some, many."),
        (Given(low=5, high=1), "runs from 5 to 1. Write the smaller number first."),
        (Given(low=float("nan"), high=1), "runs from nan to 1."),
    ],
)
def test_what_cannot_be_an_answer(given, message):
    with pytest.raises(ValueError, match=message):
        levels_of(MORE, given)


def test_compared_ranges_may_not_run_backwards():
    with pytest.raises(ValueError, match="The range of achievable runs from 9 to 1"):
        judge(shipped()["ai-value"], {"achievable": Given(low=9, high=1)}, "high")
