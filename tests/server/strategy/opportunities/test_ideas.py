"""Ideas: they come in, are kept or declined with a reason, wait, or become a product."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from examples import ABOUT

from sextant_server.accounts import actions as accounts
from sextant_server.accounts.acting import OPERATOR, Acting
from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.products.models import Part, Product
from sextant_server.products.queries import parts_of
from sextant_server.strategy.opportunities import actions, queries
from sextant_server.strategy.opportunities.actions import IdeaSaid
from sextant_server.strategy.opportunities.models import Idea, IdeaState

As = Callable[[User | None], Client]
SAID = IdeaSaid("We want a chatbot like our competitors", "People wait 40 minutes on the line.")
FORM = {"name": "Support answers", "ai_type": "generation", "automation": "reviewed",
        "risk": "limited", "problem": "People wait.", "is_open": "on"}  # fmt: skip


@pytest.fixture
def idea(member: User) -> Idea:
    return actions.add_idea(Acting(user=member), SAID)


def test_a_member_has_an_idea_once(member: User, admin: User) -> None:
    first = actions.add_idea(Acting(user=member), SAID)
    assert actions.add_idea(Acting(user=member), SAID) == first
    assert actions.add_idea(Acting(user=admin), SAID) != first
    assert Idea.objects.count() == 2
    assert Entry.objects.filter(action="idea.added").count() == 2


def test_only_members_do_anything(stranger: User, idea: Idea) -> None:
    before = Entry.objects.count()
    for by in (Acting(user=stranger), Acting(), OPERATOR):
        for attempt in (
            lambda by: actions.add_idea(by, SAID),
            lambda by: actions.keep(by, idea, "later", 1),
            lambda by: actions.decline(by, idea, "no", 1),
            lambda by: actions.make_bet(by, idea, ABOUT, 1),
        ):
            with pytest.raises(NotAllowed):
                attempt(by)
    assert Entry.objects.count() == before
    assert not Product.objects.exists()


def test_an_idea_needs_a_sentence_and_a_verdict_a_reason(member: User, idea: Idea) -> None:
    by = Acting(user=member)
    for text in ("  ", "x" * 301):
        with pytest.raises(Invalid) as refused:
            actions.add_idea(by, IdeaSaid(text))
        assert refused.value.field == "text"
    with pytest.raises(Invalid, match="Say why") as refused:
        actions.decline(by, idea, " ", 1)
    assert refused.value.field == "reason"


def test_what_becomes_of_it(member: User, admin: User, idea: Idea) -> None:
    kept = actions.keep(Acting(user=admin), idea, "after the move", 1)
    assert (kept.state, kept.reason, kept.version) == (IdeaState.KEPT, "after the move", 2)
    assert actions.keep(Acting(user=admin), idea, "after the move", 1).version == 2
    with pytest.raises(Conflict, match="Somebody else changed"):
        actions.decline(Acting(user=member), idea, "no", 1)
    declined = actions.decline(Acting(user=member), idea, "no need", 2)
    assert (declined.state, declined.looked_by) == (IdeaState.DECLINED, member)


def test_it_becomes_one_product(member: User, admin: User, idea: Idea) -> None:
    product = actions.make_bet(Acting(user=member), idea, ABOUT, 1)
    assert actions.make_bet(Acting(user=member), idea, ABOUT, 1) == product
    assert parts_of(member, product) == {Part.OWNER}
    assert product.stage == "opportunity"
    idea.refresh_from_db()
    assert (idea.state, idea.product) == (IdeaState.PRODUCT, product)
    for by, version in ((admin, 1), (member, 2), (admin, 2)):
        with pytest.raises(Conflict, match="has become a product already"):
            actions.make_bet(Acting(user=by), idea, ABOUT, version)
    with pytest.raises(Conflict, match="has become a product already"):
        actions.decline(Acting(user=member), idea, "no", 2)
    assert Product.objects.count() == 1


def test_a_product_that_cannot_begin_leaves_the_idea_as_it_was(member: User, idea: Idea) -> None:
    with pytest.raises(Invalid):
        actions.make_bet(Acting(user=member), idea, replace(ABOUT, name=" "), 1)
    idea.refresh_from_db()
    assert (idea.state, idea.version) == (IdeaState.NEW, 1)


def test_what_nobody_looked_at_is_asked_about(member: User, idea: Idea) -> None:
    today = timezone.localdate()
    rows = queries.ideas_for(member)
    waiting = lambda on: list(queries.unreviewed(rows, on))  # noqa: E731
    assert waiting(today + timedelta(days=89)) == []
    assert waiting(today + timedelta(days=92)) == [idea]
    actions.keep(Acting(user=member), idea, "later", 1)
    assert waiting(today + timedelta(days=90)) == []
    assert waiting(today + timedelta(days=91)) == [idea]
    actions.decline(Acting(user=member), idea, "no", 2)
    assert waiting(today + timedelta(days=400)) == []


def test_the_inbox_says_how_each_is_put(as_: As, member: User) -> None:
    browser = as_(member)
    answer = browser.post("/bets/ideas/", {"text": SAID.text, "problem": SAID.problem})
    idea = Idea.objects.get()
    assert answer["Location"] == idea.get_absolute_url()
    listed = browser.get("/bets/ideas/").content.decode()
    assert "1 idea is open." in listed
    assert "That names a thing to build" in listed
    one = browser.get(idea.get_absolute_url()).content.decode()
    for words in ("By how much, at least", "reduce customer support costs by 30 %",
                  "A competitor is the reason", "Nobody has said how it is done"):  # fmt: skip
        assert words in one, words


def test_an_idea_becomes_a_bet_by_forms(as_: As, member: User, idea: Idea) -> None:
    browser, base = as_(member), idea.get_absolute_url()
    shown = browser.get(f"{base}bet/").content.decode()
    assert "People wait 40 minutes on the line." in shown
    refused = browser.post(f"{base}bet/", {**FORM, "version": "1", "name": ""})
    assert refused.status_code == 422
    answer = browser.post(f"{base}bet/", {**FORM, "version": "1"})
    assert answer["Location"] == "/products/support-answers/bet/"
    text = browser.get(answer["Location"]).content.decode()
    assert f"It began with: “{SAID.text}”" in text
    assert "Which problem" not in text
    assert browser.post(f"{base}bet/", {**FORM, "version": "1"}).status_code == 302
    assert Product.objects.count() == 1
    assert "It has become a product: " in browser.get(base).content.decode().replace(
        "It has become \na", "It has become a"
    )
    assert "became a product." in browser.get("/bets/ideas/?view=product").content.decode()


def test_it_is_kept_or_declined_by_forms(as_: As, member: User, idea: Idea) -> None:
    browser, base = as_(member), idea.get_absolute_url()
    refused = browser.post(f"{base}judge/keep/", {"version": "1", "reason": ""})
    assert refused.status_code == 422
    assert browser.post(f"{base}judge/x/", {"version": "1", "reason": "y"}).status_code == 404
    browser.post(f"{base}judge/keep/", {"version": "1", "reason": "after the move"})
    assert "Kept for later by Member on" in browser.get(base).content.decode()
    stale = browser.post(f"{base}judge/decline/", {"version": "1", "reason": "no need"})
    assert stale.status_code == 422
    assert "no need" in stale.content.decode()
    browser.post(f"{base}judge/decline/", {"version": "2", "reason": "no need"})
    assert "no need" in browser.get("/bets/ideas/?view=declined").content.decode()


def test_a_guest_reads_none(as_: As, stranger: User, idea: Idea) -> None:
    browser = as_(stranger)
    text = browser.get("/bets/ideas/").content.decode()
    assert "Ideas are open to members." in text
    assert SAID.text not in text
    assert browser.get(idea.get_absolute_url()).status_code == 404
    sent = browser.post("/bets/ideas/", {"text": "An idea"})
    assert sent.status_code == 422
    assert Idea.objects.count() == 1


def test_whoever_is_gone_is_shown_as_gone(as_: As, admin: User, member: User, idea: Idea) -> None:
    actions.keep(Acting(user=member), idea, "later", 1)
    accounts.deactivate(OPERATOR, member.pk)
    text = as_(admin).get(idea.get_absolute_url()).content.decode()
    assert text.count("Member (account closed)") == 2
    assert "Member (account closed)" in as_(admin).get("/bets/ideas/").content.decode()
    with pytest.raises(NotAllowed):
        actions.keep(Acting(user=User.objects.get(pk=member.pk)), idea, "again", 2)


def test_a_closed_product_is_not_named(as_: As, member: User, make_user: Any, idea: Idea) -> None:
    about = replace(ABOUT, name="Hidden thing", is_open=False)
    actions.make_bet(Acting(user=member), idea, about, 1)
    text = as_(make_user("other")).get(idea.get_absolute_url()).content.decode()
    assert "Hidden thing" not in text
    assert "not open to you" in text


def test_markup_is_text(as_: As, member: User) -> None:
    evil = "<script>alert(1)</script>"
    browser = as_(member)
    sent = {"text": evil, "problem": evil, "affected": evil, "today": evil}
    base = browser.post("/bets/ideas/", sent)["Location"]
    browser.post(f"{base}judge/keep/", {"version": "1", "reason": evil})
    for page in (base, f"{base}bet/", "/bets/ideas/"):
        assert evil not in browser.get(page).content.decode(), page


def test_pages_cost_few_queries(
    as_: As, member: User, admin: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        made = actions.add_idea(
            Acting(user=(member, admin)[number % 2]), IdeaSaid(f"Idea {number}")
        )
    browser = as_(member)
    for page in ("/bets/ideas/", made.get_absolute_url(), f"{made.get_absolute_url()}bet/"):
        with django_assert_max_num_queries(12):
            assert browser.get(page).status_code == 200
