"""Calibration on the server: live from an evidence's states, and from the rows of a version."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from examples import contract_text
from pace import slower

import sextant as sx
from sextant_server.accounts.models import User
from sextant_server.audit.seals import faults
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.jobs.execution import work_off
from sextant_server.sources.models import Source
from sextant_server.studies.models import Study
from sextant_server.studies.seals import KIND

As = Callable[[User | None], Client]
SCORE = "predicted_probability_permille"
LIVE = "evidence/1/calibration/"


@pytest.fixture
def looked(story: Telling, source: Source) -> Evidence:
    contract = story.contract(contract_text("auc >= 0.6", "recall >= 0.5 in every sex"))
    return story.run(contract, source).evidence


def test_live_from_the_states(
    story: Telling, looked: Evidence, as_: As, base: str, extracts: Any
) -> None:
    browser = as_(story.people["dana"])
    browser.get(base + LIVE)  # what is imported once
    started = time.process_time()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = browser.get(base + LIVE + "?within=10%25&bins=5&segment=sex")
    assert page.status_code == 200
    assert time.process_time() - started < 0.2 * slower()
    assert len(queries) <= 12
    text = page.content.decode()
    assert text.count('class="reliability"') == 3
    own = sx.calibration(
        extracts / "census.parquet", label="employed", score={"column": SCORE, "scale": 1000},
        within=0.1, bins=5,
    ).record  # fmt: skip
    assert own["headline"] in text
    for one in own["curves"][0]["bins"]:
        assert one["interval_text"] in text


def test_settings_that_make_no_sense(story: Telling, looked: Evidence, as_: As, base: str) -> None:
    answer = as_(story.people["vera"]).get(base + LIVE + "?within=much")
    assert answer.status_code == 422
    assert "is no number" in answer.content.decode()


def test_what_is_kept_stays(story: Telling, looked: Evidence, as_: As, base: str) -> None:
    browser = as_(story.people["dana"])
    browser.post(base + LIVE, {"within": "10 %", "bins": "5", "segment": ""})
    study = Study.objects.get()
    assert browser.get(f"{base}studies/{study.number}/").status_code == 200
    for name in ("bins.csv", "curve-0.svg", "curve-0.png", "report.html", "record.json"):
        assert browser.get(f"{base}studies/{study.number}/{name}").status_code == 200
    assert list(faults(KIND)) == []


def test_an_evidence_without_scores_is_not_asked(
    story: Telling, source: Source, as_: As, base: str
) -> None:
    story.run(story.contract(contract_text("missing_rate(year) <= 0.5")), source)
    browser = as_(story.people["vera"])
    assert "It kept no scores" in browser.get(base + LIVE).content.decode()
    assert "calibration/" not in browser.get(base + "evidence/1/").content.decode()


def test_from_the_rows(story: Telling, source: Source, as_: As, base: str, extracts: Any) -> None:
    browser = as_(story.people["dana"])
    version = source.versions.get()
    roles = {"score": SCORE, "scale": "1000", "label": "employed", "segments": "SEX"}
    browser.post(f"{base}studies/new/calibration/", {"version": version.pk, **roles})
    work_off()
    study = Study.objects.get()
    own = sx.calibration(
        extracts / "census.parquet", label="employed", score={"column": SCORE, "scale": 1000},
        segments=["SEX"],
    ).record  # fmt: skip
    assert study.headline == own["headline"]
    assert study.record["recalibration"]["best"] == own["recalibration"]["best"]
    text = browser.get(f"{base}studies/1/").content.decode()
    assert "Would recalibrating help?" in text
    assert browser.get(f"{base}studies/1/gains.csv").status_code == 200


def test_a_column_that_is_not_there_is_said_at_once(
    story: Telling, source: Source, as_: As, base: str
) -> None:
    version = source.versions.get()
    answer = as_(story.people["dana"]).post(
        f"{base}studies/new/calibration/",
        {"version": version.pk, "score": "p", "label": "employed"},
    )
    assert answer.status_code == 422
    assert "&#x27;p&#x27;" in answer.content.decode()
