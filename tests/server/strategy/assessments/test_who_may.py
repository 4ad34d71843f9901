"""Who may begin, ask, answer, hand in and confirm; and that nobody overwrites anybody."""

import pytest

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.strategy.assessments import actions
from sextant_server.strategy.assessments.actions import Said
from sextant_server.strategy.assessments.models import Answer, Asked, FrameworkVersion

pytestmark = pytest.mark.django_db
MAY = ("ines", "bruno", "tara", "dana", "rui")
MAY_NOT = ("ann", "vera")


@pytest.fixture
def outsiders(table, admin: User, stranger: User, member: User) -> list[Acting]:
    users = [*(table.story.people[who] for who in MAY_NOT), admin, stranger, member, None]
    return [Acting(user=user) for user in users]


@pytest.mark.parametrize("who", MAY)
def test_these_begin_and_answer(framework: FrameworkVersion, table, who: str) -> None:
    held = table.begin("fit", by=who)
    table.answer(held, who, need="high")
    assert Answer.objects.get().by == table.story.people[who]
    actions.confirm(table.story.by(who), Answer.objects.get())


def test_others_do_not(framework: FrameworkVersion, table, outsiders: list[Acting]) -> None:
    for by in outsiders:
        with pytest.raises(NotAllowed):
            actions.begin(by, table.product, "fit")
    held = table.begin("fit")
    table.answer(held, "ines", done=False, need="high")
    said = {"need": Said(level="low")}
    for by in outsiders:
        for deed in (
            lambda by=by: actions.answer(by, held, said, 0),
            lambda by=by: actions.hand_in(by, held, 0),
            lambda by=by: actions.ask(by, held, [table.story.people["dana"]]),
            lambda by=by: actions.uncover(by, held, held.version),
            lambda by=by: actions.settle(by, held, "need", said["need"], held.version),
            lambda by=by: actions.confirm(by, Answer.objects.get()),
            lambda by=by: actions.begin_anew(by, held),
        ):
            with pytest.raises(NotAllowed):
                deed()
    assert Answer.objects.count() == 1
    assert Asked.objects.count() == 1


def test_only_who_may_answer_is_asked(
    framework: FrameworkVersion, table, stranger: User, admin: User
) -> None:
    held = table.begin("fit")
    closed = table.story.people["dana"]
    closed.is_active = False
    closed.save()
    for user in (table.story.people["vera"], stranger, admin, closed):
        with pytest.raises(Invalid, match="cannot answer here"):
            actions.ask(table.story.by("ines"), held, [user])
    actions.ask(table.story.by("ines"), held, [table.story.people["rui"]])
    actions.ask(table.story.by("ines"), held, [table.story.people["rui"]])
    assert Asked.objects.count() == 2


def test_who_may_answer_and_was_not_asked_joins(framework: FrameworkVersion, table) -> None:
    held = table.begin("fit")
    table.answer(held, "tara", need="high")
    assert held.blind, "it waits for who began it"
    assert Asked.objects.filter(user=table.story.people["tara"]).exists()


def test_nobody_joins_unseen_once_it_is_uncovered(framework: FrameworkVersion, table) -> None:
    held = table.begin("fit")
    table.answer(held, "ines", need="high")
    with pytest.raises(Conflict, match="has seen them"):
        actions.ask(table.story.by("ines"), held, [table.story.people["rui"]])


def test_two_people_overwrite_nothing_of_each_other(framework: FrameworkVersion, table) -> None:
    """Both have opened the page before either has sent it."""
    held = table.begin("fit", "dana")
    actions.answer(table.story.by("ines"), held, {"need": Said(level="high")}, 1)
    actions.answer(table.story.by("dana"), held, {"need": Said(level="low")}, 1)
    assert {(one.by.name, *one.value["levels"]) for one in Answer.objects.all()} == {
        ("Owner", "high"), ("Contributor", "low"),
    }  # fmt: skip


def test_one_person_in_two_windows_is_told(framework: FrameworkVersion, table) -> None:
    held = table.begin("fit")
    by = table.story.by("ines")
    actions.answer(by, held, {"need": Said(level="high")}, 1)
    with pytest.raises(Conflict, match="in another window"):
        actions.answer(by, held, {"need": Said(level="low")}, 1)
    with pytest.raises(Conflict, match="in another window"):
        actions.hand_in(by, held, 1)
    assert Answer.objects.get().value == {"levels": ["high"]}


def test_taking_an_answer_back_keeps_it(framework: FrameworkVersion, table) -> None:
    held = table.begin("fit")
    table.answer(held, "ines", done=False, need="high")
    table.answer(held, "ines", done=False, need=Said())
    row = Answer.objects.get()
    assert row.superseded_at is not None
    with pytest.raises(Invalid, match="Answer at least one question"):
        actions.hand_in(table.story.by("ines"), held, 3)


def test_what_is_not_asked_cannot_be_answered(framework: FrameworkVersion, table) -> None:
    held = table.begin("fit")
    with pytest.raises(Invalid, match="Fit does not ask “other”"):
        table.answer(held, "ines", other="high")
    with pytest.raises(Invalid, match="There is no framework “nothing”"):
        table.begin("nothing")


def test_long_texts_are_refused_with_their_length(framework: FrameworkVersion, table) -> None:
    held = table.begin("fit")
    for said in (Said(level="high", why="x" * 4001), Said(text="x" * 4001)):
        key = "note" if said.text else "need"
        with pytest.raises(Invalid, match="At most 4,000 characters, not 4,001"):
            table.answer(held, "ines", **{key: said})
