"""Is the data ready: one answer, its proof below, made of what is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sextant_server.accounts.models import User
from sextant_server.audit.seals import faults
from sextant_server.contracts.actions import draft
from sextant_server.demo.telling import Telling
from sextant_server.jobs.execution import work_off
from sextant_server.sources.actions import register_upload
from sextant_server.sources.models import Source
from sextant_server.studies.models import Study
from sextant_server.studies.seals import KIND as SEALED

As = Callable[[User | None], Client]
ASK = "studies/new/readiness/"
ROWS = b"sex,age,mail,label\n" + b"".join(
    f"{'F' if at % 5 else 'M'},{20 + at % 50},p{at}@example.org,{at % 3 == 0:d}\n".encode()
    for at in range(600)
)
CONTRACT = """product: Pre-screen
outcome: Cut manual checks from 1,000 to 500 per 1,000 by 2027-03-31
task: binary
data:
  source: readiness
  label: label
  score: score
  segments: {sex: sex}
criteria:
  - recall >= 0.8 in every sex
"""
SAID = "consent: contract\nfields: {mail: Dispatch}"


@pytest.fixture
def table(story: Telling) -> Source:
    source = register_upload(story.by("dana"), story.product, "readiness", iter([ROWS]), "r.csv")
    work_off()
    return source


@pytest.fixture
def browser(story: Telling, as_: As) -> Client:
    return as_(story.people["dana"])


def test_one_answer_and_its_proof(
    browser: Client, table: Source, base: str, story: Telling
) -> None:
    contract = draft(story.by("dana"), story.product, CONTRACT)
    fields = {
        "version": table.versions.get().pk, "contract": contract.number,
        "expect": "recall = 90 %\nfalse_positive_rate = 5 %",
        "population": "shares:\n  sex: {F: 50 %, M: rest}",
        "rules": "missing(mail) <= 5 %", "about": SAID,
    }  # fmt: skip
    answer = browser.post(base + ASK, fields)
    assert answer.status_code == 302, answer.content.decode()
    work_off()
    study = Study.objects.get()
    record = study.record
    assert (study.verdict, study.answer) == ("missed", "collect")
    assert record["reasons"][0]["do"] == "collect"
    assert {one["why"] for one in record["reasons"]} == {"rows", "people"}
    with CaptureQueriesContext(connection) as asked:
        page = browser.get(f"{base}studies/{study.number}/").content.decode()
    assert len(asked) <= 12
    for said in (study.headline, record["enough"]["headline"], "Dispatch", "under-represented"):
        assert said.replace(">=", "&gt;=") in page
    taken = browser.get(f"{base}studies/{study.number}/fields.csv")
    assert "Dispatch" in taken.content.decode()
    report = browser.get(f"{base}studies/{study.number}/report.html")
    assert record["headline"].split(".")[0] in report.content.decode()
    assert list(faults(SEALED)) == []


def test_what_nobody_has_said_stops(browser: Client, table: Source, base: str) -> None:
    fields = {"version": table.versions.get().pk, "contract": "", "rules": "rows >= 700"}
    assert browser.post(base + ASK, fields).status_code == 302
    work_off()
    study = Study.objects.get()
    assert study.answer == "stop"
    assert {one["why"] for one in study.record["reasons"]} == {"rule", "personal"}
    assert study.record["enough"] is None


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("expect", "recall 90", "no expectation"),
        ("expect", "recal = 90 %", "Did you mean"),
        ("rules", "unique(nobody)", "no column"),
        ("population", "shares: {nobody: {a: 1}}", "no column"),
        ("about", "fields: {nobody: x}", "no column"),
        ("monthly", "10", "write both"),
    ],
    ids=["form", "name", "rule", "group", "field", "pace"],
)
def test_what_cannot_be_read_is_said_beside_its_field(
    browser: Client, table: Source, base: str, field: str, value: str, why: str
) -> None:
    answer = browser.post(base + ASK, {"version": table.versions.get().pk, field: value})
    assert answer.status_code in {200, 422}
    assert why in answer.content.decode()
