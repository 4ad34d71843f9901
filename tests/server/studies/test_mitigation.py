"""Mitigation as a study of rows: asked, computed, read, taken along; and where it is not there."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
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
from sextant.lab import needs
from sextant_server.accounts.models import User
from sextant_server.audit.seals import faults
from sextant_server.core.errors import Conflict
from sextant_server.demo.telling import Telling
from sextant_server.jobs.execution import work_off
from sextant_server.sources.models import Source
from sextant_server.studies import actions
from sextant_server.studies.kinds import mitigation
from sextant_server.studies.kinds.forms import many
from sextant_server.studies.kinds.mitigation_form import MitigationForm
from sextant_server.studies.models import Study, StudyRun
from sextant_server.studies.seals import KIND as SEALED

As = Callable[[User | None], Client]
NEW = "studies/new/mitigation/"
SCORE = "predicted_probability_permille"

ROLES = {"label": "employed", "score": SCORE, "scale": "1000", "by": "sex=SEX"}


def roles(source: Source, **fields: Any) -> dict[str, Any]:
    return {"version": source.versions.get().pk, **ROLES, **fields}


def ask(browser: Client, base: str, fields: dict[str, Any]) -> StudyRun:
    answer = browser.post(base + NEW, fields)
    assert answer.status_code == 302, answer.content.decode()
    work_off()
    return StudyRun.objects.get()


@pytest.fixture
def browser(story: Telling, as_: As) -> Client:
    return as_(story.people["dana"])


def test_thresholds_per_group_are_those_of_the_library(
    browser: Client, source: Source, base: str, extracts: Any
) -> None:
    ask(browser, base, roles(source))
    study = Study.objects.get()
    own = sx.mitigate(
        extracts / "census.parquet", by={"sex": "SEX"}, label="employed",
        score={"column": SCORE, "scale": 1000},
    ).to_dict()  # fmt: skip
    assert {name: study.record[name] for name in own} == own
    page = browser.get(f"{base}studies/1/").content.decode()
    for said in (study.headline, "Thresholds per group, equal errors", "Equalised odds",
                 "aimed at", "Selection rate", "it needs features", "fitted nothing"):  # fmt: skip
        assert said in page, said
    rows = [*csv.reader(io.StringIO(browser.get(f"{base}studies/1/ways.csv")
                                    .content.decode("utf-8-sig")))]  # fmt: skip
    assert len(rows) == 1 + 3 * 8
    accuracy = next(row for row in rows if row[2] == "accuracy")
    before, after, change = (float(accuracy[at]) for at in (4, 7, 10))
    assert after - before == pytest.approx(change, abs=1e-9)
    assert float(accuracy[11]) <= change <= float(accuracy[12])
    assert float(accuracy[13]) == own["held_out"]
    for name in ("ways.svg", "report.html", "record.json"):
        assert browser.get(f"{base}studies/1/{name}").status_code == 200, name
    assert list(faults(SEALED)) == []


def test_models_train_on_so_many_rows_and_what_was_left_out_is_said(
    browser: Client, source: Source, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mitigation, "MOST_TRAINED", 120)
    ask(browser, base, roles(source, ways=["reweighing"], features="AGEP\nSCHL"))
    study = Study.objects.get()
    assert study.record["trained"] == 120 < study.record["fitted"]
    assert [one["name"] for one in study.record["options"]] == ["reweighing"]
    page = browser.get(f"{base}studies/1/").content.decode()
    assert f"{study.record['fitted'] - 120} were left out" in page
    assert "replaces the model by another" in page


def test_a_contract_is_followed(browser: Client, story: Telling, source: Source, base: str) -> None:
    contract = story.contract(contract_text("recall >= 0.5 in every sex"))
    page = browser.get(base + NEW).content.decode()
    assert 'value="sex"' in page, "the contract's first group is filled in"
    ask(browser, base, {"version": source.versions.get().pk, "contract": contract.number,
                        "by": "sex"})  # fmt: skip
    assert Study.objects.get().record["options"][0]["fairness"]


@pytest.mark.parametrize("kind", ["mitigation", "fairness"])
def test_one_group_of_a_contract_that_promises_something_to_another(
    kind: str, browser: Client, story: Telling, source: Source, base: str
) -> None:
    contract = story.contract(contract_text("recall >= 0.5 in every sex"))
    fields = {"version": source.versions.get().pk, "contract": contract.number}
    answer = browser.post(f"{base}studies/new/{kind}/", {**fields, "by": "married=MAR"})
    assert answer.status_code == 302


def test_a_group_that_cannot_be_fitted_ends_the_job_in_words(
    browser: Client, source: Source, base: str
) -> None:
    run = ask(browser, base, roles(source, by="age=AGEP:10,65"))
    assert not Study.objects.exists()
    assert "has no positive row" in browser.get(f"{base}studies/runs/{run.pk}/").content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"by": ""}, "required"),
        ({"by": "SEXX"}, "SEXX"),
        ({"by": "SEX\nAGEP"}, "2 groups are named"),
        ({"label": ""}, "true answers are needed"),
        ({"features": "employed"}, "is the answer itself"),
        ({"features": "AGEPP"}, "AGEP"),
        ({"ways": ["reweighing"]}, "needs features"),
        ({"ways": ["magic"]}, "magic"),
        ({"score": ""}, "Neither scores nor features"),
        ({"threshold": "7"}, "less than or equal to 1"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(
    fields: dict[str, Any], said: str, browser: Client, source: Source, base: str
) -> None:
    answer = browser.post(base + NEW, roles(source, **fields))
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_rows_that_belong_together_are_refused(
    browser: Client, story: Telling, source: Source, base: str
) -> None:
    text = contract_text("recall >= 0.5 in every sex")
    contract = story.contract(text.replace("  label:", "  unit: RELP\n  label:", 1))
    answer = browser.post(base + NEW, {"version": source.versions.get().pk, "by": "sex",
                                       "contract": contract.number})  # fmt: skip
    assert answer.status_code == 422
    assert "belong together" in answer.content.decode()


def test_without_the_extra_it_is_not_offered_and_says_what_to_install(
    browser: Client, story: Telling, source: Source, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "What would make it fairer?" in browser.get(f"{base}studies/").content.decode()
    monkeypatch.setattr(needs, "find_spec", lambda name: None)
    assert "What would make it fairer?" not in browser.get(f"{base}studies/").content.decode()
    page = browser.get(base + NEW)
    assert page.status_code == 200
    assert "pip install &quot;sextant[lab]&quot;" in page.content.decode()
    assert '<form method="post" class="form"' not in page.content.decode()
    answer = browser.post(base + NEW, roles(source))
    assert answer.status_code < 500
    assert not StudyRun.objects.exists()
    form = MitigationForm(story.product, many(roles(source)))
    assert form.is_valid(), form.errors
    with pytest.raises(Conflict, match="fairlearn"):
        actions.start_study(story.by("tara"), story.product, mitigation.KIND, form.asking())


def test_a_worker_without_the_extra_says_so(
    browser: Client, source: Source, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert browser.post(base + NEW, roles(source)).status_code == 302
    for name in ("fairlearn", "fairlearn.postprocessing"):
        monkeypatch.setitem(sys.modules, name, None)
    work_off()
    run = StudyRun.objects.get()
    assert not Study.objects.exists()
    assert "sextant[lab]" in browser.get(f"{base}studies/runs/{run.pk}/").content.decode()


def test_a_review_says_what_could_be_done(
    browser: Client, story: Telling, source: Source, base: str
) -> None:
    story.run(story.contract(contract_text("recall >= 0.5 in every sex")), source)
    page = browser.get(f"{base}evidence/1/fairness/").content.decode()
    assert f'href="{base}evidence/1/thresholds/"' in page
    assert f'href="{base}{NEW}?contract=1&amp;by=sex"' in page
    browser.post(f"{base}evidence/1/fairness/", {"selected": "helps"})
    assert (
        f'href="{base}{NEW}?contract=1&amp;by=sex"'
        in browser.get(f"{base}studies/1/").content.decode()
    )


def test_few_queries_and_little_time(browser: Client, source: Source, base: str) -> None:
    ask(browser, base, roles(source))
    for path in ("studies/1/", NEW):
        browser.get(base + path)
        with CaptureQueriesContext(connection) as ran:
            begun = time.process_time()
            assert browser.get(base + path).status_code == 200
            took = time.process_time() - begun
        assert len(ran) <= 12, path
        assert took < 0.5 * slower(), path


def test_the_server_starts_without_it() -> None:
    code = (
        "import sys, django; django.setup(); import sextant_server.urls;"
        "from sextant_server.studies import kinds;"
        "assert not any(one.from_rows.missing() for one in kinds.KINDS if one.from_rows);"
        "assert not {'sklearn', 'fairlearn'} & set(sys.modules), 'imported at once'"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path),
                   "DJANGO_SETTINGS_MODULE": "server_settings"}  # fmt: skip
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
