"""A comparison sent as states: judged as `sextant compare` judges it, counted, kept, refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from examples import MET, contract_text

import sextant as sx
from sextant.comparison import packed
from sextant_server.accounts.models import User
from sextant_server.audit.seals import faults
from sextant_server.candidates.models import Tradeoff
from sextant_server.candidates.queries import measured_of
from sextant_server.candidates.trades import by_studies
from sextant_server.demo.telling import Telling
from sextant_server.sources.models import Source
from sextant_server.studies.models import Study, StudyLooks
from sextant_server.studies.seals import KIND

SCORE = "predicted_probability_permille"
Send = Callable[..., Any]


@pytest.fixture
def send(token_of: Callable[..., str], story: Telling) -> Send:
    def made(body: bytes, user: User | None = None) -> Any:
        token = token_of(user or story.people["tara"], "runs:write", "products:read")
        return Client().post(
            f"/api/v1/products/{story.product.slug}/comparisons", body,
            content_type="application/octet-stream", headers={"Authorization": f"Bearer {token}"},
        )  # fmt: skip

    return made


def asked() -> dict[str, Any]:
    return {
        "a": {"column": SCORE, "scale": 1000, "threshold": 0.5},
        "b": {"column": SCORE, "scale": 1000, "threshold": 0.6},
        "label": "employed", "segments": ["SEX"], "metrics": ["recall within 2% in every SEX"],
        "names": ("today", "stricter"),
    }  # fmt: skip


@pytest.fixture
def body(extracts: Path) -> bytes:
    return packed(extracts / "census.parquet", **asked())


def test_the_study_is_that_of_the_library(
    send: Send, body: bytes, extracts: Path, story: Telling
) -> None:
    answer = send(body)
    assert answer.status_code == 201, answer.json()
    own = sx.compare(extracts / "census.parquet", **asked(), look=1).to_dict()
    study = Study.objects.get()
    assert (study.verdict, study.answer, study.look) == (own["verdict"], own["answer"], 1)
    assert study.record["questions"][0]["text"] == own["questions"][0]["question"]
    rows = [row for one in study.record["questions"] for row in one["rows"]]
    assert [(r["estimate"], r["low"]) for r in rows] == [
        (r["difference"], r["low"]) for r in own["results"]
    ]
    assert "states sent by" in study.record["data"]["source"]
    assert study.version is None
    assert answer.json()["page"] == f"/products/{story.product.slug}/studies/{study.number}/"
    assert list(faults(KIND)) == []


def test_no_row_is_sent(body: bytes) -> None:
    """A line of JSON and a tally: less than a byte a row of the two columns."""
    line, _, _ = body.partition(b"\n")
    assert set(json.loads(line)) == {
        "schema", "metrics", "margin", "confidence", "contract", "roles", "source", "versions",
        "names", "digest", "tables",
    }  # fmt: skip
    assert len(body) < 60_000


def test_it_has_a_page_and_looks_are_counted(
    send: Send, body: bytes, extracts: Path, story: Telling, as_: Callable[..., Client]
) -> None:
    first = send(body).json()
    page = as_(story.people["dana"]).get(first["page"])
    assert page.status_code == 200
    assert "stricter" in page.content.decode()
    half = packed(extracts / "census.parquet", **asked() | {"time": "year", "end": 2016})
    again = send(packed(extracts / "census.parquet", **asked()))
    assert again.json()["look"] == 1, "the same rows are the same look"
    assert send(half).status_code == 201
    assert StudyLooks.objects.count() == 2


def test_a_contract_is_found_by_its_digest(
    send: Send, story: Telling, source: Source, extracts: Path, tmp_path: Path
) -> None:
    contract = story.contract(contract_text(MET))
    path = tmp_path / "contract.yaml"
    path.write_text(contract.text)
    made = packed(path, a=f"{SCORE}@0.6", source=extracts / "census.parquet")
    answer = send(made)
    assert answer.status_code == 201, answer.json()
    assert Study.objects.get().contract == contract
    path.write_text(contract.text + "threshold: 0.4\n")
    other = send(packed(path, a=f"{SCORE}@0.6", source=extracts / "census.parquet"))
    assert (other.status_code, "not what is agreed here" in other.json()["detail"]) == (422, True)


def test_the_same_states_sent_again_give_the_first_study(
    send: Send, body: bytes, extracts: Path
) -> None:
    first, again = send(body), send(body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert Study.objects.count() == 1
    other = send(packed(extracts / "census.parquet", **asked() | {"margin": 0.03}))
    assert (other.status_code, other.json()["number"]) == (201, 2)


def test_a_table_that_is_a_source_here_is_known_by_its_digest(
    send: Send, body: bytes, story: Telling, extracts: Path, as_: Callable[..., Client]
) -> None:
    bare = send(body)
    told = as_(story.people["dana"]).get(bare.json()["page"]).content.decode()
    assert "No champion can rest on this study." in told
    source = story.upload("predictions", extracts / "census.parquet")
    named = send(body)
    assert (named.status_code, named.json()["number"]) == (201, 2)
    study = Study.objects.get(number=2)
    assert study.version == source.versions.get()
    assert send(body).json()["number"] == 2
    told = as_(story.people["dana"]).get(named.json()["page"]).content.decode()
    assert "No champion can rest on this study." not in told
    assert "predictions</a>, version 1" in told
    assert list(faults(KIND)) == []
    (one,) = measured_of(story.product)
    assert (one.a, one.b) == ((source.pk, SCORE, 0.5), (source.pk, SCORE, 0.6))
    part = packed(extracts / "census.parquet", **asked() | {"time": "year", "end": 2016})
    send(part)
    assert Study.objects.latest("number").version is None, "a chosen period is not the table"


def test_agreed_trade_offs_are_weighed_on_what_was_sent(
    send: Send, body: bytes, source: Source, story: Telling, extracts: Path
) -> None:
    send(body)
    text = "1% of recall is worth 2% of precision"
    agreed = Tradeoff(product=story.product, number=1, text=text)
    (found,) = by_studies([agreed], measured_of(story.product)).values()
    own = sx.tradeoff(text, sx.compare(extracts / "census.parquet", **asked(), look=1))
    assert [(one.verdict, one.headline) for one in found] == [
        (own.verdict, own.to_dict()["headline"])
    ]


def changed(body: bytes, **fields: Any) -> bytes:
    line, _, states = body.partition(b"\n")
    return json.dumps({**json.loads(line), **fields}).encode() + b"\n" + states


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"metrics": ["precision"]}, "means something else here"),
        ({"metrics": ["nonsense"]}, "is not known"),
        ({"roles": {"label": "employed", "task": "nothing"}}, "cannot be compared"),
        ({"roles": {"somebody": 1}}, "somebody"),
        ({"schema": 2}, "question"),
        ({"versions": [["a"], ["b"], "", False]}, "version"),
        ({"tables": ["a", "b", "c"]}, "tables"),
        ({"tables": [1]}, "question"),
        ({"contract": "sha256:x", "roles": None}, "not what is agreed here"),
    ],
)
def test_hostile_questions_are_refused(
    send: Send, body: bytes, fields: dict[str, Any], says: str
) -> None:
    answer = send(changed(body, **fields))
    assert answer.status_code == 422
    assert says in answer.json()["detail"]
    assert not Study.objects.exists()
    assert not StudyLooks.objects.exists()


@pytest.mark.parametrize(
    "states", [b"", b"{}", b"{}\n", b"\x80\x04.\n", b"TALLY\n" + b"\x00" * 400]
)
def test_hostile_bytes_are_refused(send: Send, story: Telling, states: bytes) -> None:
    assert send(states).status_code == 422
    assert not Study.objects.exists()


def test_states_that_answer_another_question_are_refused(
    send: Send, body: bytes, extracts: Path
) -> None:
    line, _, _ = body.partition(b"\n")
    less = asked() | {"segments": None, "metrics": ["recall"]}
    other = packed(extracts / "census.parquet", **less)
    answer = send(line + b"\n" + other.partition(b"\n")[2])
    assert answer.status_code == 422
    assert "do not answer the question for: SEX" in answer.json()["detail"]


def test_who_may_start_no_study_may_send_none(send: Send, body: bytes, member: User) -> None:
    assert send(body, member).status_code in (403, 404)
    assert not Study.objects.exists()
