"""The last decision and the open question of products, as the pages below gates read them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sextant_server.accounts.models import User
from sextant_server.demo.telling import Telling
from sextant_server.gates import actions as gates
from sextant_server.products.models import Product, Stage
from sextant_server.strategy.bindings.gates import at_gates
from sextant_server.strategy.team import actions as team

pytestmark = pytest.mark.django_db
As = Callable[[User | None], Client]


def test_nothing_was_decided_and_nothing_waits(story: Telling) -> None:
    found = at_gates([story.product.pk])[story.product.pk]
    assert (found.decided, found.waiting) == (None, None)


def test_the_last_decision_counts_and_a_withdrawn_question_does_not(story: Telling) -> None:
    story.decide(story.ask(Stage.SCOPING), "hold", "not yet")
    story.decide(story.ask(Stage.SCOPING), "go", "now")
    gates.withdraw(story.by("tara"), story.ask(Stage.DEVELOPMENT), "too early")
    found = at_gates([story.product.pk])[story.product.pk]
    assert found.waiting is None
    assert found.decided is not None
    assert (found.decided.word, found.decided.on) == ("Go", timezone.localdate())
    assert found.decided.href == f"/products/{story.product.slug}/gates/2/"


def test_an_open_question_waits_beside_the_last_decision(story: Telling) -> None:
    story.decide(story.ask(Stage.SCOPING), "hold", "not yet")
    story.ask(Stage.SCOPING)
    found = at_gates([story.product.pk])[story.product.pk]
    assert found.decided is not None
    assert found.waiting is not None
    assert found.decided.word == "Hold"
    assert (found.waiting.asks, found.waiting.word) == ("Is it worth scoping?", "")
    assert found.waiting.href.endswith("/gates/2/")


def test_what_waits_for_a_second_person_is_not_decided(story: Telling) -> None:
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    gate = story.ask(Stage.DEVELOPMENT)
    story.decide(gate, "go", "against what is computed: no contract")
    found = at_gates([story.product.pk])[story.product.pk]
    assert found.decided is not None
    assert found.waiting is not None
    assert found.decided.href.endswith("/gates/1/")
    assert (found.waiting.asks, found.waiting.word) == ("May it be built?", "Go")
    gate.refresh_from_db()
    gates.refuse(story.by("bruno"), gate, "not without one", gate.version)
    again = at_gates([story.product.pk])[story.product.pk]
    assert again.decided == found.decided
    assert again.waiting is not None
    assert again.waiting.word == ""


def test_many_products_take_one_query(story: Telling, django_assert_num_queries: Any) -> None:
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    story.ask(Stage.DEVELOPMENT)
    other = Product.objects.create(slug="other", name="Other", ai_type="ranking", risk="minimal")
    with django_assert_num_queries(1):
        found = at_gates([story.product.pk, other.pk])
    assert found[other.pk].decided is None
    assert found[story.product.pk].waiting is not None


def test_the_board_and_a_role_tell_it(story: Telling, as_: As) -> None:
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    day = timezone.localdate()
    said = f"{day.day} {day:%b %Y}"
    reader = as_(story.people["ines"])
    board = reader.get("/bets/").content.decode()
    link = f'<a href="/products/{story.product.slug}/gates/1/">Go</a>, {said}'
    assert link in board
    assert "waits</small>" not in board
    team.wear(story.by("ines"), ["product-manager"])
    page = "/learn/questions/"
    assert (
        f"Nothing waits. The last decision was “Go”, on {said}."
        in reader.get(page).content.decode()
    )
    story.ask(Stage.DEVELOPMENT)
    waits = reader.get(page).content.decode()
    assert f"“May it be built?” waits since {said}. The last decision was “Go”" in waits
    assert f'href="/products/{story.product.slug}/gates/2/"' in waits
    assert "May it be built?</a> waits</small>" in reader.get("/bets/").content.decode()
