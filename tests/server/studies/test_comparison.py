"""A comparison from the rows of a product: the job, what it gives, and what it refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from examples import MET, contract_text

import sextant as sx
from sextant.studies.comparison.asked import TASKS
from sextant_server.accounts.models import User
from sextant_server.audit.seals import faults
from sextant_server.demo.telling import Telling
from sextant_server.jobs.execution import work_off
from sextant_server.jobs.models import Job
from sextant_server.sources.models import Source
from sextant_server.studies.kinds.comparison_form import PREDICTED
from sextant_server.studies.models import Study, StudyRun
from sextant_server.studies.seals import KIND

As = Callable[[User | None], Client]
SCORE = "predicted_probability_permille"


def asked(source: Source, **fields: Any) -> dict[str, Any]:
    version = source.versions.get()
    return {
        "version": version.pk, "a": f"{SCORE}@0.5", "b": f"{SCORE}@0.6", "scale": "1000",
        "label": "employed", "segments": "SEX", "name_a": "today", "name_b": "stricter",
        "questions": "recall within 2% in every SEX", **fields,
    }  # fmt: skip


def start(browser: Client, story: Telling, **fields: Any) -> Any:
    return browser.post(f"/products/{story.product.slug}/studies/new/comparison/", fields)


@pytest.fixture
def study(story: Telling, source: Source, as_: As) -> Study:
    start(as_(story.people["dana"]), story, **asked(source))
    work_off()
    return Study.objects.get()


def test_the_numbers_are_those_of_the_library(study: Study, extracts: Any) -> None:
    own = sx.compare(
        extracts / "census.parquet",
        a={"column": SCORE, "scale": 1000, "threshold": 0.5},
        b={"column": SCORE, "scale": 1000, "threshold": 0.6},
        label="employed", segments=["SEX"], metrics=["recall within 2% in every SEX"],
        names=("today", "stricter"), look=1,
    ).to_dict()  # fmt: skip
    assert study.verdict == own["verdict"]
    assert study.headline == own["headline"][0].upper() + own["headline"][1:]
    assert study.answer == own["answer"]
    rows = [row for one in study.record["questions"] for row in one["rows"]]
    assert [(r["estimate"], r["low"], r["high"]) for r in rows] == [
        (r["difference"], r["low"], r["high"]) for r in own["results"]
    ]


def test_it_has_a_page_a_number_and_a_seal(study: Study, story: Telling, as_: As) -> None:
    page = as_(story.people["vera"]).get(f"/products/{story.product.slug}/studies/1/")
    assert page.status_code == 200
    assert study.headline in page.content.decode()
    assert study.seal[:12] in page.content.decode()
    assert list(faults(KIND)) == []
    Study.objects.update(headline="stricter is better.")
    assert any("was changed" in fault for fault in faults(KIND))


def test_a_contract_names_the_rest_and_its_looks_are_counted(
    story: Telling, source: Source, as_: As
) -> None:
    contract = story.contract(contract_text(MET, "recall >= 0.5 in every sex"))
    fields = {
        "version": source.versions.get().pk, "contract": contract.number, "a": f"{SCORE}@0.6",
        "questions": "recall", "name_a": "old", "name_b": "ours",
    }  # fmt: skip
    for _ in range(2):
        answer = start(as_(story.people["tara"]), story, **fields)
        assert answer.status_code == 302, answer.context["form"].errors
        work_off()
    first, second = Study.objects.order_by("number")
    assert (first.look, second.look) == (1, 1), "the same rows again are no new look"
    assert first.contract == contract
    assert [one["name"] for one in first.record["questions"][1]["rows"]] == ["men", "women"]
    assert list(faults(KIND)) == []


def test_the_form_is_filled_in_from_the_contract(
    story: Telling, source: Source, as_: As, base: str
) -> None:
    story.contract(contract_text(MET, "recall >= 0.5 in every sex", "precision >= 0.6"))
    form = as_(story.people["dana"]).get(f"{base}studies/new/comparison/").context["form"]
    assert form.initial["a"] == f"{SCORE}@0.5"
    assert form.initial["questions"] == "recall in every sex\nprecision within 0.02"


def test_a_second_click_gives_the_same_job(story: Telling, source: Source, as_: As) -> None:
    browser = as_(story.people["dana"])
    first, second = (start(browser, story, **asked(source)) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert StudyRun.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"a": "nothing"}, "There is no column"),
        ({"a": f"{SCORE}@0.6"}, "A and B are the same"),
        ({"questions": "beauty"}, "beauty"),
        ({"margin": "much"}, "is no number"),
        ({"key": "index"}, "joined by a column of both"),
        ({"b": ""}, "Version B has no column"),
        ({"scale": "-1"}, "not above 0"),
        ({"segments": "SEX, nobody"}, "is not in version 1"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(
    wrong: dict[str, str], says: str, story: Telling, source: Source, as_: As
) -> None:
    answer = start(as_(story.people["dana"]), story, **asked(source, **wrong))
    if answer.status_code == 302:
        work_off()
        assert says in Job.objects.latest("pk").problem
    else:
        assert answer.status_code == 422
        assert says in str(answer.context["form"].errors)
    assert not Study.objects.exists()


def test_two_tables_are_joined_by_a_key(
    story: Telling, source: Source, as_: As, tmp_path: Any, extracts: Any
) -> None:
    import pandas as pd

    rows = pd.read_parquet(extracts / "census.parquet").reset_index()
    rows[["index", "employed", SCORE]].to_parquet(tmp_path / "monday.parquet")
    rows.assign(**{SCORE: (rows[SCORE] + 20).clip(upper=1000)})[["index", SCORE]].iloc[10:].to_csv(
        tmp_path / "tuesday.csv", index=False
    )
    monday = story.upload("monday", tmp_path / "monday.parquet")
    tuesday = story.upload("tuesday", tmp_path / "tuesday.csv")
    fields = asked(monday, other=tuesday.versions.get().pk, key="index", a=SCORE, b="",
                   segments="", questions="recall")  # fmt: skip
    assert start(as_(story.people["dana"]), story, **fields).status_code == 302
    work_off()
    job = Job.objects.latest("pk")
    assert (job.kind, job.state, job.problem) == ("studies.compute", "done", "")
    study = Study.objects.get()
    assert study.other == tuesday.versions.get()
    assert study.record["data"]["set_aside"] == [["only in monday, version 1", 10]]


def test_it_stands_on_the_way_of_its_product(
    study: Study, story: Telling, as_: As, base: str
) -> None:
    page = as_(story.people["vera"]).get(base).content.decode()
    assert f"Study 1: {study.headline}" in page
    assert f'href="{base}studies/1/"' in page
    history = as_(story.people["vera"]).get(f"{base}history/").content.decode()
    assert "Study 1 was kept: stricter against today" in history


def test_every_task_that_the_library_compares_is_offered() -> None:
    assert {name for name, _ in PREDICTED} == set(TASKS)


@pytest.mark.parametrize(
    ("fields", "first"),
    [
        ({"task": "multiclass", "a": "employed", "b": "AGEP", "label": "SEX",
          "questions": "macro_f1"}, "macro_f1"),
        ({"task": "ranking", "a": SCORE, "b": "AGEP", "unit": "year", "questions": ""}, "ndcg"),
    ],
)  # fmt: skip
def test_a_task_is_compared_as_it_is_chosen(
    story: Telling, source: Source, as_: As, fields: dict[str, str], first: str
) -> None:
    sent = asked(source, segments="", scale="") | fields
    answer = start(as_(story.people["dana"]), story, **sent)
    assert answer.status_code == 302, answer.context["form"].errors
    work_off()
    study = Study.objects.get()
    assert study.record["questions"][0]["metric"] == first


def test_an_order_needs_its_user(story: Telling, source: Source, as_: As) -> None:
    sent = asked(source, task="ranking", a=SCORE, b="AGEP", segments="", questions="ndcg")
    answer = start(as_(story.people["dana"]), story, **sent)
    assert "is taken per user, and no unit is named" in answer.content.decode()
