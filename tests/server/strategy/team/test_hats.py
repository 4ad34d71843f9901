"""Hats: chosen by oneself, as many as one likes; they give questions and no right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from sextant.strategy.lifecycles import RECORDS
from sextant.strategy.literacy import lessons, roles
from sextant_server.accounts import actions as accounts
from sextant_server.accounts.acting import OPERATOR, Acting
from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.core.errors import Invalid, NotAllowed
from sextant_server.demo.telling import Telling
from sextant_server.products.models import Product
from sextant_server.strategy.team import actions, queries
from sextant_server.strategy.team.records import PAGES

As = Callable[[User | None], Client]
TODAY = date(2026, 11, 25)


def test_one_person_may_wear_them_all(as_: As, stranger: User) -> None:
    answer = as_(stranger).post("/learn/roles/", {"roles": list(roles())})
    assert answer["Location"] == "/learn/questions/"
    assert len(queries.hats_of(stranger)) == len(roles())
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.subject) == ("hats.changed", f"person:{stranger.pk}")


def test_a_form_without_a_hat_takes_all_off(as_: As, member: User) -> None:
    actions.wear(Acting(user=member), ["designer", "support"])
    as_(member).post("/learn/roles/", {})
    assert queries.hats_of(member) == ()
    assert (
        "You have not said which hats you wear."
        in as_(member).get("/learn/questions/").content.decode()
    )


def test_wearing_the_same_again_leaves_no_trace(member: User) -> None:
    actions.wear(Acting(user=member), ["designer"])
    count = Entry.objects.count()
    assert actions.wear(Acting(user=member), ["designer", "designer"]) == 0
    assert Entry.objects.count() == count


def test_a_hat_that_is_not_known_is_refused(as_: As, member: User) -> None:
    with pytest.raises(Invalid, match="There is no role 'wizard'"):
        actions.wear(Acting(user=member), ["wizard"])
    assert as_(member).post("/learn/roles/", {"roles": ["wizard"]}).status_code == 422


def test_nobody_and_a_closed_account_wear_none(member: User) -> None:
    with pytest.raises(NotAllowed):
        actions.wear(Acting(), ["designer"])
    accounts.deactivate(OPERATOR, member.pk)
    member.refresh_from_db()
    with pytest.raises(NotAllowed, match="closed"):
        actions.wear(Acting(user=member), ["designer"])


def test_a_hat_gives_its_questions_answered_for_ones_own_products(
    as_: As, story: Telling, member: User
) -> None:
    ines = story.people["ines"]
    actions.wear(story.by("ines"), ["product-manager", "ethics"])
    said = as_(ines).get("/learn/questions/").content.decode()
    assert "Do we keep what we promised?" in said
    assert f'href="/products/{story.product.slug}/evidence/"' in said
    assert "None decides under a locked contract." in said
    assert "Where must I speak" in as_(ines).get("/learn/questions/?hat=ethics").content.decode()
    assert "Do we keep" in as_(ines).get("/learn/questions/?hat=support").content.decode()
    actions.wear(Acting(user=member), ["product-manager"])
    assert story.product.name not in as_(member).get("/learn/questions/").content.decode()


def test_a_product_that_is_no_longer_his_leaves_his_questions(story: Telling) -> None:
    actions.wear(story.by("vera"), ["stakeholder"])
    assert queries.home(story.people["vera"], TODAY).answered[0].places
    story.product.memberships.filter(user=story.people["vera"]).delete()
    Product.objects.filter(pk=story.product.pk).update(is_open=False)
    assert not queries.home(story.people["vera"], TODAY).answered[0].places


def test_every_question_and_every_lesson_leads_to_a_page_that_exists() -> None:
    assert set(PAGES) == set(RECORDS)
    for _, route in PAGES.values():
        assert reverse(route, args=["x"])
    for role in roles().values():
        assert all(reverse(asked.page) for asked in role.asks if asked.page)
    assert all(reverse(lesson.page, args=["x"]) for lesson in lessons().values())
