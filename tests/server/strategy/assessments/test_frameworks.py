"""Frameworks of one's own: drafts by members, published by administrators, never changed again."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner
from django.test import Client
from strategy_frameworks import fit

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.audit.seals import check
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.strategy.assessments import actions, catalogue, seals
from sextant_server.strategy.assessments.models import FrameworkState, FrameworkVersion, Origin

pytestmark = pytest.mark.django_db
As = Callable[[User | None], Client]


@pytest.fixture
def draft(member: User) -> FrameworkVersion:
    return actions.draft(Acting(user=member), "fit")


def test_a_new_one_begins_with_a_text_that_can_be_published(
    draft: FrameworkVersion, admin: User
) -> None:
    assert (draft.number, draft.state, draft.name) == (1, "draft", "Fit")
    held = actions.publish(Acting(user=admin), draft, draft.version)
    assert held.state == FrameworkState.PUBLISHED
    assert catalogue.in_force()["fit"].origin == Origin.OWN


def test_the_next_version_of_a_shipped_one_begins_with_its_text(member: User) -> None:
    shipped = catalogue.in_force()["ai-value"].framework
    draft = actions.draft(Acting(user=member), "ai-value")
    assert draft.number == shipped.version + 1
    reading = catalogue.read(draft.text, "ai-value", draft.number)
    assert reading.problems == ()


def test_there_is_one_draft_of_each(draft: FrameworkVersion, admin: User) -> None:
    with pytest.raises(Conflict, match="There is a draft already, version 1"):
        actions.draft(Acting(user=admin), "fit")


@pytest.mark.parametrize("key", ["Fit", "1fit", "fit!", "", "a" * 61, "../etc"])
def test_a_key_is_a_word(member: User, key: str) -> None:
    with pytest.raises(Invalid, match="is no key"):
        actions.draft(Acting(user=member), key)


def test_guests_write_nothing_and_members_publish_nothing(
    draft: FrameworkVersion, member: User, stranger: User
) -> None:
    with pytest.raises(NotAllowed, match="Only a member"):
        actions.draft(Acting(user=stranger), "other")
    for deed in (
        lambda: actions.write(Acting(user=stranger), draft, fit(), draft.version),
        lambda: actions.withdraw(Acting(user=stranger), draft, draft.version),
        lambda: actions.publish(Acting(user=member), draft, draft.version),
        lambda: actions.publish(Acting(), draft, draft.version),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_a_draft_may_have_problems_and_is_not_published_with_them(
    draft: FrameworkVersion, member: User, admin: User
) -> None:
    text = fit().replace("scale: strength", "scale: strenght")
    held = actions.write(Acting(user=member), draft, text, draft.version)
    reading = catalogue.read(held.text, "fit", 1)
    assert reading.framework is None
    first = reading.problems[0]
    assert first.where.startswith("line ")
    assert "column" in first.where
    assert "Did you mean 'strength'?" in str(first)
    with pytest.raises(Conflict, match="It has problems: line"):
        actions.publish(Acting(user=admin), held, held.version)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (fit("other"), "this is a draft of 'fit'"),
        (fit(version=7), "the next one to be published is 1"),
    ],
)
def test_key_and_version_are_those_of_the_draft(text: str, says: str) -> None:
    (problem,) = catalogue.read(text, "fit", 1).problems
    assert says in problem.what
    assert problem.where.startswith("line ")


def test_what_is_published_never_changes(publish: Callable, member: User, admin: User) -> None:
    held = publish(fit())
    with pytest.raises(Conflict, match="published and stays as it is"):
        actions.write(Acting(user=member), held, fit(need="Other?"), held.version)
    with pytest.raises(Conflict, match="published and stays as it is"):
        actions.publish(Acting(user=admin), held, held.version)
    with pytest.raises(Conflict, match="published and stays as it is"):
        actions.withdraw(Acting(user=member), held, held.version)
    again = actions.draft(Acting(user=member), "fit")
    assert again.number == 2


def test_a_change_below_it_is_found(publish: Callable) -> None:
    held = publish(fit())
    assert check(seals.KIND) == (1, [])
    FrameworkVersion.objects.filter(pk=held.pk).update(text=held.text.replace("low:", "poor:"))
    assert check(seals.KIND) == (1, [f"{held.subject} was changed"])
    FrameworkVersion.objects.filter(pk=held.pk).delete()
    assert check(seals.KIND)[1] == [f"{held.subject}, which the log records, is missing"]


def test_verify_looks_at_frameworks(publish: Callable) -> None:
    from sextant_server.commands.verify import command

    held = publish(fit())
    FrameworkVersion.objects.filter(pk=held.pk).update(digest="sha256:0")
    done = CliRunner().invoke(command, [])
    assert done.exit_code != 0
    assert f"{held.subject} was changed" in done.output


def test_a_stale_page_writes_nothing(draft: FrameworkVersion, member: User, admin: User) -> None:
    actions.write(Acting(user=member), draft, fit(), 1)
    with pytest.raises(Conflict, match="Both texts are below"):
        actions.write(Acting(user=admin), draft, fit(need="Other?"), 1)
    with pytest.raises(Conflict, match="Load it again"):
        actions.publish(Acting(user=admin), draft, 1)


def test_a_draft_that_was_given_up_makes_room(draft: FrameworkVersion, member: User) -> None:
    actions.withdraw(Acting(user=member), draft, draft.version)
    assert actions.draft(Acting(user=member), "fit").number == 1


def test_every_deed_is_in_the_log(publish: Callable) -> None:
    held = publish(fit())
    told = Entry.objects.filter(subject=held.subject).order_by("sequence")
    assert [one.action for one in told] == [
        "framework.begun", "framework.written", "framework.published",
    ]  # fmt: skip
    assert told.last().details["seal"] == held.seal


def test_what_comes_with_the_program_gets_its_row_once_it_is_pinned(table) -> None:
    assert not FrameworkVersion.objects.exists()
    held = table.begin("ai-value")
    row = held.framework
    assert (row.origin, row.published_by) == (Origin.SHIPPED, None)
    assert row.digest == catalogue.in_force()["ai-value"].framework.digest
    assert check(seals.KIND) == (1, [])


def test_a_shipped_text_that_changed_without_its_version_is_refused(table) -> None:
    table.begin("ai-value")
    FrameworkVersion.objects.update(digest="sha256:other")
    from sextant_server.products import actions as products

    other = products.begin(table.story.by("ines"), _about("Second"))
    with pytest.raises(Conflict, match="says something else than when it was first used"):
        actions.begin(table.story.by("ines"), other, "ai-value")


def _about(name: str):
    from dataclasses import replace

    from examples import ABOUT

    return replace(ABOUT, name=name)


def test_writing_through_the_pages(member: User, admin: User, as_: As) -> None:
    browser, key = as_(member), "/bets/frameworks/fit/"
    begun = browser.post("/bets/frameworks/", {"key": "fit"})
    assert begun.status_code == 302
    wrong = fit().replace("scale: strength", "scale: strenght")
    checked = browser.post(f"{key}check/", {"text": wrong}).content.decode()
    assert "Did you mean &#x27;strength&#x27;?" in checked
    assert 'data-line="' in checked
    kept = browser.post(f"{key}edit/", {"text": fit(), "version": 1}, follow=True)
    assert "The draft can be published." in kept.content.decode()
    assert "An administrator publishes it." in kept.content.decode()
    refused = browser.post(f"{key}do/publish/", {"version": 2}, follow=True)
    assert "Only an administrator can do this" in refused.content.decode()
    published = as_(admin).post(f"{key}do/publish/", {"version": 2}, follow=True)
    shown = published.content.decode()
    assert "Does it fit?" in shown
    assert "“Need” is at least middle, and “Reach” is at least middle" in shown


def test_a_conflict_keeps_both_texts(draft: FrameworkVersion, member: User, as_: As) -> None:
    actions.write(Acting(user=member), draft, fit(), 1)
    sent = {"text": fit(need="Mine, typed with care?"), "version": 1}
    answer = as_(member).post("/bets/frameworks/fit/edit/", sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Mine, typed with care?" in shown
    assert "What somebody else has written meanwhile" in shown


def test_versions_and_what_they_changed(publish: Callable, member: User, as_: As) -> None:
    publish(fit())
    second = publish(fit(version=2, need="Do many people need it?"))
    browser = as_(member)
    shown = browser.get("/bets/frameworks/fit/").content.decode()
    assert "is asked as “Do many people need it?” now" in shown
    one = browser.get(f"/bets/frameworks/fit/versions/{second.pk}/").content.decode()
    assert "+    asks: Do many people need it?" in one
    assert second.seal in one


def test_what_is_proposed_by_us_is_said(member: User, as_: As) -> None:
    shown = as_(member).get("/bets/frameworks/ai-risk/").content.decode()
    assert "What no source says, and we propose" in shown
    assert "The matrix is ours." in shown


def test_guests_do_not_see_frameworks(stranger: User, as_: As) -> None:
    assert as_(stranger).get("/bets/frameworks/").status_code == 403


def test_html_in_a_draft_is_escaped(draft: FrameworkVersion, member: User, as_: As) -> None:
    text = fit(need="<script>alert(1)</script>")
    actions.write(Acting(user=member), draft, text, draft.version)
    shown = as_(member).get("/bets/frameworks/fit/edit/").content.decode()
    assert "<script>alert" not in shown
