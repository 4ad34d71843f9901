"""While people answer, nobody sees another's answer: no page, no API, no log, no administrator."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.core.errors import Conflict, NotAllowed
from sextant_server.strategy.assessments import actions, queries
from sextant_server.strategy.assessments.actions import Said
from sextant_server.strategy.assessments.board import board
from sextant_server.strategy.assessments.models import Answer, FrameworkVersion

pytestmark = pytest.mark.django_db
SECRET = "because of the otters in the harbour"


@pytest.fixture
def blind(framework: FrameworkVersion, table):
    held = table.begin("fit", "dana", "rui")
    return table.answer(held, "dana", need=Said(level="high", why=SECRET), note=Said(text=SECRET))


def test_no_page_shows_it_to_anybody_else(
    blind, table, admin: User, as_: Callable[[User | None], Client]
) -> None:
    base = f"/products/{table.product.slug}/"
    pages = ("bet/assessments/", "bet/assessments/fit/", "bet/risks/", "history/", "")
    for who in ("ines", "bruno", "rui", "vera"):
        browser = as_(table.story.people[who])
        for page in pages:
            assert SECRET not in browser.get(base + page).content.decode()
    browser = as_(admin)
    for page in (*(base + page for page in pages), "/audit/", "/today/"):
        shown = browser.get(page)
        assert shown.status_code == 200
        assert SECRET not in shown.content.decode()
    mine = as_(table.story.people["dana"]).get(f"{base}bet/assessments/fit/")
    assert SECRET in mine.content.decode()


def test_the_log_says_how_many_answers_and_not_which(blind) -> None:
    told = Entry.objects.filter(subject=blind.subject)
    assert {one.action for one in told} == {
        "assessment.begun", "assessment.asked", "assessment.answered", "assessment.handed_in",
    }  # fmt: skip
    assert told.get(action="assessment.answered").details["answers"] == 2
    for one in told:
        assert SECRET not in one.detail
        assert "need" not in one.detail
        assert "high" not in one.detail


def test_no_query_gives_it_away(blind, table) -> None:
    today = timezone.now().date()
    one = table.standing()
    assert (one.state, one.verdict, one.outcome, one.grade) == ("blind", "undecided", "", "")
    (frozen,) = queries.frozen(table.product.pk, today)
    assert frozen["answers"] == []
    assert SECRET not in str(frozen)
    assert board(table.product, today, table.story.people["ines"]).answers == {}
    seen = board(table.product, today, table.story.people["dana"]).answers
    assert len(seen[blind.pk]) == 2


def test_the_last_to_hand_in_uncovers_it(blind, table) -> None:
    table.answer(blind, "ines", need="low")
    assert blind.blind
    table.answer(blind, "rui", need="middle")
    assert not blind.blind
    assert blind.uncovered_by is None
    entry = Entry.objects.get(action="assessment.uncovered")
    assert entry.details["answers"] == 4
    assert entry.details["by_itself"] is True


def test_who_keeps_without_handing_in_is_waited_for(blind, table) -> None:
    table.answer(blind, "ines", need="low")
    table.answer(blind, "rui", done=False, need="middle")
    assert blind.blind
    assert [one.what for one in queries.waiting(table.story.people["rui"], table.today)] == [
        "assessment"
    ]
    assert queries.waiting(table.story.people["ines"], table.today) == []


def test_whose_account_is_closed_is_not_waited_for(blind, table) -> None:
    table.answer(blind, "ines", need="low")
    rui = table.story.people["rui"]
    rui.is_active = False
    rui.save()
    table.answer(blind, "ines")
    assert not blind.blind


def test_only_who_may_settle_uncovers_it_early(blind, table) -> None:
    for who in ("tara", "dana", "rui", "ann", "vera"):
        with pytest.raises(NotAllowed):
            actions.uncover(table.story.by(who), blind, blind.version)
    held = actions.uncover(table.story.by("bruno"), blind, blind.version)
    assert held.uncovered_by == table.story.people["bruno"]
    with pytest.raises(Conflict, match="already"):
        actions.uncover(table.story.by("ines"), blind, held.version)


def test_an_administrator_without_a_part_cannot_uncover_it(blind, admin: User) -> None:
    from sextant_server.accounts.acting import Acting

    with pytest.raises(NotAllowed):
        actions.uncover(Acting(user=admin), blind, blind.version)


def test_there_is_nothing_to_uncover_before_somebody_answers(
    framework: FrameworkVersion, table
) -> None:
    held = table.begin("fit", "dana")
    with pytest.raises(Conflict, match="Nobody has answered"):
        actions.uncover(table.story.by("ines"), held, held.version)


def test_once_uncovered_all_see_all(blind, table, as_: Callable[[User | None], Client]) -> None:
    actions.uncover(table.story.by("ines"), blind, blind.version)
    page = f"/products/{table.product.slug}/bet/assessments/fit/"
    assert SECRET in as_(table.story.people["vera"]).get(page).content.decode()
    assert Answer.objects.filter(assessment=blind).count() == 2
