"""Skills: said by oneself, confirmed by another, needed by products; three answers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product as every

import pytest
from django.test import Client

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.demo.telling import Telling
from sextant_server.products.models import Part
from sextant_server.strategy.team import actions, queries
from sextant_server.strategy.team.gaps import Said, of_role, of_skill
from sextant_server.strategy.team.models import Level, Need

As = Callable[[User | None], Client]
EVIL = "<script>alert(1)</script>"


def test_every_combination_of_two_people_has_its_answer() -> None:
    levels = ("", "none", "follows", "able", "leads")
    for first, second in every(levels, repeat=2):
        gap = of_skill("able", [Said("Ann", first), Said("Ben", second)])
        reached = {first, second} & {"able", "leads"}
        silent = "" in (first, second)
        asked = "covered" if reached else "not said" if silent else "not covered"
        assert gap.state == asked, (first, second)
    assert of_skill("able", []).state == "not said"
    for first, second in every((frozenset(), frozenset({"legal"}), frozenset({"support"})),
                               repeat=2):  # fmt: skip
        role = of_role([("Ann", first), ("Ben", second)], "legal")
        worn, silent = "legal" in first | second, not (first and second)
        assert role.state == ("covered" if worn else "not said" if silent else "not covered")


@pytest.mark.parametrize(("states", "says"), [
    ("", "No product says what it needs of its people."),
    ("c", "Everything that is needed is covered."),
    ("cm", "Of two needs one is not covered."),
    ("cuu", "Of three needs two are not known to be covered."),
    ("u", "Of one need one is not known to be covered."),
    ("mmu", "Of three needs two are not covered, and one is not known to be."),
])  # fmt: skip
def test_the_headline_says_what_is_known_of_needs(
    story: Telling, as_: As, states: str, says: str
) -> None:
    for member in story.product.memberships.exclude(part="owner"):
        member.delete()
    actions.say(story.by("ines"), {"modelling": "able", "data-literacy": "able",
                                   "regulation": "none", "ai-concepts": "none"})  # fmt: skip
    keys = {"c": ["modelling", "data-literacy"], "m": ["regulation", "ai-concepts"],
            "u": ["experimentation", "ml-engineering"]}  # fmt: skip
    for state in states:
        skill = keys[state].pop()
        actions.state_need(story.by("ines"), story.product, "skill", skill, "able", "x")
    assert f"<h1>{says}</h1>" in as_(story.people["ines"]).get("/learn/skills/").content.decode()


def test_what_is_confirmed_is_named_before_what_is_believed() -> None:
    people = [Said("Ann", "leads"), Said("Ben", "able", confirmed=True)]
    assert of_skill("able", people).why == "Ben, confirmed by another."
    assert of_skill("leads", people).why == "Ann, believed."


def test_one_says_it_of_oneself_and_takes_it_back(as_: As, member: User) -> None:
    browser = as_(member)
    browser.post("/learn/skills/mine/", {"modelling": "able", "data-literacy": "none"})
    assert {key: one.level for key, one in queries.levels_of(member).items()} == {
        "modelling": "able", "data-literacy": "none",
    }  # fmt: skip
    count = Entry.objects.count()
    browser.post("/learn/skills/mine/", {"modelling": "able", "data-literacy": "none"})
    assert Entry.objects.count() == count, "sending it twice changes nothing"
    browser.post("/learn/skills/mine/", {"modelling": "able"})
    assert list(queries.levels_of(member)) == ["modelling"]


def test_another_confirms_it_and_a_new_word_takes_that_away(
    as_: As, story: Telling, stranger: User
) -> None:
    dana, ines = story.people["dana"], story.people["ines"]
    actions.say(story.by("dana"), {"modelling": "able"})
    page = f"/learn/skills/people/{dana.pk}/"
    as_(ines).post(page, {"skill": "modelling", "level": "able"})
    held = Level.objects.get(user=dana)
    assert held.confirmed_by == ines
    assert "confirmed by" in as_(ines).get(page).content.decode()
    actions.say(story.by("dana"), {"modelling": "leads"})
    assert Level.objects.get(user=dana).confirmed_by is None
    with pytest.raises(Conflict, match="says something else now"):
        actions.confirm(story.by("ines"), dana, "modelling", "able")
    with pytest.raises(NotAllowed, match="Nobody confirms his own"):
        actions.confirm(story.by("dana"), dana, "modelling", "leads")
    with pytest.raises(NotAllowed, match="Only a member"):
        actions.confirm(Acting(user=stranger), dana, "modelling", "leads")


@pytest.mark.parametrize(("levels", "says"), [
    ({"juggling": "able"}, "There is no skill 'juggling'"),
    ({"modelling": "godlike"}, "There is no level 'godlike'"),
])  # fmt: skip
def test_what_is_not_known_is_refused(member: User, levels: dict[str, str], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        actions.say(Acting(user=member), levels)


def test_a_person_without_a_product_that_one_sees_is_not_found(
    as_: As, member: User, stranger: User
) -> None:
    assert as_(member).get(f"/learn/skills/people/{stranger.pk}/").status_code == 404
    assert as_(member).get("/learn/skills/people/999999/").status_code == 404


@pytest.mark.parametrize("part", list(Part))
def test_who_may_state_what_a_product_needs(as_: As, story: Telling, part: Part) -> None:
    keys = {"owner": "ines", "business": "bruno", "technical": "tara", "contributor": "dana",
            "reviewer": "rui", "annotator": "ann", "viewer": "vera"}  # fmt: skip
    browser = as_(story.people[keys[part]])
    url = f"/products/{story.product.slug}/needs/"
    form = {"what": "skill:modelling", "level": "able", "why": f"The gap. {EVIL}"}
    answer = browser.post(url, form)
    allowed = part in ("owner", "business", "technical", "contributor")
    assert answer.status_code == (302 if allowed else 422)
    assert Need.objects.exists() == allowed
    if not allowed:
        story_need = actions.state_need(story.by("ines"), story.product, "role", "legal", "", "x")
        browser.post(f"{url}drop/", {"need": story_need.pk})
        assert Need.objects.exists()
        return
    said = browser.get(url).content.decode() + browser.get("/learn/skills/").content.decode()
    assert EVIL not in said
    assert "not said" in said
    need = Need.objects.get()
    assert browser.post(url, form).status_code == 302, "the same again is one need"
    assert browser.post(url, {**form, "level": "leads"}).status_code == 422
    assert Need.objects.count() == 1
    for _ in range(2):
        browser.post(f"{url}drop/", {"need": need.pk})
    assert not Need.objects.exists()


@pytest.mark.parametrize(("form", "says"), [
    ({"what": "skill:modelling", "level": "", "why": "x"}, "Say which level it takes"),
    ({"what": "role:legal", "level": "able", "why": "x"}, "A role has no level"),
    ({"what": "skill:modelling", "level": "able", "why": "  "}, "required"),
    ({"what": "skill:juggling", "level": "able", "why": "x"}, "not one of the available"),
    ({"what": "skill:modelling", "level": "able", "why": "y" * 301}, "at most 300"),
])  # fmt: skip
def test_a_refusal_keeps_what_was_typed(
    as_: As, story: Telling, form: dict[str, str], says: str
) -> None:
    answer = as_(story.people["ines"]).post(f"/products/{story.product.slug}/needs/", form)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert says in said
    assert form["why"].strip() in said
    assert not Need.objects.exists()


def test_a_need_of_a_product_that_one_does_not_see_is_not_listed(
    as_: As, story: Telling, stranger: User
) -> None:
    actions.state_need(story.by("ines"), story.product, "role", "legal", "", "It decides.")
    assert "It decides." in as_(story.people["vera"]).get("/learn/skills/").content.decode()
    assert "It decides." not in as_(stranger).get("/learn/skills/").content.decode()
