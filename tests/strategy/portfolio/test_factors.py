"""Levels from records: every combination of what a source is known by, every side of every mark."""

from __future__ import annotations

from itertools import product

import pytest
from bets_by_hand import normal

from sextant.strategy.portfolio import Factor, SourceSeen, Span, Value, Yardsticks
from sextant.strategy.portfolio.factors import (
    business_impact,
    data_availability,
    ease,
    model_readiness,
)

MARKS = Yardsticks("EUR", 100, 1000, 6, 24)


@pytest.mark.parametrize(
    ("read", "confirmed", "labelled"),
    list(product((False, True), (False, True), (None, 0.0, 0.49, 0.5, 1.0))),
)
def test_every_state_of_a_source(read: bool, confirmed: bool, labelled: float | None) -> None:
    found = data_availability([SourceSeen("clicks", read, confirmed, labelled)])
    if not read:
        assert (found.levels, found.grade) == ({"low", "medium"}, "")
    elif not confirmed or labelled is None:
        assert (found.levels, found.grade) == ({"medium"}, "measured")
    else:
        level = "low" if labelled == 0 else "high" if labelled >= 0.5 else "medium"
        assert (found.levels, found.grade) == ({level}, "measured")
    assert "clicks" in found.why


def test_the_best_source_counts_and_none_is_unknown_but_surely_not_high() -> None:
    poor, good = SourceSeen("a", read=True), SourceSeen("b", True, True, 0.9)
    assert data_availability([poor, good]).levels == {"high"}
    assert data_availability([]).levels == {"low", "medium"}


@pytest.mark.parametrize(
    ("verdict", "level"), [("met", "high"), ("undecided", "medium"), ("missed", "low")]
)
def test_evidence_comes_before_an_assessment(verdict: str, level: str) -> None:
    believed = Factor(frozenset({"high"}), "A guess.", "believed")
    found = model_readiness(verdict, "It says so.", believed)
    assert found == Factor(frozenset({level}), "It says so.", "measured")  # type: ignore[arg-type]
    assert model_readiness("", "", believed) is believed


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        (-50, 99, "low"), (0, 100, "low or medium"), (100, 999, "medium"),
        (100, 1000, "medium or high"),
        (1000, 1000, "high"), (-5, 5000, "unknown"),
    ],
)  # fmt: skip
def test_impact_reaches_every_level_between_its_ends(low: float, high: float, says: str) -> None:
    value = Value("EUR", (low + high) / 2, low, high, normal(0, 1), "measured")
    assert business_impact(value, "", MARKS).says == says
    assert business_impact(None, "Why not.", MARKS).why == "Why not."


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        (1, 6, "high"),
        (6, 7, "medium or high"),
        (7, 24, "medium"),
        (5, 25, "unknown"),
        (25, 30, "low"),
    ],
)
def test_ease(low: float, high: float, says: str) -> None:
    assert ease(Span(low, high), MARKS).says == says
    assert ease(None, MARKS).says == "unknown"


def test_ranges_that_are_none_are_refused() -> None:
    for ends in ((2, 1), (float("nan"), 1), (0, float("inf"))):
        with pytest.raises(ValueError, match="is no range"):
            Span(*ends)
