"""How are we doing without labels: asked of versions and of periods, never met, taken along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sextant_server.accounts.models import User
from sextant_server.audit.seals import faults
from sextant_server.demo.telling import Telling
from sextant_server.jobs.execution import work_off
from sextant_server.sources.actions import add_upload, register_upload
from sextant_server.sources.models import Source
from sextant_server.strategy.bindings.studies import citable
from sextant_server.studies.models import Study
from sextant_server.studies.seals import KIND as SEALED

As = Callable[[User | None], Client]
ASK = "studies/new/estimate/"
ROLES = {"contract": "", "score": "p", "label": "late", "segments": "sex", "time": "year",
         "criteria": "recall >= 0.5\nprecision >= 0.8\naverage_precision >= 0.2"}  # fmt: skip


def rows(of: range, hardest: float, labelled: bool, year: int) -> bytes:
    """Scores of which so many of 100 come true as they say; `hardest` is the highest of them."""
    lines = []
    for at in of:
        score = round(hardest * (at * 37 % 100 + 0.5) / 100, 4)
        late = int((at * 61 % 97) / 97 < score)
        lines.append(
            f"{'F' if at % 3 else 'M'},{score},{year},{at // 500},{late if labelled else ''}"
        )
    return "\n".join(lines).encode() + b"\n"


HEAD = b"sex,p,year,batch,late\n"
KNOWN = HEAD + rows(range(3_000), 1.0, True, 2024)
SINCE = HEAD + rows(range(1_500), 0.55, False, 2025)
BOTH = KNOWN + rows(range(1_500), 0.55, False, 2025)


@pytest.fixture
def tables(story: Telling) -> Source:
    """One table in two versions, the second without labels and with lower scores."""
    by = story.by("dana")
    source = register_upload(by, story.product, "loans", iter([KNOWN]), "loans.csv")
    add_upload(by, source, iter([SINCE]), "loans.csv")
    work_off()
    return source


@pytest.fixture
def browser(story: Telling, as_: As) -> Client:
    return as_(story.people["dana"])


def versions(tables: Source) -> dict[str, int]:
    old, new = tables.versions.order_by("number")
    return {"version": new.pk, "other": old.pk}


def asked(browser: Client, path: str, fields: dict[str, Any]) -> Study:
    answer = browser.post(path, fields)
    assert answer.status_code == 302, answer.content.decode()
    work_off()
    return Study.objects.latest("number")


def test_a_promise_is_likely_missed_and_none_is_met(
    browser: Client, tables: Source, base: str, story: Telling
) -> None:
    form = browser.get(base + ASK).context["form"]
    assert {name: form.initial[name] for name in ("version", "other")} == versions(tables)
    study = asked(browser, base + ASK, {**versions(tables), **ROLES, "by": "batch"})
    outlooks = {one["criterion"]: one["outlook"] for one in study.record["criteria"]}
    assert outlooks["recall >= 0.5"] == study.answer == "likely missed"
    assert study.verdict == "missed"
    assert [one["criterion"] for one in study.record["left_out"]] == ["average_precision >= 0.2"]
    with CaptureQueriesContext(connection) as ran:
        page = browser.get(f"{base}studies/{study.number}/").content.decode()
    assert len(ran) <= 12
    for text in (study.headline, "Who has a label", "What must hold", "Left out", "By window"):
        assert text.replace("'", "&#x27;").replace(">", "&gt;") in page or text in page
    assert 'class="verdict met"' not in page
    held = browser.get(f"{base}studies/{study.number}/numbers.csv").content.decode()
    assert len(held.splitlines()) == 1 + len(study.record["rows"])
    for name in ("labels.csv", "preconditions.csv", "estimates.svg", "record.json", "report.html"):
        assert browser.get(f"{base}studies/{study.number}/{name}").status_code == 200
    ((reference, reading),) = citable(story.product.pk, study.recorded_at.date())
    assert str(reference) == f"study:{study.number}"
    assert (reading.verdict, reading.word, reading.counted) == ("missed", "likely missed", "share")
    assert reading.low is not None
    assert list(faults(SEALED)) == []


def test_nothing_that_points_to_a_miss_is_no_pass(
    browser: Client, tables: Source, base: str
) -> None:
    fields = {**versions(tables), **ROLES, "criteria": "specificity >= 0.4"}
    study = asked(browser, base + ASK, fields)
    assert (study.verdict, study.answer) == ("undecided", "nothing points to a miss")
    page = browser.get(f"{base}studies/{study.number}/").content.decode()
    assert "nothing points to a miss" in page
    assert 'class="verdict met"' not in page


def test_one_table_teaches_with_one_period_and_is_estimated_in_another(
    browser: Client, story: Telling, base: str
) -> None:
    source = register_upload(story.by("dana"), story.product, "both", iter([BOTH]), "both.csv")
    work_off()
    version = source.versions.get()
    fields = {"version": version.pk, **ROLES, "start": "2025", "taught_to": "2024"}
    study = asked(browser, base + ASK, fields)
    assert study.other is None
    assert study.record["reference"]["rows"] == 3_000
    assert study.record["current"]["rows"] == 1_500
    for given, said in (
        ({"start": "2024"}, "The same rows would teach and be estimated."),
        ({"start": ""}, "The same rows would teach and be estimated."),
        ({"start": "lately"}, "is no moment"),
        ({"time": ""}, "no column that says when"),
        ({"by": "height"}, "There is no column &#x27;height&#x27;"),
        ({"label": "", "criteria": ""}, "No label is named."),
        ({"criteria": "recal >= 0.5"}, "Did you mean"),
        ({"threshold": "7"}, "less than or equal to 1"),
    ):
        answer = browser.post(base + ASK, {**fields, **given})
        assert answer.status_code == 422, given
        assert said in answer.content.decode(), given


def test_a_contract_says_what_teaches_and_what_was_promised(
    browser: Client, evidence: Any, base: str
) -> None:
    """Its own period teaches; the rows after it are estimated. Its labels are a test."""
    form = browser.get(base + ASK).context["form"]
    assert form.initial["contract"] == evidence.contract.number
    page = browser.get(base + ASK).content.decode()
    assert "the same table, in another period" in page
