"""A judge against people, asked of a product's rows: its job, its page, what it refuses."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from django.test import Client

import sextant as sx
from sextant_server.accounts.models import User
from sextant_server.audit.seals import faults
from sextant_server.demo.telling import Telling
from sextant_server.jobs.execution import work_off
from sextant_server.jobs.models import Job
from sextant_server.sources.models import Source
from sextant_server.studies.models import Study
from sextant_server.studies.seals import KIND

As = Callable[[User | None], Client]


@pytest.fixture
def rows() -> pd.DataFrame:
    rng = np.random.default_rng(4)
    n = 1_500
    good = rng.random(n) < 0.85
    judge = np.where(good, rng.random(n) < 0.95, rng.random(n) < 0.3)
    return pd.DataFrame(
        {
            "id": [f"r{at}" for at in range(n)],
            "topic": rng.choice(["billing", "<b>other</b>"], n),
            "approved": np.where(rng.random(n) < 0.2, np.where(good, "yes", "no"), None),
            "says": np.where(judge, "yes", "no"),
        }
    )


@pytest.fixture
def answers(story: Telling, rows: pd.DataFrame, tmp_path: Path) -> Source:
    rows.to_parquet(tmp_path / "answers.parquet")
    return story.upload("answers", tmp_path / "answers.parquet")


def asked(source: Source, **fields: Any) -> dict[str, Any]:
    return {
        "version": source.versions.get().pk, "human": "approved", "judge": "says",
        "promise": ">= 80%", "segments": "topic", "key": "id", "rows": "40", "by": "judge",
        **fields,
    }  # fmt: skip


def start(browser: Client, story: Telling, **fields: Any) -> Any:
    return browser.post(f"/products/{story.product.slug}/studies/new/judge/", fields)


@pytest.fixture
def study(story: Telling, answers: Source, as_: As) -> Study:
    answer = start(as_(story.people["dana"]), story, **asked(answers))
    assert answer.status_code == 302, answer.context["form"].errors
    work_off()
    return Study.objects.get()


def test_the_numbers_are_those_of_the_library(study: Study, rows: pd.DataFrame) -> None:
    own = sx.judge(rows, human="approved", judge="says", promise=">= 80%", segments=["topic"])
    record = own.to_dict()
    assert study.verdict == own.verdict
    assert study.headline == record["headline"]
    assert study.record["rows"] == record["rows"]
    assert study.digest == own.study.digest
    assert list(faults(KIND)) == []


def test_its_page_says_it_and_lists_what_to_judge(study: Study, story: Telling, as_: As) -> None:
    page = as_(story.people["vera"]).get(f"/products/{story.product.slug}/studies/1/")
    text = page.content.decode()
    assert page.status_code == 200
    assert study.headline in text.replace("&#x27;", "'")
    assert "count as" in text
    assert "&lt;b&gt;other&lt;/b&gt;" in text
    assert "<b>other</b>" not in text
    assert "40 rows were drawn at random" in text
    drawn = as_(story.people["vera"]).get(
        f"/products/{story.product.slug}/studies/1/label-next.csv"
    )
    lines = drawn.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "id,stratum,probability"
    assert len(lines) == 41


def test_the_form_offers_its_columns(story: Telling, answers: Source, as_: As) -> None:
    page = as_(story.people["dana"]).get(f"/products/{story.product.slug}/studies/new/judge/")
    assert page.status_code == 200
    assert '<option value="approved">' in page.content.decode()


def test_a_page_takes_few_queries(
    study: Study, story: Telling, as_: As, django_assert_max_num_queries: Any
) -> None:
    browser = as_(story.people["vera"])
    with django_assert_max_num_queries(12):
        browser.get(f"/products/{story.product.slug}/studies/1/")


def test_more_rows_are_a_second_look(
    study: Study, story: Telling, answers: Source, as_: As, rows: pd.DataFrame, tmp_path: Path
) -> None:
    more = pd.concat([rows, rows.assign(id=rows["id"] + "b")], ignore_index=True)
    more.to_parquet(tmp_path / "more.parquet")
    later = story.upload("more", tmp_path / "more.parquet")
    start(as_(story.people["dana"]), story, **asked(later))
    work_off()
    first, second = Study.objects.order_by("number")
    assert (first.look, second.look) == (1, 2)
    assert "confidence sequence" in second.record["rows"][0]["together"]["method"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"human": "aproved"}, "Did you mean"),
        ({"judge": "approved"}, "Name the judge"),
        ({"promise": "much"}, "cannot be read"),
        ({"lengths": "id"}, "Write two"),
        ({"segments": "topic, nobody"}, "There is no column"),
        ({"stratum": "says", "unit": "id"}, "both at once"),
        ({"positive": "ja"}, "never holds"),
        ({"key": "topic"}, "does not tell the rows"),
    ],
)
def test_what_cannot_be_asked_is_said(
    wrong: dict[str, str], says: str, story: Telling, answers: Source, as_: As
) -> None:
    answer = start(as_(story.people["dana"]), story, **asked(answers, **wrong))
    if answer.status_code == 302:
        work_off()
        assert says in Job.objects.latest("pk").problem
    else:
        assert answer.status_code == 422
        assert says in str(answer.context["form"].errors)
    assert not Study.objects.exists()
