"""Yardsticks are set by administrators, rates kept by members; both refuse what cannot be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from bets_told import MakeBet, told
from django.test import Client
from django.utils import timezone

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.strategy.portfolio import actions
from sextant_server.strategy.portfolio.actions import Marks
from sextant_server.strategy.portfolio.models import Rate, Yardstick

As = Callable[[User | None], Client]
MARKS = Marks("chf", Decimal(10), Decimal(20), Decimal(3), Decimal(9), 20, 40)
SENT = {
    "currency": "CHF", "small_value": "10", "large_value": "20", "small_effort": "3",
    "large_effort": "9", "quick_low": "20", "quick_high": "40", "version": "0",
}  # fmt: skip
DAY = date(2026, 11, 2)


def test_an_administrator_sets_them_and_it_is_on_record(admin: User) -> None:
    made = actions.set_yardsticks(Acting(user=admin), MARKS, 0)
    assert (made.currency, made.version, made.quick_high) == ("CHF", 1, 40)
    entry = Entry.objects.latest("sequence")
    assert entry.action == "yardsticks.set"
    assert '"currency":"CHF"' in entry.detail


def test_nobody_else_does(member: User, stranger: User, team: dict[str, User]) -> None:
    for user in (member, stranger, *team.values()):
        with pytest.raises(NotAllowed):
            actions.set_yardsticks(Acting(user=user), MARKS, 0)
    assert not Yardstick.objects.exists()


def test_a_page_that_has_grown_old_changes_nothing(admin: User) -> None:
    by = Acting(user=admin)
    actions.set_yardsticks(by, MARKS, 0)
    with pytest.raises(Conflict):
        actions.set_yardsticks(by, replace(MARKS, currency="EUR"), 0)
    actions.set_yardsticks(by, replace(MARKS, currency="EUR"), 1)
    assert Yardstick.objects.get().version == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("currency", "franc"), ("currency", "12€"), ("small_value", Decimal(21)),
        ("small_effort", Decimal(10)), ("small_effort", Decimal(0)), ("quick_low", 41),
        ("quick_low", -1), ("quick_high", 101),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(field: str, value: Any, admin: User) -> None:
    with pytest.raises(Invalid):
        actions.set_yardsticks(Acting(user=admin), replace(MARKS, **{field: value}), 0)


def test_they_move_every_bet(bet_on: MakeBet, admin: User, member: User, as_: As) -> None:
    bet_on("Small", told(50, 1, currency="CHF"), effort=(2, 3))
    rows = as_(member).get("/bets/").context["rows"]
    assert (rows[0].quadrant, rows[0].entry.bet.factor("impact").says) == ("filler", "low")
    answer = as_(admin).post("/bets/yardsticks/", SENT)
    assert answer.status_code == 302
    rows = as_(member).get("/bets/").context["rows"]
    assert (rows[0].quadrant, rows[0].entry.bet.factor("impact").says) == ("quick win", "high")


def test_who_reads_them_sees_thousands_apart(admin: User, member: User, as_: As) -> None:
    large = replace(MARKS, small_value=Decimal(50000), large_value=Decimal("1200000.50"))
    actions.set_yardsticks(Acting(user=admin), large, 0)
    shown = as_(member).get("/bets/yardsticks/").content.decode()
    assert "50,000" in shown
    assert "1,200,000.5" in shown
    assert "50000" not in shown
    typed = as_(admin).get("/bets/yardsticks/").content.decode()
    assert 'value="50000"' in typed, "a field for numbers takes no mark for thousands"


def test_a_refusal_keeps_what_was_typed(admin: User, member: User, as_: As) -> None:
    answer = as_(admin).post("/bets/yardsticks/", {**SENT, "small_value": "30"})
    assert answer.status_code == 422
    assert b'value="30"' in answer.content
    refused = as_(member).post("/bets/yardsticks/", SENT)
    assert refused.status_code == 422
    assert not Yardstick.objects.exists()


def test_a_member_keeps_a_rate_and_takes_it_back(member: User, as_: As) -> None:
    sent = {"base": "eur", "quote": "usd", "value": "1.1", "on": DAY.isoformat(), "source": "ECB"}
    browser = as_(member)
    assert browser.post("/bets/yardsticks/rates/", sent).status_code == 302
    held = Rate.objects.get()
    assert str(held) == "1 EUR = 1.1 USD"
    twice = browser.post("/bets/yardsticks/rates/", sent)
    assert twice.status_code == 422
    assert b"Take it back first" in twice.content
    assert browser.post("/bets/yardsticks/rates/drop/", {"rate": held.pk}).status_code == 302
    assert not Rate.objects.exists()
    again = browser.post("/bets/yardsticks/rates/drop/", {"rate": held.pk}, follow=True)
    assert b"taken back already" in again.content
    kinds = [entry.action for entry in Entry.objects.order_by("sequence")][-2:]
    assert kinds == ["rate.kept", "rate.dropped"]


def test_a_guest_keeps_none(stranger: User) -> None:
    by = Acting(user=stranger)
    with pytest.raises(NotAllowed):
        actions.keep_rate(by, "EUR", "USD", Decimal(1), DAY, "ECB")
    with pytest.raises(NotAllowed):
        actions.drop_rate(by, 1)


@pytest.mark.parametrize(
    ("base", "quote", "value", "source", "late"),
    [
        ("EUR", "EUR", "1", "ECB", 0), ("EUR", "USD", "0", "ECB", 0),
        ("EUR", "USD", "-1", "ECB", 0),
        ("EUR", "USD", "NaN", "ECB", 0), ("EUR", "USD", "Infinity", "ECB", 0),
        ("EUR", "USD", "1", " ", 0), ("EUR", "USD", "1", "ECB", 2), ("EU", "USD", "1", "ECB", 0),
        ("EUR", "USD", "1e12", "ECB", 0),
    ],
)  # fmt: skip
def test_rates_that_cannot_be_are_refused(
    base: str, quote: str, value: str, source: str, late: int, member: User
) -> None:
    on = timezone.localdate() + timedelta(days=late) if late else DAY
    with pytest.raises(Invalid):
        actions.keep_rate(Acting(user=member), base, quote, Decimal(value), on, source)
