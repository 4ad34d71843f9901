"""Currencies meet only at a dated rate; amounts read well."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from bets_by_hand import worth

from sextant.strategy.portfolio import Rate, axis_unit, converted, money, money_span

TODAY = date(2026, 11, 20)
DOLLAR = Rate("EUR", "USD", 1.25, TODAY - timedelta(days=9), "European Central Bank")


def test_both_directions_of_a_rate() -> None:
    to_dollars = converted(worth(100, currency="EUR"), "USD", [DOLLAR], TODAY)
    assert to_dollars.value is not None
    assert (to_dollars.value.expected, to_dollars.value.currency) == (125, "USD")
    to_euros = converted(worth(125, currency="USD"), "EUR", [DOLLAR], TODAY)
    assert to_euros.value is not None
    assert to_euros.value.expected == pytest.approx(100)
    assert float(to_euros.value.sketch[0]) == pytest.approx(worth(125).sketch[0] / 1.25, rel=1e-6)
    assert to_euros.rate is DOLLAR


def test_the_same_currency_needs_none() -> None:
    value = worth(1)
    assert converted(value, "EUR", [], TODAY).value is value


def test_the_newest_rate_counts_and_none_of_tomorrow() -> None:
    old = Rate("EUR", "USD", 2.0, TODAY - timedelta(days=30), "x")
    coming = Rate("EUR", "USD", 9.0, TODAY + timedelta(days=1), "x")
    found = converted(worth(100), "USD", [old, DOLLAR, coming], TODAY)
    assert found.rate is DOLLAR


def test_without_a_fresh_rate_it_is_set_apart_with_the_remedy() -> None:
    none = converted(worth(1, currency="CHF"), "EUR", [DOLLAR], TODAY)
    assert (none.value, none.why) == (
        None,
        "It is valued in CHF, and no rate to EUR is on record."
        " Add one with its day and its source.",
    )
    stale = converted(worth(1), "USD", [DOLLAR], TODAY + timedelta(days=84))
    assert stale.value is None
    assert "11 Nov 2026: older than 92 days. Add a newer one." in stale.why


def test_amounts_are_written_as_the_value_model_writes_them() -> None:
    assert money(-40_123, "EUR") == "−€40,000"
    assert money_span(-40_000, 1_234_567, "EUR") == "−€40,000 to €1.2 million"


def test_an_axis_has_one_unit() -> None:
    assert axis_unit([-3e6, 10], "EUR") == (1e6, "million EUR")
    assert axis_unit([3e4], "EUR") == (1e3, "thousand EUR")
    assert axis_unit([], "EUR") == (1.0, "EUR")
