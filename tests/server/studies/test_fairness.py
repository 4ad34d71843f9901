"""The fairness review: live from an evidence's states, kept, and from rows; the weak segments."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from examples import MET, contract_text
from pace import slower

import sextant as sx
from sextant_server.accounts.models import User
from sextant_server.audit.seals import faults
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.jobs.execution import work_off
from sextant_server.jobs.models import Job
from sextant_server.sources.models import Source
from sextant_server.studies.models import Study
from sextant_server.studies.seals import KIND as SEALED

As = Callable[[User | None], Client]
LIVE = "evidence/1/fairness/"
SCORE = "predicted_probability_permille"


@pytest.fixture
def by_sex(story: Telling, source: Source) -> Evidence:
    text = contract_text("recall >= 0.5 in every sex", "gap(recall) <= 20% across sex")
    return story.run(story.contract(text), source).evidence


def roles(source: Source, **fields: Any) -> dict[str, Any]:
    return {"version": source.versions.get().pk, "label": "employed", "score": SCORE,
            "scale": "1000", **fields}  # fmt: skip


def ask(browser: Client, base: str, kind: str, **fields: Any) -> Study:
    answer = browser.post(f"{base}studies/new/{kind}/", fields)
    assert answer.status_code == 302, answer.content.decode()
    work_off()
    return Study.objects.get()


def test_live_numbers_are_those_of_the_library(
    story: Telling, by_sex: Evidence, as_: As, base: str, extracts: Any
) -> None:
    browser = as_(story.people["dana"])
    page = browser.get(f"{base}{LIVE}groups.csv")
    rows = [line.split(",") for line in page.content.decode("utf-8-sig").splitlines()]
    own = sx.fairness(
        extracts / "census.parquet",
        by={"sex": {"column": "SEX", "labels": {1: "men", 2: "women"}}},
        label="employed", score={"column": SCORE, "scale": 1000},
    ).fairness  # fmt: skip
    men = own.grouping("sex").groups[0]["true_positive_rate"]
    found = next(r for r in rows if r[1] == "men" and r[4] == "true_positive_rate")
    assert [float(x) for x in found[5:9]] == pytest.approx([men.value, men.low, men.high, men.n],
                                                           abs=0.01)  # fmt: skip


def test_the_contracts_own_bound_decides(
    story: Telling, by_sex: Evidence, as_: As, base: str
) -> None:
    browser = as_(story.people["dana"])
    text = browser.get(base + LIVE).content.decode()
    assert "Equal opportunity.</b>" in text, "its bound stands in the contract"
    assert "Equalised odds, at the usual bound.</b>" in text
    strict = browser.get(base + LIVE + "?bound=1&selected=hurts").content.decode()
    assert "at most 1 point" in strict
    assert browser.get(base + LIVE + "?bound=700").status_code == 422
    assert browser.get(base + LIVE + "?by=race").status_code == 422


def test_keeping_it(story: Telling, by_sex: Evidence, as_: As, base: str) -> None:
    browser = as_(story.people["dana"])
    answer = browser.post(base + LIVE, {"selected": "helps"})
    assert answer["Location"] == f"{base}studies/1/"
    study = Study.objects.get()
    assert study.record["selected"] == "helps"
    assert study.headline in browser.get(f"{base}studies/1/").content.decode().replace(
        "&#x27;", "'"
    )
    assert list(faults(SEALED)) == []


def test_evidence_without_groups_is_not_reviewed(
    story: Telling, source: Source, as_: As, base: str
) -> None:
    story.run(story.contract(contract_text(MET)), source)
    text = as_(story.people["dana"]).get(base + LIVE).content.decode()
    assert "This cannot be asked here." in text
    assert "keeps no decisions by group" in text


def test_from_rows_with_intersections(story: Telling, source: Source, as_: As, base: str) -> None:
    by = "sex=SEX\nage=AGEP:25,65\nsex x age"
    browser = as_(story.people["dana"])
    study = ask(browser, base, "fairness",
                **roles(source, by=by, bounds="equalized_odds_difference=50%"))  # fmt: skip
    assert [one["name"] for one in study.record["groupings"]] == ["sex", "age", "sex × age"]
    assert study.verdict == study.record["verdict"]
    for name in ("groups.csv", "definitions.csv", "hurt.csv", "conflicts.csv", "groups-1.svg",
                 "report.html", "record.json"):  # fmt: skip
        assert browser.get(f"{base}studies/1/{name}").status_code == 200, name
    assert "Too small to be judged" in browser.get(f"{base}studies/1/").content.decode()


def test_weak_segments_from_rows(story: Telling, source: Source, as_: As, base: str) -> None:
    browser = as_(story.people["dana"])
    study = ask(browser, base, "weak", **roles(source, depth="1", min_rows="40", error="wrong"))
    assert study.record["looked_at"] > 3
    assert study.headline in browser.get(f"{base}studies/1/").content.decode()
    assert browser.get(f"{base}studies/1/segments.csv").status_code == 200


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("fairness", {"by": "SEXX"}, "SEXX"),
        ("fairness", {"by": ""}, "No group is named"),
        ("fairness", {"by": "SEX", "bounds": "precision_difference=much"}, "is no number"),
        ("fairness", {"by": "age=AGEP:a,b"}, "are no numbers"),
        ("weak", {"min_rows": "3"}, "greater than or equal to 20"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(
    kind: str, fields: dict[str, str], said: str,
    story: Telling, source: Source, as_: As, base: str,
) -> None:  # fmt: skip
    answer = as_(story.people["dana"]).post(f"{base}studies/new/{kind}/", roles(source, **fields))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_few_queries_and_little_time(story: Telling, by_sex: Evidence, as_: As, base: str) -> None:
    browser = as_(story.people["dana"])
    browser.post(base + LIVE, {"selected": "helps"})
    for path in (LIVE, "studies/1/", f"{LIVE}groups.csv", "studies/new/weak/"):
        browser.get(base + path)
        with CaptureQueriesContext(connection) as ran:
            begun = time.process_time()
            assert browser.get(base + path).status_code == 200
            took = time.process_time() - begun
        assert len(ran) <= 12, path
        assert took < 0.5 * slower(), path


REPORT = b"sex,tp,fp,fn,tn\nwomen,310,120,90,480\nmen,420,80,60,440\n"


def report_of(story: Telling, path: Path, content: bytes) -> int:
    """A report as people upload it; the key of its version."""
    path.write_bytes(content)
    return story.upload("report", path).versions.get().pk


def test_counts_of_another_tool_are_reviewed(
    story: Telling, as_: As, base: str, tmp_path: Path
) -> None:
    browser = as_(story.people["dana"])
    version = report_of(story, tmp_path / "report.csv", REPORT)
    study = ask(
        browser, base, "fairness", version=version, lines="groups",
        bounds="equalized_odds_difference=5%",
    )  # fmt: skip
    own = sx.fairness_counts(
        tmp_path / "report.csv", bounds={"equalized_odds_difference": 0.05}
    ).to_dict()
    assert study.record["groupings"] == own["groupings"]
    assert study.record["verdict"] == "undecided"
    page = browser.get(f"{base}studies/1/").content.decode()
    assert "the rows themselves were not read" in page
    assert list(faults(SEALED)) == []


def test_a_report_without_n_is_refused_with_the_reason(
    story: Telling, as_: As, base: str, tmp_path: Path
) -> None:
    browser = as_(story.people["dana"])
    version = report_of(story, tmp_path / "report.csv", b"sex,selection_rate\nwomen,0.5\nmen,0.5\n")
    browser.post(f"{base}studies/new/fairness/", {"version": version, "lines": "groups"})
    work_off()
    assert not Study.objects.exists()
    assert "No interval can be given" in Job.objects.latest("pk").problem


def test_rows_are_no_report(story: Telling, source: Source, as_: As, base: str) -> None:
    fields = {"version": source.versions.get().pk, "lines": "groups", "by": "SEX"}
    answer = as_(story.people["dana"]).post(f"{base}studies/new/fairness/", fields)
    assert answer.status_code == 422
    assert "has no column that counts" in answer.content.decode()
