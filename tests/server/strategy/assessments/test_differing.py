"""Where people differ the verdict stays open, until somebody settles it; dissent is kept."""

from collections.abc import Callable

import pytest
from django.test import Client

from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.strategy.assessments import actions
from sextant_server.strategy.assessments.actions import Said
from sextant_server.strategy.assessments.models import Answer, FrameworkVersion

pytestmark = pytest.mark.django_db
WHY = Said(level="middle", why="The survey was small, yet it points that way.")


@pytest.fixture
def differing(framework: FrameworkVersion, table):
    """Ines and Dana agree on the reach and differ on the need; it is uncovered."""
    held = table.begin("fit", "dana")
    wide = Said(low=2000, high=3000)
    table.answer(held, "ines", need=Said(level="high", why="They ask for it."), reach=wide)
    return table.answer(held, "dana", need=Said(level="low", why="Nobody asked."), reach=wide)


def page(table) -> str:
    return f"/products/{table.product.slug}/bet/assessments/fit/"


def test_the_verdict_is_open_exactly_where_the_difference_matters(differing, table) -> None:
    one = table.standing()
    assert (one.state, one.verdict) == ("compared", "undecided")
    assert one.deciders == ("need",)


def test_a_difference_that_changes_nothing_leaves_it_decided(
    framework: FrameworkVersion, table
) -> None:
    held = table.begin("fit", "dana")
    table.answer(held, "ines", need="high", reach=Said(low=2000, high=3000))
    table.answer(held, "dana", need="middle", reach=Said(low=2000, high=3000))
    one = table.standing()
    assert (one.state, one.verdict, one.outcome) == ("compared", "met", "fits")


def test_ranges_are_taken_together_and_never_averaged(framework: FrameworkVersion, table) -> None:
    held = table.begin("fit", "dana")
    table.answer(held, "ines", need="high", reach=Said(low=20, high=30))
    table.answer(held, "dana", need="high", reach=Said(low=5000, high=6000))
    assert table.standing().verdict == "undecided"


def test_the_page_puts_them_side_by_side(differing, table, as_: Callable) -> None:
    shown = as_(table.story.people["vera"]).get(page(table)).content.decode()
    assert "Where people differ" in shown
    assert shown.index("They ask for it.") < shown.index("Nobody asked.")
    assert "Settle it" not in shown
    assert "Settle it" in as_(table.story.people["ines"]).get(page(table)).content.decode()


def test_settling_decides_it_and_keeps_the_dissent(differing, table) -> None:
    row = actions.settle(table.story.by("ines"), differing, "need", WHY, differing.version)
    assert row.settles
    assert row.by == table.story.people["ines"]
    kept = Answer.objects.filter(pk__in=row.differed)
    assert {one.why for one in kept} == {"They ask for it.", "Nobody asked."}
    assert all(one.superseded_at is None for one in kept)
    one = table.standing()
    assert (one.state, one.verdict, one.outcome) == ("settled", "met", "fits")
    told = Entry.objects.get(action="assessment.settled").details
    assert (told["question"], told["against"]) == ("need", 2)


def test_settling_again_supersedes_what_was_settled(differing, table) -> None:
    by = table.story.by("ines")
    first = actions.settle(by, differing, "need", WHY, differing.version)
    differing.refresh_from_db()
    again = Said(level="low", why="The second survey says otherwise.")
    second = actions.settle(by, differing, "need", again, differing.version)
    first.refresh_from_db()
    assert first.superseded_at is not None
    assert second.superseded_at is None
    assert table.standing().verdict == "missed"


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (Said(level="middle"), "Say why"),
        (Said(why="because"), "Choose what shall count"),
        (Said(level="enormous", why="because"), "Choose one of its levels: low, middle, high"),
        (Said(level="middle", why="because", grade="measured"), "Measured is only"),
    ],
)
def test_settling_says_what_and_why(differing, table, said: Said, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        actions.settle(table.story.by("ines"), differing, "need", said, differing.version)


def test_only_owner_and_business_settle(differing, table) -> None:
    for who in ("tara", "dana", "rui", "ann", "vera"):
        with pytest.raises(NotAllowed):
            actions.settle(table.story.by(who), differing, "need", WHY, differing.version)
    actions.settle(table.story.by("bruno"), differing, "need", WHY, differing.version)


def test_nobody_settles_on_a_page_that_has_grown_old(differing, table) -> None:
    seen = differing.version
    table.answer(differing, "dana", need=Said(level="high", why="I was wrong."))
    with pytest.raises(Conflict, match="has changed since"):
        actions.settle(table.story.by("ines"), differing, "need", WHY, seen)


def test_nothing_is_settled_while_it_is_blind(framework: FrameworkVersion, table) -> None:
    held = table.begin("fit", "dana")
    with pytest.raises(Conflict, match="Uncover the answers first"):
        actions.settle(table.story.by("ines"), held, "need", WHY, held.version)


def test_who_changes_his_mind_in_the_open_keeps_what_he_said(differing, table) -> None:
    table.answer(differing, "dana", need=Said(level="high", why="I was wrong."))
    one = table.standing()
    assert (one.state, one.verdict) == ("settled", "met")
    rows = Answer.objects.filter(question="need", by=table.story.people["dana"])
    assert [row.why for row in rows] == ["Nobody asked.", "I was wrong."]
    told = Entry.objects.filter(action="assessment.answered").latest("sequence").details
    assert told["questions"] == ["need"]


def test_a_refused_settling_keeps_what_was_typed(differing, table, as_: Callable) -> None:
    browser: Client = as_(table.story.people["ines"])
    sent = {"version": 1, "level": "middle", "why": "written with care", "grade": ""}
    answer = browser.post(f"{page(table)}settle/need/", sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "written with care" in shown
    assert "has changed since" in shown


def test_settling_through_the_page(differing, table, as_: Callable[[User], Client]) -> None:
    browser = as_(table.story.people["ines"])
    sent = {"version": differing.version, "level": "middle", "why": "It points that way."}
    answer = browser.post(f"{page(table)}settle/need/", sent, follow=True)
    assert "“Need” is settled" in answer.content.decode()
    assert "It fits." in answer.content.decode()
