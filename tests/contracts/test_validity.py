"""How long evidence counts: by the calendar, and never beyond its end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextant.contracts.validity import expires_on

days = st.dates(date(1, 1, 1), date(9000, 1, 1))


@pytest.mark.parametrize(
    ("checked", "length", "last"),
    [
        ("2026-11-06", "90 days", "2027-02-04"),
        ("2026-11-06", "1 day", "2026-11-07"),
        ("2026-11-06", "6 weeks", "2026-12-18"),
        ("2026-11-06", "3 months", "2027-02-06"),
        ("2026-11-06", "1 year", "2027-11-06"),
        ("2026-12-15", "1 month", "2027-01-15"),
    ],
)
def test_every_unit(checked, length, last):
    assert expires_on(date.fromisoformat(checked), length) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("checked", "length", "last"),
    [
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2028-01-31", "1 month", "2028-02-29"),
        ("2026-03-31", "1 month", "2026-04-30"),
        ("2026-01-31", "2 months", "2026-03-31"),
        ("2028-02-29", "1 year", "2029-02-28"),
        ("2028-02-29", "4 years", "2032-02-29"),
        ("2096-02-29", "4 years", "2100-02-28"),  # 2100 is no leap year
        ("2028-02-28", "1 day", "2028-02-29"),
    ],
)
def test_a_month_without_that_day_ends_on_its_last(checked, length, last):
    assert expires_on(date.fromisoformat(checked), length) == date.fromisoformat(last)


def test_what_names_no_length_does_not_expire():
    assert expires_on(date(2026, 11, 6), "") is None


@pytest.mark.parametrize("unit", ["days", "weeks", "months", "years"])
@pytest.mark.parametrize("count", ["99999999", "9" * 40, "9" * 5000])
def test_beyond_the_calendar_it_counts_to_the_calendars_end(count, unit):
    assert expires_on(date(2026, 11, 6), f"{count} {unit}") == date.max


@pytest.mark.parametrize(
    "length", ["soon", "90", "days", "-1 days", "1.5 years", "² days", "1 fortnight", "1  day", "s"]
)
def test_anything_else_is_refused(length):
    with pytest.raises(ValueError, match="is no length of time"):
        expires_on(date(2026, 11, 6), length)


@given(days, st.integers(0, 99_999))
def test_weeks_are_seven_days_and_years_twelve_months(day, n):
    assert expires_on(day, f"{n} weeks") == expires_on(day, f"{7 * n} days")
    assert expires_on(day, f"{n} years") == expires_on(day, f"{12 * n} months")


@given(days, st.integers(1, 11_000))
def test_a_month_has_28_to_31_days(day, n):
    last = expires_on(day, f"{n} months")
    assert timedelta(28 * n) <= last - day <= timedelta(31 * n)
    assert last.day == day.day or (last + timedelta(1)).day == 1
