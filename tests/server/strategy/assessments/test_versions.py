"""A framework that changes while somebody answers: the pinned one stays until it is begun anew."""

from collections.abc import Callable

import pytest
from django.test import Client
from strategy_frameworks import fit

from sextant_server.core.errors import Conflict, NotAllowed
from sextant_server.strategy.assessments import actions
from sextant_server.strategy.assessments.actions import Said
from sextant_server.strategy.assessments.models import Answer, Asked, Assessment

pytestmark = pytest.mark.django_db
WIDE = Said(low=2000, high=3000, why="counted")


@pytest.fixture
def newer(publish: Callable, table):
    """Answered under version 1; version 2 asks of the need in other words."""
    publish(fit())
    held = table.begin("fit", "dana")
    table.answer(held, "ines", need="high", reach=WIDE)
    table.answer(held, "dana", need="high", reach=WIDE)
    publish(fit(version=2, need="Do many people need it?"))
    held.refresh_from_db()
    return held


def test_the_pinned_version_stays(newer, table) -> None:
    table.answer(newer, "dana", need="middle")
    one = table.standing()
    assert (one.version, one.outcome) == (1, "fits")


def test_the_page_says_so(newer, table, as_: Callable) -> None:
    browser: Client = as_(table.story.people["dana"])
    shown = browser.get(f"/products/{table.product.slug}/bet/assessments/fit/").content.decode()
    assert "Version 2 of this framework was published since it was begun." in shown
    assert "Do people need it?" in shown
    assert "Do many people need it?" not in shown


def test_beginning_anew_carries_over_what_is_asked_alike(newer, table) -> None:
    made = actions.begin_anew(table.story.by("dana"), newer)
    assert (made.framework.number, made.number, made.follows) == (2, 2, newer)
    assert made.blind
    kept = Answer.objects.filter(assessment=made)
    assert {(one.question, one.by.name) for one in kept} == {("reach", "Owner"),
                                                             ("reach", "Contributor")}  # fmt: skip
    before = Answer.objects.filter(assessment=newer, question="reach")
    assert {one.at for one in kept} == {one.at for one in before}
    assert Asked.objects.filter(assessment=made, handed_in_at=None).count() == 2
    assert Answer.objects.filter(assessment=newer, superseded_at=None).count() == 4


def test_the_one_before_has_ended(newer, table) -> None:
    actions.begin_anew(table.story.by("dana"), newer)
    for deed in (
        lambda: table.answer(newer, "ines", need="low"),
        lambda: actions.begin_anew(table.story.by("dana"), newer),
        lambda: actions.confirm(table.story.by("ines"), Answer.objects.first()),
    ):
        with pytest.raises(Conflict, match="has ended"):
            deed()
    assert Assessment.objects.filter(ended_at=None).count() == 1


def test_without_a_newer_version_there_is_nothing_to_begin(framework, table) -> None:
    held = table.begin("fit")
    with pytest.raises(Conflict, match="there is no newer one"):
        actions.begin_anew(table.story.by("ines"), held)


def test_who_only_reads_begins_nothing(newer, table) -> None:
    for who in ("ann", "vera"):
        with pytest.raises(NotAllowed):
            actions.begin_anew(table.story.by(who), newer)


def test_two_who_begin_at_once_begin_one(framework, table) -> None:
    table.begin("fit")
    with pytest.raises(Conflict, match="begun already, as assessment 1"):
        table.begin("fit", by="dana")
