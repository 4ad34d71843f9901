"""Writing down how a product fails: who may, what it has to say, what the log keeps."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from examples import MET, contract_text

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.contracts import actions as contracts
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.demo.telling import Telling
from sextant_server.failures import actions, queries
from sextant_server.failures.actions import Wanted
from sextant_server.failures.models import FailureMode
from sextant_server.strategy.opportunities.models import Bet

pytestmark = pytest.mark.django_db
As = Callable[[User | None], Client]


@pytest.fixture
def wanted(story: Telling) -> Wanted:
    """All that a severe way to fail has to say."""
    contracts.draft(story.by("dana"), story.product, contract_text(MET))
    tara = story.people["tara"]
    return Wanted(
        "the score grows stale", "people wait", "a new model a year", criterion=MET, red=0.55,
        amber_response="ask", amber_owner=tara, red_response="back", red_owner=tara,
    )  # fmt: skip


@pytest.mark.parametrize("part", ["owner", "business", "technical", "contributor"])
def test_who_writes_it_down(
    story: Telling, team: dict[str, User], wanted: Wanted, part: str
) -> None:
    mode = actions.write(Acting(user=team[part]), story.product, wanted)
    assert not queries.standing([story.product.pk], mode.written_at.date())[story.product.pk][
        0
    ].lacks
    entry = Entry.objects.get(action="failure.written")
    assert entry.details["how"] == "the score grows stale"
    assert entry.details["red"] == ["back", f"person:{story.people['tara'].pk}"]


@pytest.mark.parametrize("part", ["reviewer", "annotator", "viewer"])
def test_who_may_not(story: Telling, team: dict[str, User], wanted: Wanted, part: str) -> None:
    mode = actions.write(story.by("ines"), story.product, wanted)
    by, before = Acting(user=team[part]), Entry.objects.count()
    for act in (
        lambda: actions.write(by, story.product, wanted),
        lambda: actions.change(by, mode, wanted, 1),
        lambda: actions.withdraw(by, mode, 1),
        lambda: actions.take_pattern(by, story.product),
    ):
        with pytest.raises(NotAllowed, match="write down how it fails"):
            act()
    assert Entry.objects.count() == before


def test_an_outsider_finds_nothing_and_changes_nothing(
    story: Telling, stranger: User, wanted: Wanted, as_: As
) -> None:
    mode = actions.write(story.by("ines"), story.product, wanted)
    with pytest.raises(NotAllowed):
        actions.withdraw(Acting(user=stranger), mode, 1)
    page = f"/products/{story.product.slug}/failures/"
    for url in (page, f"{page}{mode.pk}/", f"{page}pattern/"):
        assert as_(stranger).post(url, {"withdraw": "yes", "version": 1}).status_code == 404
    mode.refresh_from_db()
    assert mode.withdrawn_at is None


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"how": " "}, "how", "Say how it fails"),
        ({"how": "x" * 301}, "how", "At most 300"),
        ({"answer": "x" * 301}, "answer", "At most 300"),
        ({"red": None}, "red", "from which value on"),
        ({"criterion": ""}, "watched", "Choose the number"),
        ({"criterion": "auc >= 0.9"}, "watched", "No evidence and no contract has"),
        ({"group": (("sex", "women"),)}, "watched", "No evidence and no contract has"),
        ({"red": 0.7}, "red", "Red must be the worse side"),
        ({"green": 0.5}, "red", "Red must be the worse side"),
        ({"green": float("nan")}, "green", "finite"),
        ({"red_response": "pray"}, "red_response", "Choose one of"),
    ],
)
def test_what_it_has_to_say(
    story: Telling, wanted: Wanted, change: dict, field: str, says: str
) -> None:
    with pytest.raises(Invalid, match=says) as refused:
        actions.write(story.by("ines"), story.product, replace(wanted, **change))
    assert refused.value.field == field
    assert not FailureMode.objects.exists()


def test_somebody_without_a_part_sees_to_nothing(
    story: Telling, wanted: Wanted, member: User
) -> None:
    with pytest.raises(Invalid, match="has no part here"):
        actions.write(story.by("ines"), story.product, replace(wanted, amber_owner=member))


def test_two_people_do_not_overwrite_each_other(story: Telling, wanted: Wanted) -> None:
    mode = actions.write(story.by("ines"), story.product, wanted)
    changed = actions.change(story.by("tara"), mode, replace(wanted, red=0.5), 1)
    assert (changed.version, changed.red) == (2, 0.5)
    with pytest.raises(Conflict, match="Somebody changed this"):
        actions.change(story.by("dana"), mode, wanted, 1)
    gone = actions.withdraw(story.by("dana"), mode, 2)
    assert gone.withdrawn_at
    with pytest.raises(Conflict, match="given up"):
        actions.change(story.by("dana"), mode, wanted, 3)
    deeds = list(Entry.objects.filter(subject=mode.subject).values_list("action", flat=True))
    assert sorted(deeds) == ["failure.changed", "failure.withdrawn", "failure.written"]


def test_a_closed_account_sees_to_nothing(story: Telling, wanted: Wanted) -> None:
    mode = actions.write(story.by("ines"), story.product, wanted)
    User.objects.filter(pk=story.people["tara"].pk).update(is_active=False)
    (seen,) = queries.standing([story.product.pk], mode.written_at.date())[story.product.pk]
    assert seen.lacks == ("somebody who sees to it in amber", "somebody who sees to it in red")


def test_a_pattern_says_how_it_usually_fails(story: Telling) -> None:
    with pytest.raises(Conflict, match="follows no pattern"):
        actions.take_pattern(story.by("dana"), story.product)
    Bet.objects.update_or_create(product=story.product, defaults={"pattern": "fraud"})
    made = actions.take_pattern(story.by("dana"), story.product)
    assert [one.how for one in made][:2] == [
        "fraudsters change their ways", "the label arrives late",
    ]  # fmt: skip
    assert all(one.severe and one.answer and not one.criterion for one in made)
    actions.withdraw(story.by("dana"), made[0], 1)
    assert actions.take_pattern(story.by("dana"), story.product) == [], "what is known stays known"


def test_a_register_that_nobody_can_read_is_refused(story: Telling) -> None:
    for number in range(actions.MOST):
        actions.write(story.by("dana"), story.product, Wanted(f"way {number}"))
    with pytest.raises(Conflict, match="at most 40"):
        actions.write(story.by("dana"), story.product, Wanted("one more"))
