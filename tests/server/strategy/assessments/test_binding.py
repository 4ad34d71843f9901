"""Answers that rest on records: read when given, open again exactly when their record moves."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from examples import MET

from sextant_server.core.errors import Conflict, Invalid
from sextant_server.strategy.assessments import actions, queries
from sextant_server.strategy.assessments.actions import Said
from sextant_server.strategy.assessments.models import Answer, FrameworkVersion

pytestmark = pytest.mark.django_db
LOOSE = "recall >= 0.01"
AUC = f"criterion:{MET}"
RECALL = "rate:recall"


@pytest.fixture
def bound(framework: FrameworkVersion, table, measured: Callable):
    """Ines alone: the need rests on a criterion, the share on a rate, the reach on nothing."""
    measured(MET, LOOSE)
    held = table.begin("fit")
    return table.answer(
        held, "ines", need=Said(level="high", reference=AUC), sure=Said(reference=RECALL),
        reach=Said(low=2000, high=3000),
    )  # fmt: skip


def test_it_is_measured_and_takes_the_interval_of_its_record(bound, table) -> None:
    sure = Answer.objects.get(question="sure")
    assert sure.grade == "measured"
    reading = sure.reading
    assert sure.value["low"] == pytest.approx(100 * reading["low"])
    assert sure.value["high"] == pytest.approx(100 * reading["high"])
    assert reading["origin"].startswith("evidence:")
    assert table.standing().grade == "believed"


def test_an_interval_across_a_cut_leaves_both_levels(bound) -> None:
    from sextant.strategy.frameworks import levels_of
    from sextant_server.strategy.assessments.catalogue import framework_of
    from sextant_server.strategy.assessments.values import given_of

    question = framework_of(bound.framework).questions["sure"]
    answer = Answer.objects.get(question="sure")
    answer.value = {"low": 70.0, "high": 90.0}
    assert levels_of(question, given_of(answer)) == {"middle", "high"}


def test_the_same_record_again_opens_nothing(bound, table, measured: Callable) -> None:
    before = table.standing()
    measured(MET, LOOSE)
    assert table.standing().reopened == before.reopened == ()


def test_exactly_what_rests_on_the_moved_record_opens_again(
    bound, table, measured: Callable
) -> None:
    """Newer evidence: the recall is another one, the criterion says the same."""
    from sextant_server.evidence.models import Evidence

    measured(MET, LOOSE)
    newest = Evidence.objects.latest("number")
    brief = newest.brief
    rate = next(one for one in brief["rates"] if one["metric"] == "recall")
    rate.update(estimate=0.11, low=0.08, high=0.15)
    figure = next(one for one in brief["figures"] if one["text"] == MET)
    then = Answer.objects.get(question="need").reading
    figure.update(estimate=then["value"], low=then["low"], high=then["high"], verdict="met")
    Evidence.objects.filter(pk=newest.pk).update(brief=brief)
    one = table.standing()
    assert len(one.reopened) == 1
    assert (
        "“Sure” is open again: it rested on the measured recall, which has moved"
        in (one.reopened[0])
    )
    assert one.reopened[0] in one.says
    assert (one.verdict, one.outcome) == ("met", "fits"), "nothing rests on the share"
    (line,) = queries.reopened({table.product.pk: table.product}, table.today)
    assert (line.framework, line.question, line.since) == ("fit", "Sure", table.today)
    assert line.href.endswith("/bet/assessments/fit/")


def _miss(measured: Callable) -> None:
    from sextant_server.evidence.models import Evidence

    measured(MET, LOOSE)
    newest = Evidence.objects.latest("number")
    brief = newest.brief
    figure = next(one for one in brief["figures"] if one["text"] == MET)
    figure.update(estimate=0.4, low=0.35, high=0.45, verdict="missed")
    Evidence.objects.filter(pk=newest.pk).update(brief=brief)


def test_what_opens_again_counts_as_all_levels(bound, table, measured: Callable) -> None:
    assert table.standing().verdict == "met"
    _miss(measured)
    one = table.standing()
    assert (one.verdict, one.outcome) == ("undecided", "")
    assert "It was met and is missed now." in one.says


def test_confirming_takes_the_new_reading(bound, table, measured: Callable) -> None:
    _miss(measured)
    before = Answer.objects.get(question="need")
    row = actions.confirm(table.story.by("ines"), before)
    assert row.reading["verdict"] == "missed"
    assert row.value == before.value
    before.refresh_from_db()
    assert before.superseded_at is not None
    one = table.standing()
    assert one.verdict == "met"
    assert len(one.reopened) <= 1
    with pytest.raises(Conflict, match="answered anew"):
        actions.confirm(table.story.by("ines"), before)


def test_only_its_giver_confirms_an_answer(bound, table) -> None:
    with pytest.raises(Conflict, match="settle the question instead"):
        actions.confirm(table.story.by("dana"), Answer.objects.get(question="need"))


def test_keeping_another_answer_confirms_nothing_by_the_way(
    bound, table, measured: Callable
) -> None:
    """The whole form is sent each time; only a changed answer is given anew."""
    _miss(measured)
    again = {"need": Said(level="high", reference=AUC), "note": Said(text="a word")}
    table.answer(bound, "ines", **again)
    assert Answer.objects.filter(question="need").count() == 1
    assert table.standing().verdict == "undecided"


def test_an_expired_answer_opens_again(bound, table) -> None:
    late = table.today + timedelta(days=91)
    one = table.standing(today=late)
    assert len(one.reopened) == 3
    assert table.standing(today=table.today + timedelta(days=90)).expires_on is not None
    assert any("It expired on" in reason for reason in one.reopened)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (Said(level="high", grade="measured"), "Choose the record that it rests on"),
        (Said(level="high", grade="estimated"), "worked out from"),
        (Said(level="high", grade="sworn"), "measured, estimated or believed"),
        (Said(level="high", reference="rate:recall"), "can rest on: criterion, assessment"),
        (Said(level="high", reference="criterion:auc >= 0.99"), "says nothing now"),
        (Said(level="high", reference="nonsense"), "refers to nothing"),
        (Said(level="high", reference="assessment:other"), "no assessment “other” was begun"),
    ],
)
def test_what_an_answer_cannot_rest_on(
    framework: FrameworkVersion, table, measured: Callable, said: Said, says: str
) -> None:
    measured(MET, LOOSE)
    held = table.begin("fit")
    with pytest.raises(Invalid, match=says) as refused:
        table.answer(held, "ines", need=said)
    assert refused.value.field == "need"
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (Said(low=9, high=3), "runs from 9 to 3. Write the smaller number first"),
        (Said(low=float("nan")), "no number that can be kept"),
        (Said(high=float("inf")), "no number that can be kept"),
        (Said(low=1e30), "no number that can be kept"),
    ],
)
def test_contradictory_ranges_are_refused(
    framework: FrameworkVersion, table, said: Said, says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        table.answer(table.begin("fit"), "ines", reach=said)


def test_the_page_lists_what_is_on_record_and_confirms(
    bound, table, measured: Callable, as_: Callable
) -> None:
    _miss(measured)
    browser: Client = as_(table.story.people["ines"])
    page = f"/products/{table.product.slug}/bet/assessments/fit/"
    shown = browser.get(page).content.decode()
    assert "The criterion auc &gt;= 0.6: " in shown
    assert "It still holds, on what is so now" in shown
    answer = Answer.objects.get(question="need")
    done = browser.post(f"{page}confirm/", {"answer": answer.pk}, follow=True)
    assert "The answer counts again." in done.content.decode()
    stale = browser.post(f"{page}confirm/", {"answer": answer.pk}, follow=True)
    assert "There is no such answer any more" in stale.content.decode()
