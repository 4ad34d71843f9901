"""The bet itself: who says what is staked, and what cannot be said of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sextant_server.accounts.acting import OPERATOR, Acting
from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.core.errors import Conflict, Invalid, NotAllowed, Refused
from sextant_server.products.models import Part, Product
from sextant_server.strategy.opportunities import actions
from sextant_server.strategy.opportunities.actions.bets import Effort, Kind, Stake
from sextant_server.strategy.opportunities.models import Bet

D = Decimal
By = Callable[[str], Acting]
EXPLORE = {"owner", "business", "technical", "contributor"}
STAKE = Stake((D(1000), D(2000)), "EUR", kill="nobody uses it", kill_by=date(2027, 1, 31))
EFFORT = Effort({"software": (D(1), D(2))}, date(2026, 12, 1), (D(1), D(2)))
KIND = Kind("ml", "classification", "fraud", "finance", "reads")


def attempts(by: Acting, product: Product) -> list[Callable[[], Any]]:
    """Each action on a bet, in an order in which all can be done."""
    return [
        lambda: actions.set_stake(by, product, STAKE, 0),
        lambda: actions.report_kill(by, product, "passed", "41 used it", 1),
        lambda: actions.set_kind(by, product, KIND, 2),
        lambda: actions.set_effort(by, product, EFFORT, 3),
    ]


@pytest.mark.parametrize("part", [str(part) for part in Part])
def test_each_part(part: str, product: Product, by: By) -> None:
    before = Entry.objects.count()
    for attempt in attempts(by(part), product):
        if part in EXPLORE:
            attempt()
        else:
            with pytest.raises(NotAllowed, match="write down what is known"):
                attempt()
    assert Bet.objects.exists() == (part in EXPLORE)
    assert Entry.objects.count() - before == (4 if part in EXPLORE else 0)


def test_a_stranger_and_nobody(stranger: User, admin: User, product: Product) -> None:
    for who in (Acting(user=stranger), Acting(user=admin), Acting(), OPERATOR):
        for attempt in attempts(who, product):
            with pytest.raises(NotAllowed):
                attempt()


def test_sent_twice_it_is_said_once_and_an_old_page_says_nothing(product: Product, by: By) -> None:
    for attempt in attempts(by("owner"), product):
        assert attempt().version == attempt().version
    held = Bet.objects.get()
    assert held.version == 4
    other = replace(STAKE, kill="somebody uses it")
    for version in (0, 3, 5):
        with pytest.raises(Conflict, match="Somebody else changed"):
            actions.set_stake(by("technical"), product, other, version)
    assert actions.set_stake(by("technical"), product, other, 4).kill_state == ""


BAD = [
    (lambda: actions.set_stake, replace(STAKE, stake=(D(2), D(1))), "stake_low", "smaller"),
    (lambda: actions.set_stake, replace(STAKE, currency=""), "currency", "no currency"),
    (lambda: actions.set_stake, replace(STAKE, currency="EURO"), "currency", "no currency"),
    (lambda: actions.set_stake, replace(STAKE, kill=""), "kill", "would end the bet"),
    (lambda: actions.set_stake, replace(STAKE, weeks=(None, D(2))), "weeks_low", "two ends"),
    (lambda: actions.set_stake, replace(STAKE, learning_cost=(D(1), D(2))), "learning", "question"),
    (lambda: actions.set_stake, replace(STAKE, kill="x" * 401), "kill", "At most 400"),
    (lambda: actions.set_effort, replace(EFFORT, by_role={"wizard": (D(1), D(2))}), "role", "wiz"),
    (lambda: actions.set_effort, replace(EFFORT, by_role={"legal": (D(3), D(2))}), "legal_low",
     "smaller number"),
    (lambda: actions.set_effort, replace(EFFORT, months=(D(0), D(0))), "months_low", "some time"),
    (lambda: actions.set_kind, replace(KIND, technique="magic"), "technique", "no technique"),
    (lambda: actions.set_kind, replace(KIND, family="magic"), "family", "no family"),
    (lambda: actions.set_kind, replace(KIND, pattern="magic"), "pattern", "no pattern"),
    (lambda: actions.set_kind, replace(KIND, industry="magic"), "industry", "no industry"),
    (lambda: actions.set_kind, replace(KIND, scope="magic"), "scope", "no scope"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "said", "field", "says"), BAD)
def test_what_cannot_be_said(
    act: Any, said: Any, field: str, says: str, product: Product, by: By
) -> None:
    with pytest.raises(Invalid, match=says) as refused:
        act()(by("owner"), product, said, 0)
    assert refused.value.field == field
    assert not Bet.objects.exists()


@pytest.mark.parametrize(("state", "note"), [("held", "x"), ("", "x"), ("passed", " ")])
def test_what_cannot_be_reported(state: str, note: str, product: Product, by: By) -> None:
    actions.set_stake(by("owner"), product, STAKE, 0)
    with pytest.raises(Refused):
        actions.report_kill(by("owner"), product, state, note, 1)
    assert Bet.objects.get().kill_state == ""


def test_money_of_the_next_learning_has_the_currency_of_the_bet(product: Product, by: By) -> None:
    said = Stake(currency="chf", learning="Is it within reach?", learning_cost=(D(5), D(9)))
    held = actions.set_stake(by("owner"), product, said, 0)
    assert (held.currency, held.stake_low) == ("CHF", None)
    cleared = actions.set_stake(by("owner"), product, Stake(currency="chf"), 1)
    assert cleared.currency == ""


def test_a_role_that_takes_nothing_is_left_out(product: Product, by: By) -> None:
    by_role = {"software": (D(0), D("1.50")), "legal": (D(0), D(0)), "design": (None, None)}
    held = actions.set_effort(by("owner"), product, replace(EFFORT, by_role=by_role), 0)
    assert held.effort == {"software": ["0", "1.5"]}
