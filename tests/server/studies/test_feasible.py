"""Is it feasible at all: asked of a labelled table, computed, read, cited, taken along."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sextant.lab import models
from sextant_server.accounts.models import User
from sextant_server.audit.seals import faults
from sextant_server.demo.telling import Telling
from sextant_server.jobs.execution import work_off
from sextant_server.jobs.models import Job
from sextant_server.sources.actions import register_upload
from sextant_server.sources.models import Source
from sextant_server.strategy.bindings.studies import citable
from sextant_server.studies.kinds import probing
from sextant_server.studies.kinds.probing import answer_of, verdict_of
from sextant_server.studies.models import Study, StudyRun
from sextant_server.studies.seals import KIND as SEALED

As = Callable[[User | None], Client]
ASK = "studies/new/probe/"
TABLE = b"calls,minutes,plan,gone\n" + b"".join(
    f"{at * 7 % 10},{at * 31 % 89},{'free' if at % 3 else 'pro'},"
    f"{'yes' if at * 7 % 10 + at * 53 % 11 / 2 > 8 else 'no'}\n".encode()
    for at in range(160)
)


@pytest.fixture
def table(story: Telling) -> Source:
    source = register_upload(story.by("dana"), story.product, "churn", iter([TABLE]), "churn.csv")
    work_off()
    return source


@pytest.fixture
def browser(story: Telling, as_: As) -> Client:
    return as_(story.people["dana"])


def test_a_labelled_table_says_what_is_feasible(
    browser: Client, table: Source, base: str, story: Telling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probing, "FOLDS", 2)
    monkeypatch.setattr(models, "TREES", 5)
    fields = {"version": table.versions.get().pk, "target": "gone", "rule": "calls > 7",
              "required": "accuracy >= 0.6\nrecall >= 0.999", "label_cost": "2 EUR",
              "keep": "calls"}  # fmt: skip
    answer = browser.post(base + ASK, fields)
    assert answer.status_code == 302, answer.content.decode()
    work_off()
    study = Study.objects.get()
    record = study.record
    assert study.verdict == record["verdict"]
    words = {"met": "feasible", "missed": "out of reach", "undecided": "undecided"}
    assert study.answer == words[study.verdict]
    assert {one["kind"] for one in record["answers"]} >= {"rule", "column", "simple", "strong"}
    with CaptureQueriesContext(connection) as ran:
        page = browser.get(f"{base}studies/{study.number}/").content.decode()
    assert len(ran) <= 12
    for text in ("What to do next", "Who answers how well", "Without a model", "calls &gt; 7"):
        assert text in page
    for name in ("answers.csv", "required.csv", "steps.csv", "record.json", "report.html"):
        assert browser.get(f"{base}studies/{study.number}/{name}").status_code == 200
    ((reference, reading),) = citable(story.product.pk, study.recorded_at.date())
    assert str(reference) == f"study:{study.number}"
    assert (reading.verdict, reading.word) == (study.verdict, study.answer)
    assert reading.counted == "share"
    assert reading.of == "accuracy"
    assert reading.value == pytest.approx(record["required"][0]["estimate"])
    assert list(faults(SEALED)) == []


@pytest.mark.parametrize(
    ("model", "without", "verdict", "answer"),
    [
        ("met", "missed", "met", "feasible"),
        ("missed", "undecided", "missed", "out of reach"),
        ("undecided", "missed", "undecided", "undecided"),
        ("missed", "met", "met", "no model needed"),
        (None, None, "", ""),
    ],
)
def test_the_answer_is_whether_it_is_within_reach(
    model: str | None, without: str | None, verdict: str, answer: str
) -> None:
    required = [{"without": {"verdict": without}}] if model else []
    record = {"verdict": model, "required": required}
    assert (verdict_of(record), answer_of(record)) == (verdict, answer)


def test_a_probe_can_be_cancelled(browser: Client, table: Source, base: str) -> None:
    fields = {"version": table.versions.get().pk, "target": "gone"}
    assert browser.post(base + ASK, fields).status_code == 302
    run = StudyRun.objects.get().pk
    assert browser.post(f"{base}studies/runs/{run}/cancel/").status_code == 302
    work_off()
    assert Job.objects.latest("pk").state == "cancelled"
    assert not Study.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"target": "left"}, "There is no column &#x27;left&#x27;"),
        ({"target": ""}, "This field is required."),
        ({"unit": "gone"}, "no other part here"),
        ({"rule": "calls >"}, "A value is missing"),
        ({"label_cost": "cheap"}, "is no price of a label"),
        ({"threshold": "2"}, "less than or equal to 0.999"),
        ({"more": "0"}, "greater than or equal to 1"),
        ({"keep": "calls, height"}, "There is no column &#x27;height&#x27;"),
        ({"required": "recal >= 0.8"}, "Did you mean"),
    ],
    ids=["target", "none", "part", "rule", "price", "threshold", "more", "keep", "required"],
)
def test_what_cannot_be_asked_is_said_beside_its_field(
    given: dict[str, str], said: str, browser: Client, table: Source, base: str
) -> None:
    fields = {"version": table.versions.get().pk, "target": "gone", **given}
    answer = browser.post(base + ASK, fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
