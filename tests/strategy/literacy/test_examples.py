"""Words on numbers: each with its interval and its n, on own numbers or said to be an example."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sextant.stats.estimate import Level
from sextant.stats.rate import rate
from sextant.strategy.literacy import Term, example, glossary, lessons
from sextant.strategy.literacy.glossary import RATES

COUNT = re.compile(r"\d")
HONEST = re.compile(r"\([\d.,]+ to [\d.,]+; n [\d,]+\)")
SHOWN = [one for one in glossary().values() if one.shows]
NAMES = {"rows": "people", "positive": "people who work", "negative": "people without work"}


def brief(value: float, low: float, high: float, n: float = 33000) -> dict[str, Any]:
    row = {"estimate": value, "low": low, "high": high}
    rates = [{"metric": name, **row, "n": n} for name in RATES]
    figures = [{"text": text, **row, "count": n, "verdict": "met",
                "figures": "84 % (83 to 85 %), n 33,000; promised at least 80 %."}
               for text in ("auc >= 0.8 in every sex", "auc >= 0.8")]  # fmt: skip
    return {"rates": rates, "figures": figures, "names": NAMES}


@pytest.mark.parametrize("term", SHOWN, ids=lambda one: one.key)
def test_an_example_of_numbers_shows_interval_and_n(term: Term) -> None:
    made_up = example(term)
    assert not made_up.own
    if term.shows and not term.shows.like:
        assert HONEST.search(made_up.says), made_up.says
    own = example(term, brief(0.84, 0.83, 0.85))
    assert own.own
    assert HONEST.search(own.says) or "n 33,000" in own.says
    assert "{" not in own.says + made_up.says


@pytest.mark.parametrize("term", [one for one in glossary().values() if not one.shows],
                         ids=lambda one: one.key)  # fmt: skip
def test_a_story_pretends_no_measurement(term: Term) -> None:
    told = example(term, brief(0.84, 0.83, 0.85))
    assert (told.says, told.own) == (term.story, False)


@pytest.mark.parametrize(("found", "says"), [
    ((0.84, 0.83, 0.85, 33000), "Of 100 people who work it finds 84 (83 to 85; n 33,000)."),
    ((0.843, 0.84, 0.847, 9000), "Of 1,000 people who work it finds 843 (840 to 847; n 9,000)."),
    ((0.004, 0.003, 0.005, 9000), "Of 1,000 people who work it finds 4 (3 to 5; n 9,000)."),
    ((1.0, 0.98, 1.0, 180), "Of 100 people who work it finds 100 (98 to 100; n 180)."),
    ((0.0, 0.0, 0.02, 180), "Of 100 people who work it finds 0 (0 to 2; n 180)."),
])  # fmt: skip
def test_a_count_can_be_told_from_the_ends_of_its_interval(
    found: tuple[float, float, float, float], says: str
) -> None:
    assert example(glossary()["recall"], brief(*found)).says == says


def test_85_per_cent_accuracy_means_15_of_100_wrong_and_a_fallback() -> None:
    said = example(glossary()["accuracy"], brief(0.85, 0.83, 0.87, 1200)).says
    assert said.startswith("Of 100 people it decides 15 wrongly (13 to 17; n 1,200).")
    assert "catch" in said
    assert "Of 100 people who work it overlooks 15" in example(
        glossary()["false-negative"], brief(0.85, 0.83, 0.87, 1200)
    ).says  # fmt: skip


def test_without_names_cases_are_called_cases() -> None:
    said = example(glossary()["recall"], {**brief(0.84, 0.83, 0.85), "names": {}})
    assert said.says.startswith("Of 100 real cases it finds 84")


@pytest.mark.parametrize("held", [None, {}, {"rates": [], "figures": []}])
def test_what_is_not_measured_is_never_filled_in(held: dict[str, Any] | None) -> None:
    for term in SHOWN:
        assert not example(term, held).own


def test_a_criterion_without_a_number_shows_nothing_of_its_own() -> None:
    empty = {"text": "auc >= 0.8", "estimate": None, "low": None, "high": None, "count": None,
             "figures": "no row has a label.", "verdict": "undecided"}  # fmt: skip
    for key in ("auc", "verdict", "criterion"):
        assert not example(glossary()[key], {"rates": [], "figures": [empty]}).own


def test_the_numbers_of_the_lessons_are_right() -> None:
    for hits, cases, told in ((42, 50, (71, 93)), (4200, 5000, (83, 85)), (109, 130, (76, 90))):
        found = rate(hits, cases, Level())
        assert (round(100 * found.low), round(100 * found.high)) == told
    how_sure = " ".join(lessons()["how-sure"].says)
    assert "84 of 100” from 50 cases may be 71 or 93; from 5,000 cases it is 83 to 85" in how_sure
