"""What changed, and is the data good: asked of versions, computed, read, taken along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sextant_server.accounts.models import User
from sextant_server.audit.seals import faults
from sextant_server.demo.telling import Telling
from sextant_server.events.actions import Sent, send
from sextant_server.jobs.execution import work_off
from sextant_server.sources.actions import add_upload, register_upload
from sextant_server.sources.models import Source
from sextant_server.studies.models import Study
from sextant_server.studies.seals import KIND as SEALED

As = Callable[[User | None], Client]
CHANGE, QUALITY = "studies/new/change/", "studies/new/quality/"
CALM = b"sex,age,day,label\n" + b"".join(
    f"{'F' if at % 2 else 'M'},{20 + at % 50},2026-01-{1 + at % 28:02d},{at % 3 == 0:d}\n".encode()
    for at in range(2_000)
)
MOVED = b"sex,age,day,label\n" + b"".join(
    f"{'F' if at % 5 else 'M'},{20 + at % 50},2026-02-{1 + at % 28:02d},{at % 3 == 0:d}\n".encode()
    for at in range(2_000)
)


@pytest.fixture
def tables(story: Telling) -> Source:
    """One table in two versions: in the second, four of five rows are F, before it was half."""
    by = story.by("dana")
    source = register_upload(by, story.product, "people", iter([CALM]), "people.csv")
    add_upload(by, source, iter([MOVED]), "people.csv")
    work_off()
    return source


@pytest.fixture
def browser(story: Telling, as_: As) -> Client:
    return as_(story.people["dana"])


def asked(browser: Client, path: str, fields: dict[str, Any]) -> Study:
    answer = browser.post(path, fields)
    assert answer.status_code == 302, answer.content.decode()
    work_off()
    return Study.objects.latest("number")


def versions(tables: Source) -> dict[str, int]:
    old, new = tables.versions.order_by("number")
    return {"version": new.pk, "other": old.pk}


def test_what_moved_is_told(browser: Client, tables: Source, base: str) -> None:
    form = browser.get(base + CHANGE).context["form"]
    assert {name: form.initial[name] for name in ("version", "other")} == versions(tables)
    study = asked(browser, base + CHANGE, {**versions(tables), "only": "sex, age"})
    assert study.verdict == "missed"
    assert study.answer == "changed"
    found = {one["column"]: one["answer"] for one in study.record["windows"][0]["columns"]}
    assert found["sex"] == "changed"
    assert found["age"] != "changed"
    page = browser.get(f"{base}studies/{study.number}/")
    assert study.headline in page.content.decode()
    assert "tick: what matters" in page.content.decode()
    assert list(faults(SEALED)) == []


PEOPLE = """product: Employment pre-screen
outcome: Cut manual checks from 1,000 to 500 per 1,000 by 2027-03-31
task: binary
data:
  source: people
  label: label
criteria:
  - prevalence >= 0.2
"""


def test_in_the_order_of_what_it_does_to_a_contract(
    browser: Client, tables: Source, base: str, story: Telling
) -> None:
    contract = story.contract(PEOPLE)
    fields = {**versions(tables), "only": "sex, age", "contract": contract.number}
    study = asked(browser, base + CHANGE, fields)
    assert study.record["ordered_by"] == "effect on the criteria"
    (effect,) = study.record["windows"][0]["columns"][0]["effects"]
    assert effect["criterion"].startswith("prevalence")
    assert effect["before"]["estimate"] == pytest.approx(667 / 2_000)
    page = browser.get(f"{base}studies/{study.number}/").content.decode()
    assert "No effect of its mix on a criterion is shown" in page
    assert "No segment of the other columns carries half of a change" in page


def test_windows_and_an_alarm_for_long(browser: Client, tables: Source, base: str) -> None:
    fields = {**versions(tables), "only": "sex", "by": "day", "run_length": "90", "margin": "10"}
    study = asked(browser, base + CHANGE, fields)
    assert len(study.record["windows"]) == 28
    assert study.record["run_length"] == 90
    table = browser.get(f"{base}studies/{study.number}/columns.csv").content.decode()
    assert len(table.splitlines()) == 29
    for name in ("columns.svg", "record.json", "report.html"):
        assert browser.get(f"{base}studies/{study.number}/{name}").status_code == 200


def test_one_table_is_cut_in_two(browser: Client, tables: Source, base: str) -> None:
    fields = {"version": versions(tables)["version"], "since": "2026-02-15", "time": "day",
              "every": "week", "only": "sex, age"}  # fmt: skip
    study = asked(browser, base + CHANGE, fields)
    assert study.title == "What changed in people, version 2 since 2026-02-15"
    assert [one["window"] for one in study.record["windows"]] == [
        "2026-02-09",
        "2026-02-16",
        "2026-02-23",
    ]
    assert study.other is None
    page = browser.get(f"{base}studies/{study.number}/").content.decode()
    again = browser.get(f"{base}studies/new/change/?since=2026-02-15&amp;every=week")
    assert again.status_code == 200
    assert study.headline in page


SCREEN = PEOPLE.replace("prevalence >= 0.2", "prevalence <= 0.4")


def test_the_three_questions_stand_beside_what_happened(
    browser: Client, tables: Source, base: str, story: Telling
) -> None:
    """February from its 10th on: F rose, labels rose, and a release went before."""
    rows = MOVED.decode().replace(",1\n", ",0\n").splitlines()
    rows = [
        f"{one[:-1]}1" if at and at % 5 < 3 and int(one.split(",")[2][-2:]) >= 10 else one
        for at, one in enumerate(rows)
    ]
    add_upload(story.by("dana"), tables, iter(["\n".join(rows).encode()]), "people.csv")
    work_off()
    contract = story.contract(SCREEN)
    released = Sent("release", "score <2>", datetime(2026, 2, 9, 8, tzinfo=UTC))
    send(story.by("dana"), story.product, released)
    newest, first = tables.versions.latest("number"), tables.versions.earliest("number")
    fields = {"version": newest.pk, "other": first.pk, "only": "sex", "time": "day",
              "every": "week", "contract": contract.number}  # fmt: skip
    study = asked(browser, base + CHANGE, fields)
    answers = {one["window"]: one["performance"][0] for one in study.record["windows"]}
    assert not answers["2026-02-02"]["broken"]
    assert answers["2026-02-16"]["broken"]
    with CaptureQueriesContext(connection) as ran:
        page = browser.get(f"{base}studies/{study.number}/").content.decode()
    assert len(ran) <= 12
    for said in ("Why did it happen?", "What data changed?", "How do we fix it?",
                 "score &lt;2&gt;", "shows no cause", "Retrain with the "):  # fmt: skip
        assert said in page
    assert page.count('<svg class="course"') == 1
    for name in ("course.csv", "promises.csv", "course.svg", "course.png"):
        assert browser.get(f"{base}studies/{study.number}/{name}").status_code == 200
    assert list(faults(SEALED)) == []


@pytest.mark.parametrize(
    ("path", "fields", "said"),
    [
        (CHANGE, {"other": "same"}, "These are the same rows."),
        (CHANGE, {"other": ""}, "Choose the rows to compare with"),
        (CHANGE, {"since": "2026-02-15"}, "Compare with other rows, or with those before a day."),
        (CHANGE, {"since": "2026-02-15", "other": ""}, "Choose how long a window is."),
        (CHANGE, {"every": "day"}, "Name the column that says when."),
        (CHANGE, {"every": "day", "time": "day", "by": "day"}, "by the clock or by a column"),
        (CHANGE, {"every": "week", "time": "day", "season": "weekday"}, "does not go with windows"),
        (CHANGE, {"by": "week"}, "There is no column &#x27;week&#x27;"),
        (CHANGE, {"only": "sex, height"}, "There is no column &#x27;height&#x27;"),
        (CHANGE, {"run_length": "2"}, "greater than or equal to 5"),
        (QUALITY, {"label": "nothing"}, "There is no column &#x27;nothing&#x27;"),
        (QUALITY, {"time": "nothing"}, "There is no column &#x27;nothing&#x27;"),
        (QUALITY, {"rules": "age is nice"}, "line 1"),
        (QUALITY, {"rules": "unique(height)"}, "There is no column &#x27;height&#x27;"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(
    path: str, fields: dict[str, str], said: str, browser: Client, tables: Source, base: str
) -> None:
    known = versions(tables)
    if fields.get("other") == "same":
        fields = {"other": str(known["version"])}
    answer = browser.post(base + path, {**known, **fields})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_table_is_read_and_its_rules_are_judged(
    browser: Client, tables: Source, base: str
) -> None:
    form = browser.get(base + QUALITY).context["form"]
    assert form.initial["version"] == versions(tables)["version"]
    rules = "age between 0 and 120\nunique(age)\nmissing(sex) <= 1 %"
    study = asked(
        browser, base + QUALITY,
        {**versions(tables), "rules": rules, "label": "label", "time": "day", "segments": "sex"},
    )  # fmt: skip
    verdicts = {one["rule"]: one["verdict"] for one in study.record["rules"]}
    assert verdicts == {
        "age between 0 and 120": "met", "unique(age)": "missed", "missing(sex) <= 1 %": "met",
    }  # fmt: skip
    assert study.verdict == "missed"
    page = browser.get(f"{base}studies/{study.number}/").content.decode()
    assert "unique(age)" in page
    for name in ("columns.csv", "rules.csv", "drafted.csv", "report.html", "record.json"):
        assert browser.get(f"{base}studies/{study.number}/{name}").status_code == 200
    assert list(faults(SEALED)) == []


def test_without_rules_there_is_no_verdict_and_some_are_drafted(
    browser: Client, tables: Source, base: str
) -> None:
    study = asked(browser, base + QUALITY, {"version": versions(tables)["version"]})
    assert study.verdict == ""
    assert study.record["suggested"]
    with CaptureQueriesContext(connection) as ran:
        page = browser.get(f"{base}studies/{study.number}/").content.decode()
    assert len(ran) <= 12
    assert "Keep those that must hold" in page


def test_a_year_is_no_time_of_days(browser: Client, source: Source, base: str) -> None:
    """The contract's time is a number there, which no profile can read as days."""
    form = browser.get(base + QUALITY).context["form"]
    assert not form.initial["time"]
    assert form.initial["label"] == "employed"
    fields = {"version": source.versions.get().pk, "time": "year"}
    answer = browser.post(base + QUALITY, fields)
    assert answer.status_code == 422
    assert "holds no times" in answer.content.decode()


def test_whom_the_rows_stand_for(browser: Client, tables: Source, base: str) -> None:
    known = {"version": versions(tables)["version"]}
    text = "population: Everybody\nshares:\n  sex: {F: 50 %, M: rest}\n"
    study = asked(browser, base + QUALITY, {**known, "population": text})
    assert study.verdict == "missed"
    assert study.headline.startswith("Against Everybody, 1 of 2 groups is under-represented: sex M")
    (split,) = study.record["population"]["splits"]
    assert [(one["values"], one["lacking"]) for one in split["groups"]] == [
        (["F"], 0),
        (["M"], 1200),
    ]
    page = browser.get(f"{base}studies/{study.number}/").content.decode()
    assert "Whom the rows stand for" in page
    assert page.count("more such rows would make up for it") == 1
    table = browser.get(f"{base}studies/{study.number}/population.csv").content.decode()
    assert len(table.splitlines()) == 3
    refused = browser.post(base + QUALITY, {**known, "population": "shares: {height: {tall: 1}}"})
    assert "There is no column &#x27;height&#x27;" in refused.content.decode()
    refused = browser.post(base + QUALITY, {**known, "population": "shares: {sex: {F: 40 %}}"})
    assert "add up to 40 %" in refused.content.decode()
