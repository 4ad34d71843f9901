"""Which bet next: the answer, what cannot be ranked, and what a reader may not learn."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from bets_told import MakeBet, told
from django.test import Client
from django.utils import timezone

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.products.models import Product, Stage
from sextant_server.strategy.opportunities.models import Goal, GoalLink, PainPoint
from sextant_server.strategy.portfolio import actions

As = Callable[[User | None], Client]


def page(browser: Client, query: str = "") -> str:
    answer = browser.get(f"/bets/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_headline_is_the_answer(bet_on: MakeBet, member: User, as_: As) -> None:
    bet_on("Fraud check", told(9_000), effort=(2, 4))
    bet_on("Chat", told(1_000), effort=(8, 9))
    text = page(as_(member))
    assert "Fraud check is the best next bet in 100 of 100 draws." in text
    assert "10,000 joint draws of the values of 2 bets, in EUR" in text
    assert '<svg class="bubbles"' in text


def test_nothing_that_can_be_ranked_is_said_honestly(
    bet_on: MakeBet, member: User, as_: As
) -> None:
    assert "There is no bet to choose from." in page(as_(member))
    bet_on("Chat")
    assert "No bet can be ranked yet: the one bet has no value model." in page(as_(member))
    bet_on("Fraud")
    text = page(as_(member))
    assert "No bet can be ranked yet: none of the 2 bets has a value model." in text
    assert "It has no value model. Write one" in text


def test_without_a_value_it_stands_apart_not_at_zero(
    bet_on: MakeBet, member: User, as_: As
) -> None:
    bet_on("Loss", told(-5_000))
    bet_on("Win", told(5_000))
    bet_on("Aha")
    names = as_(member).get("/bets/").context["rows"]
    assert [(row.entry.bet.name, row.ranked is None) for row in names] == [
        ("Win", False), ("Loss", False), ("Aha", True)
    ]  # fmt: skip


def test_another_currency_needs_a_rate(bet_on: MakeBet, member: User, as_: As) -> None:
    bet_on("Euro one", told(5_000))
    bet_on("Euro two", told(4_000))
    bet_on("Dollar", told(10_000, currency="USD"))
    text = page(as_(member))
    assert "It is valued in USD, and no rate to EUR is on record." in text
    day = timezone.localdate() - timedelta(days=1)
    actions.keep_rate(Acting(user=member), "eur", "usd", Decimal("1.25"), day, "Central bank")
    text = page(as_(member))
    assert "Dollar is the best next bet" in text
    assert "1 EUR = 1.25 USD" in text
    assert "Central bank" in text


def test_a_hidden_bet_shows_nowhere_and_shifts_no_word(
    bet_on: MakeBet, member: User, admin: User, as_: As
) -> None:
    bet_on("Fraud check", told(9_000), effort=(2, 4))
    bet_on("Chat", told(8_500), effort=(1, 2))
    before = page(as_(member))
    bet_on("Top secret", told(99_000), effort=(1, 1), is_open=False, starts_on="2026-12-01",
           months_low=1, months_high=2)  # fmt: skip
    assert "Top secret" in page(as_(admin))
    after = page(as_(member))
    assert "Top secret" not in after
    assert strip(after) == strip(before)


def strip(text: str) -> str:
    """A page without what differs by chance: the hidden tokens of its forms."""
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def test_a_guest_sees_the_bets_that_he_has_a_part_in(
    bet_on: MakeBet, stranger: User, as_: As
) -> None:
    from sextant_server.products.models import Membership

    mine = bet_on("Mine", told(1_000), is_open=False)
    bet_on("Open", told(2_000))
    assert "There is no bet to choose from." in page(as_(stranger))
    Membership.objects.create(product=mine, user=stranger, part="viewer")
    text = page(as_(stranger))
    assert "Mine is the only bet with a value" in text
    assert "Open" not in text


def test_a_stage_can_be_chosen(bet_on: MakeBet, member: User, as_: As) -> None:
    used = bet_on("In use", told(9_000))
    bet_on("Ahead", told(1_000))
    Product.objects.filter(pk=used.pk).update(stage=Stage.OPERATIONS)
    assert "In use" not in page(as_(member))
    text = page(as_(member), "?stage=operations")
    assert "In use" in text
    assert "Ahead" not in text
    assert "Ahead" in page(as_(member), "?stage=nonsense")
    assert "No bet stands there." in page(as_(member), "?stage=retired")


def test_what_people_write_is_escaped(bet_on: MakeBet, member: User, as_: As) -> None:
    bad = "<script>alert(1)</script>"
    product = bet_on(
        bad, told(1_000), effort=(1, 2), kill=bad, learning=bad, currency="EUR", stake_low=1,
        stake_high=2,
    )  # fmt: skip
    bet_on("Other", told(500), effort=(3, 9))
    goal = Goal.objects.create(kind="goal", text=bad)
    GoalLink.objects.create(product=product, goal=goal, fit=3, metric=bad)
    PainPoint.objects.create(
        product=product, segment=bad, pain=bad, often_low=20, often_high=30, period="day",
        severity=4, quote=bad, source=bad, grade="believed",
    )  # fmt: skip
    for url in ("/bets/", "/bets/capacity/", f"/products/{product.slug}/bet/case/"):
        answer = as_(member).get(url)
        assert answer.status_code == 200
        assert b"<script>alert" not in answer.content, url
        assert b"&lt;script&gt;alert" in answer.content, url


def test_where_rules_contradict_each_other_it_says_why(
    bet_on: MakeBet, member: User, as_: As
) -> None:
    """Fraud is worth little and dearly wanted; search is worth much and asked for by nobody."""
    fraud, search = bet_on("Fraud", told(1_000, 10)), bet_on("Search", told(9_000, 10))
    goal = Goal.objects.create(kind="goal", text="Lose no money")
    for product, severity, fit in ((fraud, 4, 3), (search, 1, 1)):
        GoalLink.objects.create(product=product, goal=goal, fit=fit, metric="recall")
        PainPoint.objects.create(
            product=product, segment="clerks", pain="search by hand", often_low=20, often_high=30,
            period="day", severity=severity, quote="It hurts.", source="call", grade="measured",
        )  # fmt: skip
    text = page(as_(member))
    assert "Need × goal fit puts Fraud first, expected value second: its users ask for it." in text
    assert "Expected value puts Search first, need × goal fit second" in text


def test_pages_of_twenty_five(bet_on: MakeBet, member: User, as_: As) -> None:
    for at in range(27):
        bet_on(f"Bet {at:02}", told(1_000 - at))
    answer = as_(member).get("/bets/?page=2")
    assert [row.number for row in answer.context["rows"]] == [26, 27]
    assert as_(member).get("/bets/?page=3").status_code == 404
