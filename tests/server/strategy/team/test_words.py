"""Words, lessons and outcomes: on own numbers, found by everyday words, escaped, in few queries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from examples import ABOUT, contract_text

from sextant.strategy.literacy import glossary, lessons
from sextant_server.accounts.models import User
from sextant_server.demo.telling import Telling
from sextant_server.products import actions as products
from sextant_server.products.models import Stage
from sextant_server.sources.models import Source
from sextant_server.strategy.team import actions
from sextant_server.strategy.team.urls import urlpatterns

As = Callable[[User | None], Client]
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def measured(story: Telling, source: Source) -> Telling:
    """A product with evidence that decides."""
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    text = contract_text("recall >= 0.5", "auc >= 0.6")
    text += f'names: {{rows: "people {EVIL}", positive: people who work}}\n'
    story.run(story.contract(text), source)
    return story


def test_a_word_is_shown_on_the_numbers_of_ones_own_product(as_: As, measured: Telling) -> None:
    said = as_(measured.people["vera"]).get("/learn/recall/").content.decode()
    assert "On your own numbers" in said
    assert "people who work it finds" in said
    assert "; n " in said
    said = as_(measured.people["vera"]).get("/learn/accuracy/").content.decode()
    assert EVIL not in said


def test_a_closed_product_shows_its_numbers_to_nobody_else(
    as_: As, measured: Telling, member: User
) -> None:
    slug = measured.product.slug
    assert "On your own numbers" in as_(member).get("/learn/recall/").content.decode()
    products.edit(measured.by("ines"), measured.product, replace(ABOUT, is_open=False), 1)
    said = as_(member).get(f"/learn/recall/?product={slug}").content.decode()
    assert "On your own numbers" not in said
    assert "These numbers are made up" in said
    assert measured.product.name not in said


@pytest.mark.parametrize("key", glossary())
def test_every_word_has_its_page(as_: As, stranger: User, key: str) -> None:
    said = as_(stranger).get(f"/learn/{key}/").content.decode()
    assert "An example" in said


@pytest.mark.parametrize("key", lessons())
def test_every_lesson_has_its_page(as_: As, story: Telling, key: str) -> None:
    said = as_(story.people["vera"]).get(f"/learn/lessons/{key}/").content.decode()
    assert "Do it on your own product" in said
    assert story.product.name in said


def test_no_word_hides_behind_a_page_of_the_section() -> None:
    pages = {str(one.pattern).split("/")[1] for one in urlpatterns if "learn/" in str(one.pattern)}
    assert not pages & set(glossary())


def test_words_are_found_by_what_people_say(as_: As, stranger: User) -> None:
    browser = as_(stranger)
    assert "/learn/recall/" in browser.get("/learn/?q=slips+through").content.decode()
    said = browser.get("/learn/", {"q": EVIL * 20}).content.decode()
    assert EVIL not in said
    assert "No word speaks of" in said
    for unknown in ("/learn/nonsense/", "/learn/lessons/nonsense/"):
        assert browser.get(unknown).status_code == 404


def test_evidence_and_product_explain_their_words_in_place(as_: As, measured: Telling) -> None:
    browser, base = as_(measured.people["vera"]), f"/products/{measured.product.slug}/"
    for url in (base, f"{base}evidence/1/"):
        said = browser.get(url).content.decode()
        assert '<details class="term"><summary>Verdict</summary>' in said, url
        assert EVIL not in said
    assert "people who work it finds" in browser.get(f"{base}evidence/1/").content.decode()


def test_a_word_that_is_not_in_the_glossary_breaks_the_page_that_shows_it() -> None:
    with pytest.raises(KeyError):
        Template('{% load ui %}{% term "wisdom" %}').render(Context())


def test_outcomes_are_owned_and_measured_not_tickets(as_: As, measured: Telling) -> None:
    vera, ines = measured.people["vera"], measured.people["ines"]
    said = as_(vera).get("/learn/outcomes/").content.decode()
    assert "One outcome is owned; one with every promise met." in said
    assert "from 1,000 to 500 by 31 Mar 2027" in said
    assert f"{ines.name} works for one outcome" in as_(vera).get(
        f"/learn/outcomes/?person={ines.pk}"
    ).content.decode()  # fmt: skip
    assert "One outcome" in as_(vera).get("/learn/outcomes/?person=nobody").content.decode()


def test_who_sees_no_product_sees_no_outcome_and_no_person(
    as_: As, measured: Telling, stranger: User
) -> None:
    for url in ("/learn/outcomes/", "/learn/skills/", "/learn/questions/", "/learn/life-cycles/"):
        said = as_(stranger).get(url).content.decode()
        assert measured.product.name not in said, url
        assert measured.people["ines"].name not in said, url


def test_every_page_takes_few_queries(
    as_: As, measured: Telling, django_assert_max_num_queries: Any
) -> None:
    browser, base = as_(measured.people["ines"]), f"/products/{measured.product.slug}/"
    actions.wear(measured.by("ines"), ["product-manager"])
    actions.say(measured.by("dana"), {"modelling": "able"})
    for key in ("modelling", "regulation"):
        actions.state_need(measured.by("ines"), measured.product, "skill", key, "able", "x")
    actions.state_need(measured.by("ines"), measured.product, "role", "legal", "", "x")
    dana = measured.people["dana"].pk
    for url in ("/learn/questions/", "/learn/", "/learn/recall/", "/learn/drift/",
                "/learn/lessons/",
                "/learn/lessons/how-sure/", "/learn/life-cycles/?people_use_it=yes",
                "/learn/roles/", "/learn/skills/", "/learn/skills/mine/", "/learn/outcomes/",
                f"/learn/skills/people/{dana}/", "/learn/reading/", f"{base}lens/crisp-dm/",
                f"{base}needs/", f"/learn/outcomes/?person={dana}"):  # fmt: skip
        weighs = url == "/learn/questions/" or "/lens/" in url  # these read what is known of bets
        with django_assert_max_num_queries(24 if weighs else 12):
            assert browser.get(url).status_code == 200, url
