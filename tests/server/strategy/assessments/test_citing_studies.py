"""Answers that rest on a kept study: measured, and open again when it is answered otherwise."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from examples import MET

from sextant_server.contracts.models import State
from sextant_server.core.errors import Invalid
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.sources.models import SourceVersion
from sextant_server.strategy.assessments.actions import Said
from sextant_server.strategy.assessments.models import Answer, FrameworkVersion
from sextant_server.strategy.bindings.queries import offered, read
from sextant_server.strategy.bindings.reading import Reference
from sextant_server.studies.models import Study, question_of
from sextant_server.studies.seals import KIND

pytestmark = pytest.mark.django_db
LOOSE = "recall >= 0.01"
FIRST = Reference("study", "1")


@pytest.fixture
def study(story: Telling, measured: Callable[..., Evidence]) -> Study:
    """The baseline of an evidence: the model against answering everybody no."""
    return story.keep(measured(MET, LOOSE), "baseline", constant="always no")


@pytest.fixture
def cited(framework: FrameworkVersion, table, study: Study):
    """Ines rests the need on study 1."""
    return table.answer(table.begin("fit"), "ines", need=Said(level="high", reference=str(FIRST)))


def again(study: Study, rows: int = 1, **changed: object) -> Study:
    """The same question answered anew, as a study of rows that came `rows` versions later."""
    version = SourceVersion.objects.get(pk=study.version_id)
    if rows:
        version.pk, version.number = None, version.number + rows
        version.save(force_insert=True)
    newer = Study.objects.get(pk=study.pk)
    newer.pk, newer.number, newer.version = None, Study.objects.count() + 1, version
    for name, value in changed.items():
        setattr(newer, name, value)
    newer.question = question_of(newer)
    newer.save(force_insert=True)
    return newer


def test_it_is_measured_and_says_number_interval_and_n(cited, study: Study) -> None:
    answer = Answer.objects.get(question="need")
    assert answer.grade == "measured"
    reading = answer.reading
    assert reading["origin"] == study.subject
    assert reading["verdict"] == study.verdict
    assert reading["low"] <= reading["value"] <= reading["high"]
    assert f"Study 1, n {reading['n']:,}." in reading["says"]


def test_the_page_offers_it_wherever_a_criterion_may_be_named(
    cited, as_: Callable[..., Client], story: Telling
) -> None:
    browser, base = as_(story.people["ines"]), f"/products/{story.product.slug}/bet/assessments/"
    page = browser.get(f"{base}fit/").content.decode()
    assert '<option value="study:1" selected>Study 1: ' in page
    assert page.count('value="study:1"') == 1  # the share asks for a rate alone


def test_the_same_answer_on_newer_rows_opens_nothing(cited, table, study: Study) -> None:
    again(study)
    assert table.standing().reopened == ()


def test_another_answer_on_newer_rows_opens_it_again(cited, table, study: Study) -> None:
    again(study, verdict="missed", headline="The model is worse than always no.")
    (why,) = table.standing().reopened
    assert "“Need” is open again: it rested on study 1, which has moved." in why
    assert f"It was {study.verdict} and is missed now." in why
    assert "Study 2" in why


def test_a_number_that_left_its_interval_opens_it_again(cited, table, study: Study) -> None:
    figure = {**study.figure, "value": 90.0, "low": 89.0, "high": 91.0}
    again(study, figure=figure)
    (why,) = table.standing().reopened
    assert "The number has moved" in why


def test_older_rows_and_other_questions_open_nothing(cited, table, study: Study) -> None:
    again(study, rows=-1, verdict="missed")
    again(study, rows=5, asked={"constant": "always yes"}, verdict="missed")
    assert table.standing().reopened == ()


def test_it_counts_no_longer_once_its_contract_or_its_evidence_does_not(
    cited, table, study: Study
) -> None:
    day = timezone.now().date()
    Evidence.objects.update(expires_on=day - timedelta(days=1))
    (why,) = table.standing().reopened
    assert "study 1 was asked of evidence 1, which expired on" in why
    Evidence.objects.update(expires_on=None)
    assert table.standing().reopened == ()
    study.contract.state = State.SUPERSEDED
    study.contract.save()
    (why,) = table.standing().reopened
    assert "study 1 answers contract 1, which no longer counts" in why


def test_of_a_question_only_the_newest_study_is_offered(study: Study) -> None:
    again(study)
    today = timezone.now().date()
    names = [str(one) for one, _ in offered(study.product_id, today, ("study",))]
    assert [one for one in names if one.startswith("study")] == ["study:2"]


@pytest.mark.parametrize("key", ["7", "seven", "9" * 30])
def test_what_is_no_study_is_refused_with_the_remedy(framework, table, study, key: str) -> None:
    held = table.begin("fit")
    with pytest.raises(Invalid, match=r"says nothing now: there is no study"):
        table.answer(held, "ines", need=Said(level="high", reference=f"study:{key}"))


def test_another_products_study_says_nothing(study: Study) -> None:
    found = read([(study.product_id + 1, FIRST)], timezone.now().date())
    assert "there is no study 1" in found[study.product_id + 1, FIRST].absent


def test_many_are_read_in_one_query(study: Study, django_assert_num_queries) -> None:
    wanted = [(study.product_id, Reference("study", str(n))) for n in range(1, 9)]
    with django_assert_num_queries(1):
        read(wanted, timezone.now().date())


def test_a_number_or_a_question_that_was_changed_is_found(study: Study) -> None:
    assert list(KIND.deep(study)) == []
    study.figure = {**study.figure, "value": 90.0}
    assert list(KIND.deep(study)) == ["its record states another number"]
    study.refresh_from_db()
    study.question = "f" * 64
    assert list(KIND.deep(study)) == ["it answers another question"]
