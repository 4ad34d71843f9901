"""The pages of products: the form, the people, lenses, and what is escaped."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from examples import ABOUT

from sextant_server.accounts import actions as accounts
from sextant_server.accounts.acting import OPERATOR, Acting
from sextant_server.accounts.models import User
from sextant_server.core.errors import Invalid
from sextant_server.demo.telling import Telling
from sextant_server.products import actions, queries
from sextant_server.products.models import Membership, Part, Product

As = Callable[[User | None], Client]
FORM: dict[str, Any] = {
    "name": "Fraud check", "ai_type": "classification", "automation": "alone", "risk": "high",
    "metric": "fraud losses per month", "baseline": "100", "target": "70", "due": "2027-06-30",
    "problem": "Fraud is found too late.", "affected": "customers", "is_open": "on",
}  # fmt: skip


def test_a_product_is_begun_by_a_form(as_: As, member: User) -> None:
    answer = as_(member).post("/products/new/", FORM)
    assert answer["Location"] == "/products/fraud-check/"
    product = Product.objects.get()
    assert product.outcome == "fraud losses per month: from 100 to 70 by 30 Jun 2027"
    assert as_(member).get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    "metric",
    ["Build a chatbot", "build an AI assistant", "Launch our recommender", "use a model"],
)
def test_a_feature_is_no_outcome(as_: As, member: User, metric: str) -> None:
    answer = as_(member).post("/products/new/", {**FORM, "metric": metric})
    assert answer.status_code == 422
    assert "Name what shall change" in answer.content.decode()


@pytest.mark.parametrize("metric", ["cost of building a house", "model use per day", "User errors"])
def test_an_outcome_may_speak_of_building(as_: As, member: User, metric: str) -> None:
    assert as_(member).post("/products/new/", {**FORM, "metric": metric}).status_code == 302


def test_half_an_outcome_is_none(as_: As, member: User) -> None:
    answer = as_(member).post("/products/new/", {**FORM, "due": ""})
    assert "from what, to what, by when" in answer.content.decode()
    same = as_(member).post("/products/new/", {**FORM, "target": "100"})
    assert "Nothing would change" in same.content.decode()


def test_the_problem_is_pinned_to_every_page(as_: As, story: Telling) -> None:
    browser = as_(story.people["vera"])
    for page in ("", "people/", "sources/", "contracts/", "evidence/", "gates/", "history/"):
        said = browser.get(f"/products/{story.product.slug}/{page}").content.decode()
        assert ABOUT.problem in said, page
        assert "from 1,000 to 500 by 31 Mar 2027" in said, page
        assert 'aria-current="step"' in said, page


def test_markup_in_every_field_is_text(as_: As, member: User) -> None:
    evil = "<script>alert(1)</script>"
    form = {**FORM, "name": evil, "problem": evil, "affected": evil, "metric": evil}
    slug = as_(member).post("/products/new/", form)["Location"].split("/")[2]
    for page in (f"/products/{slug}/", f"/products/{slug}/edit/", "/products/", "/today/",
                 f"/products/{slug}/history/", f"/products/{slug}/people/"):  # fmt: skip
        said = as_(member).get(page).content.decode()
        assert evil not in said, page


def test_lenses_show_the_same_products_by_other_names(as_: As, story: Telling) -> None:
    browser, name = as_(story.people["ines"]), story.product.name
    for stage, step in (("opportunity", "strategy"), ("scoping", "discovery"),
                        ("development", "delivery"), ("launch", "delivery"),
                        ("operations", "delivery")):  # fmt: skip
        Product.objects.filter(pk=story.product.pk).update(stage=stage)
        for other in ("strategy", "discovery", "delivery"):
            said = browser.get(f"/products/?lens=pom&step={other}").content.decode()
            assert (name in said) == (other == step), (stage, other)


def test_a_list_counts_each_step_and_names_the_stage_by_the_life_cycle(
    as_: As, story: Telling
) -> None:
    Product.objects.filter(pk=story.product.pk).update(stage="development")
    said = as_(story.people["ines"]).get("/products/?lens=crisp-dm").content.decode()
    assert "Data preparation, Modelling, Evaluation" in said
    assert "Deployment 0</a>" in said
    assert "Modelling 1</a>" in said


@pytest.mark.parametrize("query", ["lens=nonsense", "step=nonsense", "lens=pom&step=launch"])
def test_what_no_life_cycle_knows_shows_every_product(as_: As, story: Telling, query: str) -> None:
    said = as_(story.people["ines"]).get(f"/products/?{query}").content.decode()
    assert story.product.name in said


def test_a_retired_product_has_left_every_step(as_: As, story: Telling) -> None:
    Product.objects.filter(pk=story.product.pk).update(stage="retired")
    said = as_(story.people["ines"]).get("/products/?lens=pom").content.decode()
    assert ">Retired<" in said


def test_gaps_are_named(as_: As, story: Telling) -> None:
    accounts.deactivate(OPERATOR, story.people["bruno"].pk)
    said = as_(story.people["ines"]).get(f"/products/{story.product.slug}/people/").content.decode()
    assert "Nobody signs for the business" in said


def test_parts_are_given_and_taken_by_forms(as_: As, story: Telling, member: User) -> None:
    browser, url = as_(story.people["ines"]), f"/products/{story.product.slug}/people/"
    browser.post(url, {"user": member.pk, "part": "contributor"})
    assert queries.parts_of(member, story.product) == {Part.CONTRIBUTOR}
    browser.post(f"{url}take/", {"user": member.pk, "part": "contributor"})
    assert not queries.parts_of(member, story.product)


def test_a_closed_product_is_seen_by_its_people_alone(
    as_: As, story: Telling, member: User
) -> None:
    url = f"/products/{story.product.slug}/"
    assert as_(member).get(url).status_code == 200
    actions.edit(story.by("ines"), story.product, replace(ABOUT, is_open=False), 1)
    assert as_(member).get(url).status_code == 404
    assert story.product.name not in as_(member).get("/products/").content.decode()
    assert as_(story.people["vera"]).get(url).status_code == 200


def test_all_people_are_set_at_once(story: Telling, member: User) -> None:
    wanted = [("member@example.org", "owner"), ("member@example.org", "business")]
    actions.set_people(story.by("ines"), story.product, wanted)
    held = Membership.objects.filter(product=story.product).values_list("user__email", "part")
    assert sorted(held) == sorted(wanted)
    with pytest.raises(Invalid, match="no such account"):
        actions.set_people(Acting(user=member), story.product, [("nobody@example.org", "owner")])
    with pytest.raises(Invalid, match="exactly one owner"):
        actions.set_people(Acting(user=member), story.product, [("member@example.org", "viewer")])


def test_pages_cost_few_queries(as_: As, story: Telling, django_assert_max_num_queries) -> None:
    browser = as_(story.people["ines"])
    for page, most in (("", 24), ("people/", 12), ("edit/", 12), ("history/", 12)):
        with django_assert_max_num_queries(most):  # a bet's page says what its gate lacks
            assert browser.get(f"/products/{story.product.slug}/{page}").status_code == 200
    with django_assert_max_num_queries(12):
        browser.get("/products/")
