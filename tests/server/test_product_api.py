"""The API of products to gates: who may, what it answers, and that it does what the pages do."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from examples import MET, MISSED, contract_text

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.actions import revoke_token
from sextant_server.accounts.models import ApiToken, User
from sextant_server.accounts.scopes import NAMES
from sextant_server.api.root import schema
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.jobs.execution import work_off
from sextant_server.products.models import Stage
from sextant_server.sources.models import Source

Call = Callable[..., Any]
SLUG = "employment-pre-screen"
BASE = f"/products/{SLUG}"


@pytest.fixture
def call(token_of: Callable[..., str]) -> Call:
    """Call the API as somebody, with all scopes or with some."""

    def made(user: User | None, method: str, path: str, body: Any = None, *scopes: str,
             raw: bytes | None = None) -> Any:  # fmt: skip
        headers = {}
        if user:
            headers["Authorization"] = f"Bearer {token_of(user, *(scopes or NAMES))}"
        extra: dict[str, Any] = {}
        if raw is not None:
            extra = {"data": raw, "content_type": "application/octet-stream"}
        elif body is not None and method != "get":
            extra = {"data": json.dumps(body), "content_type": "application/json"}
        return getattr(Client(), method)(f"/api/v1{path}", headers=headers, **extra)

    return made


def operations() -> list[tuple[str, str]]:
    return [
        (method, path.removeprefix("/api/v1"))
        for path, found in schema()["paths"].items()
        for method in found
        if "{slug}" in path
    ]


def filled(path: str) -> str:
    values = {"slug": SLUG, "name": "predictions", "number": "1", "run_id": "1",
              "framework": "ai-value", "failure_id": "1", "event_id": "1"}  # fmt: skip
    return path.format(**values) + ("?digest=x&filename=x.csv" if "states" in path else "")


@pytest.mark.parametrize(("method", "path"), operations())
def test_every_route_is_closed(
    call: Call, story: Telling, stranger: User, method: str, path: str
) -> None:
    url = filled(path)
    assert call(None, method, url).status_code == 401
    lacking = call(story.people["ines"], method, url, {}, "account:read")
    assert lacking.status_code == 403
    assert lacking["Content-Type"] == "application/problem+json"
    answer = call(stranger, method, url, {})
    assert answer.status_code in (404, 422), "a stranger finds nothing"
    assert "Employment" not in answer.content.decode()


def test_a_revoked_token_opens_nothing(token_of: Callable[..., str], story: Telling) -> None:
    headers = {"Authorization": f"Bearer {token_of(story.people['ines'], 'products:read')}"}
    assert Client().get(f"/api/v1{BASE}", headers=headers).status_code == 200
    revoke_token(Acting(user=story.people["ines"]), ApiToken.objects.get().pk)
    assert Client().get(f"/api/v1{BASE}", headers=headers).status_code == 401


def test_from_nothing_to_a_gate(call: Call, story: Telling, member: User, extracts: Path) -> None:
    tara, data = story.people["tara"], (extracts / "census.parquet").read_bytes()
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    made = call(tara, "post", f"{BASE}/sources/predictions/upload?filename=c.parquet", raw=data)
    assert (made.status_code, made.json()) == (201, {"version": 1})
    again = call(tara, "post", f"{BASE}/sources/predictions/upload?filename=c.parquet", raw=data)
    assert again.json() == {"version": None}
    work_off()
    wrong = call(tara, "put", f"{BASE}/contracts/draft", {"text": contract_text("recal >= 0.8")})
    assert wrong.json()["problems"][0]["line"] == 12
    text, version = contract_text(MISSED), wrong.json()["contract"]["version"]
    kept = call(
        tara, "put", f"{BASE}/contracts/draft", {"text": text, "version": version}
    ).json()  # fmt: skip
    assert kept["problems"] == []
    checked = call(tara, "post", f"{BASE}/contracts/check", {"text": text}).json()
    assert checked["asks"][0]["columns"] == ["predicted_probability_permille", "employed"]
    from sextant_server.contracts.queries import draft_of

    draft = draft_of(story.product)
    assert draft
    story.lock(draft)
    story.decide(story.ask(Stage.DEVELOPMENT), "go", "signed")
    run = call(tara, "post", f"{BASE}/runs", {}).json()
    assert run["state"] == "waiting"
    work_off()
    done = call(tara, "get", f"{BASE}/runs/{run['id']}").json()
    assert (done["state"], done["evidence"]) == ("done", 1)
    evidence = call(tara, "get", f"{BASE}/evidence/1").json()
    assert evidence["verdict"] == evidence["record"]["verdict"] == "missed"
    gate = call(tara, "post", f"{BASE}/gates", {"note": "the season begins"}).json()
    assert (gate["target"], gate["verdict"], gate["decision"]) == ("launch", "missed", None)
    assert gate["requirements"][0]["name"] == "evidence"


def test_states_from_elsewhere_give_the_same_evidence(
    call: Call, story: Telling, source: Source
) -> None:
    contract = story.contract(contract_text(MET, MISSED))
    run = story.run(contract, source)
    tara = story.people["tara"]
    states = call(story.people["dana"], "get", f"{BASE}/evidence/1/states").content
    url = f"{BASE}/states?digest={contract.digest}&source=ci"
    sent = call(tara, "post", url, raw=states)
    assert sent.status_code == 201, sent.json()
    record, own = sent.json()["record"], run.evidence.record
    assert record["criteria"] == own["criteria"]
    assert call(tara, "post", url, raw=states).json()["number"] == sent.json()["number"]
    assert Evidence.objects.count() == 2


@pytest.mark.parametrize("states", [b"", b"TALLY", b"\x80\x04.", b"TALLY\x01" + b"\x00" * 400])
def test_hostile_states_are_refused(
    call: Call, story: Telling, source: Source, states: bytes
) -> None:
    contract = story.contract(contract_text(MET))
    url = f"{BASE}/states?digest={contract.digest}"
    answer = call(story.people["tara"], "post", url, raw=states)
    assert answer.status_code == 422
    assert "cannot be read" in answer.json()["detail"]


def test_states_of_another_contract_are_refused(call: Call, story: Telling, source: Source) -> None:
    story.run(story.contract(contract_text(MET)), source)
    tara = story.people["tara"]
    states = call(story.people["dana"], "get", f"{BASE}/evidence/1/states").content
    answer = call(tara, "post", f"{BASE}/states?digest=sha256:other", raw=states)
    assert (answer.status_code, "not what is agreed here" in answer.json()["detail"]) == (422, True)


def test_no_route_signs_or_decides() -> None:
    paths = " ".join(schema()["paths"])
    assert "sign" not in paths
    assert "lock" not in paths
    assert "decide" not in paths
    assert "second" not in paths


def test_a_product_is_changed_by_the_version_that_was_read(call: Call, story: Telling) -> None:
    ines = story.people["ines"]
    held = call(ines, "get", BASE).json()
    changed = call(ines, "put", BASE, {**held, "risk": "high"})
    assert changed.json()["risk"] == "high"
    stale = call(ines, "put", BASE, {**held, "risk": "minimal"})
    assert stale.status_code == 409
    assert stale.json()["title"] == "Conflict"
