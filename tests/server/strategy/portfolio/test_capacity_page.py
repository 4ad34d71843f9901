"""Capacity: who may say who is there, three answers, and the first month that breaks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bets_told import MakeBet
from django.test import Client
from django.utils import timezone

from sextant.strategy.portfolio import later
from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.strategy.portfolio import actions
from sextant_server.strategy.portfolio.actions import Staffing
from sextant_server.strategy.portfolio.models import Capacity

As = Callable[[User | None], Client]
SAID = Staffing("data_science", date(2027, 1, 15), 3, Decimal(1), Decimal(2))


def test_a_member_says_who_is_there(member: User) -> None:
    made = actions.set_capacity(Acting(user=member), SAID, 0)
    assert [one.month for one in made] == [date(2027, month, 1) for month in (1, 2, 3)]
    actions.set_capacity(Acting(user=member), replace(SAID, months=1, high=Decimal(4)), 3)
    assert Capacity.objects.get(month="2027-01-01").high == 4
    assert Entry.objects.latest("sequence").action == "capacity.set"


def test_a_guest_does_not(stranger: User) -> None:
    with pytest.raises(NotAllowed):
        actions.set_capacity(Acting(user=stranger), SAID, 0)


def test_two_who_staff_a_role_at_once_are_told(member: User) -> None:
    by = Acting(user=member)
    actions.set_capacity(by, SAID, 0)
    with pytest.raises(Conflict):
        actions.set_capacity(by, replace(SAID, month=date(2027, 9, 1)), 0)
    actions.set_capacity(by, replace(SAID, role="design"), 0)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("role", "wizard"),
        ("low", Decimal(3)),
        ("high", Decimal(10_001)),
        ("months", 0),
        ("months", 25),
    ],
)
def test_what_cannot_be_is_refused(field: str, value: Any, member: User) -> None:
    with pytest.raises(Invalid):
        actions.set_capacity(Acting(user=member), replace(SAID, **{field: value}), 0)


def plan_text(browser: Client) -> str:
    return browser.get("/bets/capacity/").content.decode()


def test_the_headline_names_the_first_month_that_breaks(
    bet_on: MakeBet, member: User, as_: As
) -> None:
    assert "No bet is planned yet" in plan_text(as_(member))
    start = later(timezone.localdate(), 1)
    bet_on("Fraud", effort=(6, 6), starts_on=start, months_low=2, months_high=2)
    bet_on("Nothing said")
    month = f"{start:%B %Y}"
    text = plan_text(as_(member))
    assert f"{month} may not fit: nobody has said how many of data science are there." in text
    assert "Nobody has said its effort by role or its start" in text
    staffing = Staffing("data_science", start, 3, Decimal(2), Decimal(2))
    actions.set_capacity(Acting(user=member), staffing, 0)
    text = plan_text(as_(member))
    assert f"{month} does not fit: data science cannot do all that is planned." in text
    actions.set_capacity(Acting(user=member), replace(staffing, high=Decimal(5)), 3)
    assert f"{month} may not fit: it depends" in plan_text(as_(member))
    actions.set_capacity(Acting(user=member), replace(staffing, low=Decimal(3), high=Decimal(5)), 6)
    assert "The one planned bet fits the people who are there." in plan_text(as_(member))


def test_a_hidden_bet_is_in_no_plan(bet_on: MakeBet, member: User, as_: As) -> None:
    start = timezone.localdate()
    bet_on("Top secret", effort=(6, 6), starts_on=start, months_low=2, months_high=2, is_open=False)
    text = plan_text(as_(member))
    assert "Top secret" not in text
    assert "No bet is planned yet" in text


def test_the_form_keeps_what_was_typed_and_is_for_members(
    member: User, stranger: User, as_: As
) -> None:
    sent = {"role": "design", "month": "2027-03", "months": "2", "low": "3", "high": "1",
            "version": "0"}  # fmt: skip
    refused = as_(member).post("/bets/capacity/?role=design", sent)
    assert refused.status_code == 422
    assert b'value="3"' in refused.content
    kept = as_(member).post("/bets/capacity/?role=design", {**sent, "high": "4"})
    assert kept.status_code == 302
    assert Capacity.objects.filter(role="design").count() == 2
    stale = as_(member).post("/bets/capacity/?role=design", {**sent, "high": "5"})
    assert stale.status_code == 422
    assert b"Somebody else changed this" in stale.content
    assert b'id="staff"' not in as_(stranger).get("/bets/capacity/").content
    assert as_(stranger).post("/bets/capacity/", {**sent, "high": "4"}).status_code == 422
    assert Capacity.objects.filter(role="design").count() == 2
