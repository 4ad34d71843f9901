"""Measures against risks: owner, day, and the criterion that shows they work, read each time."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from examples import MET, MISSED

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.evidence.models import Evidence
from sextant_server.strategy.assessments import actions, queries
from sextant_server.strategy.assessments.actions import Said, Wanted
from sextant_server.strategy.assessments.models import Measure
from sextant_server.strategy.assessments.register import risks_of

pytestmark = pytest.mark.django_db
KEY, BIAS = "ai-risk", "bias_after"


@pytest.fixture
def risky(table, measured: Callable):
    """Bias is likely and serious, and would be unlikely after what is done about it."""
    measured(MET, MISSED)
    held = table.begin(KEY)
    said = {}
    for kind in ("performance", "bias", "security", "reliability", "adoption", "regulatory"):
        said |= {f"{kind}_likelihood": "unlikely", f"{kind}_impact": "minor"}
    said |= {"bias_likelihood": "likely", "bias_impact": "serious", BIAS: "unlikely"}
    said["bias_plan"] = Said(text="Officials look at every refusal.")
    table.answer(held, "ines", **said)
    return held


def wanted(table, criterion: str = MET, who: str = "tara", days: int = 9) -> Wanted:
    due = table.today + timedelta(days=days)
    reference = f"criterion:{criterion}" if criterion else ""
    return Wanted("Look at every refusal", table.story.people[who], due, reference)


def take(table, *args, by: str = "ines", **of) -> Measure:
    return actions.take_measure(
        table.story.by(by), table.product, KEY, BIAS, wanted(table, *args, **of)
    )


def bias(table):
    weighed = queries.weighed([table.product.pk], table.today)[table.product.pk][KEY]
    return next(one for one in risks_of(weighed) if one.name == "Bias")


def test_without_a_measure_the_risk_stands_as_before(risky, table) -> None:
    one = bias(table)
    assert one.residual.levels == one.inherent.levels == ("high",)
    assert table.standing(KEY).verdict == "missed"


def test_a_measure_counts_once_its_criterion_is_met(risky, table) -> None:
    take(table, MISSED)
    assert bias(table).residual.levels == ("high",)
    Measure.objects.all().delete()
    take(table, MET)
    one = bias(table)
    assert one.verified
    assert one.inherent.levels == ("high",)
    assert one.residual.levels == ("low",)
    assert table.standing(KEY).verdict == "met"


def test_all_measures_against_a_risk_have_to_be_verified(risky, table) -> None:
    take(table, MET)
    take(table, "")
    assert bias(table).residual.levels == ("high",)


def test_it_counts_no_longer_once_the_criterion_is_missed(risky, table, measured: Callable) -> None:
    take(table, MET)
    measured(MET, MISSED)
    newest = Evidence.objects.latest("number")
    brief = newest.brief
    next(one for one in brief["figures"] if one["text"] == MET)["verdict"] = "missed"
    Evidence.objects.filter(pk=newest.pk).update(brief=brief)
    assert bias(table).residual.levels == ("high",)
    assert table.standing(KEY).verdict == "missed"


def test_whose_account_is_closed_owns_nothing(risky, table, as_: Callable) -> None:
    take(table, MET)
    tara = table.story.people["tara"]
    tara.is_active = False
    tara.save()
    (sight,) = table.standing(KEY).measures
    assert sight.ownerless
    page = f"/products/{table.product.slug}/bet/risks/"
    shown = as_(table.story.people["vera"]).get(page).content.decode()
    assert "the account of Technical is closed" in shown
    held = Measure.objects.get()
    passed = wanted(table, who="dana")
    actions.change_measure(table.story.by("ines"), held, passed, held.version)
    (sight,) = table.standing(KEY).measures
    assert not sight.ownerless


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"text": " "}, "at most 500 characters"),
        ({"text": "x" * 501}, "at most 500 characters"),
        ({"reference": "rate:recall"}, "Only a criterion"),
        ({"reference": "nonsense"}, "refers to nothing"),
        ({"reference": "criterion:auc >= 0.99"}, "says nothing now"),
    ],
)
def test_what_a_measure_has_to_say(risky, table, change: dict, says: str) -> None:
    from dataclasses import replace

    with pytest.raises(Invalid, match=says):
        actions.take_measure(
            table.story.by("ines"), table.product, KEY, BIAS, replace(wanted(table), **change)
        )


def test_owner_day_and_risk_are_checked(risky, table, stranger: User) -> None:
    from dataclasses import replace

    by, product = table.story.by("ines"), table.product
    with pytest.raises(Invalid, match="has no part here"):
        actions.take_measure(by, product, KEY, BIAS, replace(wanted(table), owner=stranger))
    with pytest.raises(Invalid, match="has passed"):
        actions.take_measure(by, product, KEY, BIAS, wanted(table, days=-1))
    for framework, question in ((KEY, "bias_impact"), (KEY, "no-such"), ("no-such", BIAS)):
        with pytest.raises(Invalid, match="Choose the risk"):
            actions.take_measure(by, product, framework, question, wanted(table))


def test_who_may_take_change_and_give_up(risky, table, admin: User, stranger: User) -> None:
    held = take(table, by="rui")
    for user in (table.story.people["ann"], table.story.people["vera"], admin, stranger, None):
        by = Acting(user=user)
        for deed in (
            lambda by=by: actions.take_measure(by, table.product, KEY, BIAS, wanted(table)),
            lambda by=by: actions.change_measure(by, held, wanted(table), held.version),
            lambda by=by: actions.withdraw_measure(by, held, held.version),
        ):
            with pytest.raises(NotAllowed):
                deed()
    for who in ("ines", "bruno", "tara", "dana", "rui"):
        held = actions.change_measure(table.story.by(who), held, wanted(table), held.version)
    assert held.version == 6


def test_a_stale_page_changes_nothing(risky, table) -> None:
    held = take(table)
    by = table.story.by("ines")
    actions.change_measure(by, held, wanted(table, who="dana"), 1)
    with pytest.raises(Conflict, match="Somebody changed this measure"):
        actions.change_measure(by, held, wanted(table), 1)
    with pytest.raises(Conflict, match="Somebody changed this measure"):
        actions.withdraw_measure(by, held, 1)
    actions.withdraw_measure(by, held, 2)
    with pytest.raises(Conflict, match="was given up"):
        actions.withdraw_measure(by, held, 3)
    assert table.standing(KEY).measures == ()
    told = Entry.objects.filter(subject=held.subject).order_by("sequence")
    assert [one.action for one in told] == [
        "measure.taken", "measure.changed", "measure.withdrawn",
    ]  # fmt: skip


def test_what_is_due_waits_for_its_owner(risky, table) -> None:
    take(table, MISSED)
    take(table, MET)
    tara, day = table.story.people["tara"], table.today + timedelta(days=9)
    assert queries.waiting(tara, table.today) == []
    (one,) = queries.waiting(tara, day)
    assert one.what == "measure"
    assert one.href.endswith("/bet/risks/")
    assert queries.waiting(table.story.people["ines"], day) == []


def test_a_refused_measure_keeps_what_was_typed(risky, table, as_: Callable) -> None:
    browser: Client = as_(table.story.people["ines"])
    page = f"/products/{table.product.slug}/bet/risks/"
    sent = {"question": BIAS, "text": "typed with care", "owner": "", "due": "2020-01-01"}
    answer = browser.post(page, sent)
    assert answer.status_code == 422
    assert "typed with care" in answer.content.decode()


def test_taking_and_changing_through_the_page(risky, table, as_: Callable) -> None:
    browser: Client = as_(table.story.people["ines"])
    page = f"/products/{table.product.slug}/bet/risks/"
    sent = {
        "question": BIAS, "text": "Look twice", "owner": table.story.people["tara"].pk,
        "due": (table.today + timedelta(days=3)).isoformat(), "reference": f"criterion:{MET}",
    }  # fmt: skip
    assert "The measure is taken on." in browser.post(page, sent, follow=True).content.decode()
    held = Measure.objects.get()
    one = f"{page}{held.pk}/"
    changed = {**sent, "version": 1, "text": "Look three times"}
    assert "is changed" in browser.post(one, changed, follow=True).content.decode()
    stale = browser.post(one, {**changed, "text": "typed in the second window"})
    assert stale.status_code == 422
    assert "typed in the second window" in stale.content.decode()
    gone = browser.post(one, {"version": 2, "withdraw": "yes"}, follow=True)
    assert "The measure is given up." in gone.content.decode()
