"""The tree of goals: no goal under itself, nothing dropped that carries something."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from examples import ABOUT

from sextant_server.accounts.acting import OPERATOR, Acting
from sextant_server.accounts.models import User
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.products import actions as products
from sextant_server.products.models import Product
from sextant_server.strategy.opportunities import actions
from sextant_server.strategy.opportunities.actions import GoalSaid
from sextant_server.strategy.opportunities.graphs import way
from sextant_server.strategy.opportunities.models import Goal

As = Callable[[User | None], Client]


@pytest.fixture
def by(member: User) -> Acting:
    return Acting(user=member)


@pytest.fixture
def line_of(by: Acting) -> list[Goal]:
    """A vision, a goal under it, an outcome under that."""
    found: list[Goal] = []
    for kind, text in (("vision", "Nobody waits"), ("goal", "Answer fast"), ("outcome", "7 days")):
        parent = found[-1] if found else None
        found.append(actions.add_goal(by, GoalSaid(kind, text, f"{text}, counted", parent)))
    return found


def test_only_members_write(stranger: User, line_of: list[Goal]) -> None:
    said = GoalSaid("goal", "Other")
    for who in (Acting(user=stranger), Acting(), OPERATOR):
        for attempt in (
            lambda who: actions.add_goal(who, said),
            lambda who: actions.change_goal(who, line_of[0], said, 1),
            lambda who: actions.drop_goal(who, line_of[2], 1),
        ):
            with pytest.raises(NotAllowed):
                attempt(who)
    assert Goal.objects.count() == 3


def test_the_same_goal_is_kept_once(by: Acting, line_of: list[Goal]) -> None:
    said = GoalSaid("outcome", "7 days", "7 days, counted", line_of[1])
    assert actions.add_goal(by, said) == line_of[2]


def test_a_goal_does_not_stand_under_itself(by: Acting, line_of: list[Goal]) -> None:
    vision, goal, outcome = line_of
    said = GoalSaid("vision", "Nobody waits", "", outcome)
    with pytest.raises(Invalid) as refused:
        actions.change_goal(by, vision, said, 1)
    assert refused.value.field == "parent"
    assert "“Nobody waits” under “7 days” under “Answer fast” under “Nobody waits”" in str(
        refused.value
    )
    with pytest.raises(Invalid, match="leads back"):
        actions.change_goal(by, goal, replace(said, parent=goal), 1)
    moved = actions.change_goal(by, outcome, GoalSaid("outcome", "7 days", "", vision), 1)
    assert (moved.parent, moved.version) == (vision, 2)


def test_an_old_page_changes_nothing(by: Acting, line_of: list[Goal]) -> None:
    actions.change_goal(by, line_of[2], GoalSaid("outcome", "6 days", "", line_of[1]), 1)
    for attempt in (
        lambda: actions.change_goal(by, line_of[2], GoalSaid("outcome", "5 days"), 1),
        lambda: actions.drop_goal(by, line_of[2], 1),
    ):
        with pytest.raises(Conflict, match="Somebody else changed"):
            attempt()


def test_what_carries_something_stays(
    by: Acting, line_of: list[Goal], product: Product, team: dict[str, User]
) -> None:
    from sextant_server.strategy.opportunities.contents import Serves

    with pytest.raises(Conflict, match="1 goals stand under it and 0 products serve it"):
        actions.drop_goal(by, line_of[1], 1)
    serves = Serves(line_of[2], 3, "recall")
    row = actions.add(Acting(user=team["owner"]), product, serves)
    with pytest.raises(Conflict, match="0 goals stand under it and 1 products serve it"):
        actions.drop_goal(by, line_of[2], 1)
    actions.drop(Acting(user=team["owner"]), row, 1)
    actions.drop_goal(by, line_of[2], 1)
    actions.drop_goal(by, line_of[2], 1)
    assert Goal.objects.count() == 2
    with pytest.raises(Conflict, match="has dropped this goal"):
        actions.change_goal(by, line_of[2], GoalSaid("goal", "x"), 1)


@pytest.mark.parametrize("wrong", [{"kind": "wish"}, {"text": " "}, {"text": "x" * 201},
                                   {"metric": "x" * 161}])  # fmt: skip
def test_a_goal_that_cannot_be(by: Acting, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        actions.add_goal(by, replace(GoalSaid("goal", "Answer"), **wrong))  # type: ignore[arg-type]
    assert refused.value.field == next(iter(wrong))


def test_the_shortest_way() -> None:
    edges = [(1, 2), (2, 3), (3, 4), (1, 4), (4, 1), (5, 5)]
    assert way(edges, 1, 4) == [1, 4]
    assert way(edges, 2, 1) == [2, 3, 4, 1]
    assert way(edges, 4, 5) == []
    assert way(edges, 5, 5) == [5]


def test_the_page_pairs_both_numbers_and_lists_who_serves_nothing(
    as_: As, by: Acting, line_of: list[Goal], product: Product, team: dict[str, User]
) -> None:
    from sextant_server.strategy.opportunities.contents import Serves

    browser = as_(team["owner"])
    text = browser.get("/bets/goals/").content.decode()
    assert "1 product serves no goal." in text
    actions.add(Acting(user=team["owner"]), product, Serves(line_of[2], 3, "recall >= 0.8"))
    text = browser.get("/bets/goals/").content.decode()
    assert "Every product serves a goal." in text
    for words in ("7 days, counted", "recall &gt;= 0.8", 'class="deep-2"', "directly"):
        assert words in text, words
    hidden = replace(ABOUT, name="Hidden thing", is_open=False)
    closed = products.begin(Acting(user=team["owner"]), hidden)
    actions.add(Acting(user=team["owner"]), closed, Serves(line_of[1], 1, "f1"))
    assert "Hidden thing" in browser.get("/bets/goals/").content.decode()
    assert "Hidden thing" not in as_(team["viewer"]).get("/bets/goals/").content.decode()


def test_goals_by_forms(as_: As, member: User, line_of: list[Goal]) -> None:
    browser = as_(member)
    sent = {"kind": "goal", "text": "Fewer errors", "metric": "errors", "parent": line_of[0].pk}
    assert browser.post("/bets/goals/", sent).status_code == 302
    base = f"/bets/goals/{line_of[0].pk}/"
    circle = browser.post(base, {"kind": "vision", "text": "Nobody waits", "version": "1",
                                 "parent": line_of[2].pk})  # fmt: skip
    assert circle.status_code == 422
    assert "leads back to where it began" in circle.content.decode()
    assert browser.post(base, {"kind": "vision", "text": "Nobody waits long",
                               "version": "1"}).status_code == 302  # fmt: skip
    browser.post(f"{base}drop/", {"version": "2"}, follow=True)
    assert Goal.objects.filter(pk=line_of[0].pk).exists()
    browser.post(f"/bets/goals/{line_of[2].pk}/drop/", {"version": "1"})
    assert not Goal.objects.filter(pk=line_of[2].pk).exists()


def test_a_guest_reads_none(as_: As, stranger: User, line_of: list[Goal]) -> None:
    text = as_(stranger).get("/bets/goals/").content.decode()
    assert "Goals are open to members." in text
    assert "Nobody waits" not in text
    sent = as_(stranger).post("/bets/goals/", {"kind": "goal", "text": "Mine"})
    assert sent.status_code == 422
    assert as_(stranger).get(f"/bets/goals/{line_of[0].pk}/").status_code == 403


def test_markup_is_text(as_: As, member: User, by: Acting) -> None:
    evil = "<script>alert(1)</script>"
    made = actions.add_goal(by, GoalSaid("goal", evil, evil))
    for page in ("/bets/goals/", f"/bets/goals/{made.pk}/"):
        assert evil not in as_(member).get(page).content.decode()


def test_a_deep_tree_costs_what_a_flat_one_costs(
    as_: As, member: User, by: Acting, django_assert_max_num_queries: Any
) -> None:
    parent = None
    for number in range(40):
        parent = actions.add_goal(by, GoalSaid("goal", f"Goal {number}", "", parent))
    browser = as_(member)
    with django_assert_max_num_queries(8):
        assert browser.get("/bets/goals/").content.decode().count("deep-5") == 35
