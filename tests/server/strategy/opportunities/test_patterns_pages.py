"""The library of use cases: read by everybody, followed by whoever explores a bet."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from sextant.strategy.opportunities.patterns import patterns
from sextant_server.accounts.models import User
from sextant_server.products.models import Product
from sextant_server.strategy.opportunities.models import Bet

As = Callable[[User | None], Client]


def test_the_list(as_: As, stranger: User, django_assert_max_num_queries: Any) -> None:
    browser = as_(stranger)
    with django_assert_max_num_queries(4):
        text = browser.get("/bets/patterns/").content.decode()
    assert f"{len(patterns())} kinds of product have been built before." in text
    assert "Which of many shall this person see first?" in text
    assert "12 CFR 1002.9" in text


@pytest.mark.parametrize("key", patterns())
def test_each_pattern(key: str, as_: As, stranger: User) -> None:
    text = as_(stranger).get(f"/bets/patterns/{key}/").content.decode()
    found = patterns()[key]
    assert found.baseline.name[:20] in text
    assert "Use it" not in text


def test_a_pattern_that_is_not_there(as_: As, stranger: User) -> None:
    assert as_(stranger).get("/bets/patterns/x/").status_code == 404


def test_following_one_fills_the_bet(as_: As, product: Product, team: dict[str, User]) -> None:
    browser = as_(team["contributor"])
    assert "Use it" in browser.get("/bets/patterns/fraud/").content.decode()
    sent = {"product": product.pk, f"version-{product.pk}": "0"}
    for _ in range(2):
        answer = browser.post("/bets/patterns/fraud/", sent)
        assert answer["Location"] == f"/products/{product.slug}/bet/"
    held = Bet.objects.get()
    assert (held.pattern, held.technique, held.family) == ("fraud", "ml", "classification")
    assert held.version == 1
    page = browser.get("/bets/patterns/fraud/").content.decode()
    assert f'name="version-{product.pk}" value="1"' in page


def test_who_may_not_explore_follows_none(
    as_: As, product: Product, team: dict[str, User], stranger: User
) -> None:
    sent = {"product": product.pk, f"version-{product.pk}": "0"}
    viewer = as_(team["viewer"]).post("/bets/patterns/fraud/", sent, follow=True)
    assert "write down what is known" in viewer.content.decode()
    assert as_(stranger).post("/bets/patterns/fraud/", sent).status_code in (302, 404)
    assert not Bet.objects.exists()
