"""Writing the draft over the API: no text of another person is lost, nothing is done by half."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from examples import MET, MISSED, UNDECIDED, contract_text

from sextant_server.contracts import actions
from sextant_server.contracts.queries import draft_of
from sextant_server.demo.telling import Telling
from sextant_server.sources.models import Source

Put = Callable[..., Any]


@pytest.fixture
def put(story: Telling, token_of: Callable[..., str]) -> Put:
    def made(key: str = "tara", **asked: Any) -> Any:
        headers = {"Authorization": f"Bearer {token_of(story.people[key], 'contracts:write')}"}
        url = f"/api/v1/products/{story.product.slug}/contracts/draft"
        return Client().put(url, json.dumps(asked), "application/json", headers=headers)

    return made


def test_null_overwrites_no_draft(story: Telling, source: Source, put: Put) -> None:
    draft = actions.draft(story.by("dana"), story.product, contract_text(MET))
    actions.write(story.by("bruno"), draft, contract_text(MISSED), draft.version)
    for version in (None, 1, 7):
        answer = put(text=contract_text(UNDECIDED), version=version)
        assert answer.status_code == 409
        assert "contract 1, has version 2, and" in answer.json()["detail"]
    draft.refresh_from_db()
    assert draft.text == contract_text(MISSED)
    assert put(text=contract_text(UNDECIDED), version=2).json()["contract"]["version"] == 3


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"text": contract_text(MISSED), "version": 7}, 409), ({"text": "\x00"}, 422)],
)
def test_what_is_refused_leaves_no_draft(
    story: Telling, source: Source, put: Put, asked: dict[str, Any], status: int
) -> None:
    story.contract(contract_text(MET))
    assert put(**asked, reason="the bound was too low").status_code == status
    assert draft_of(story.product) is None


def test_a_version_of_no_draft_is_refused(story: Telling, source: Source, put: Put) -> None:
    answer = put(text=contract_text(MET), version=1)
    assert answer.status_code == 409
    assert "There is no draft, and version 1 was sent" in answer.json()["detail"]
    assert put(text=contract_text(MET)).status_code == 200


def test_a_locked_contract_is_superseded_in_one_step(
    story: Telling, source: Source, put: Put
) -> None:
    story.contract(contract_text(MET))
    answer = put(text=contract_text(MISSED), reason="the bound was too low").json()["contract"]
    assert (answer["number"], answer["text"]) == (2, contract_text(MISSED))


def test_who_may_not_write_is_told_that_first(story: Telling, source: Source, put: Put) -> None:
    actions.draft(story.by("dana"), story.product, contract_text(MET))
    assert put("vera", text=contract_text(MISSED)).status_code == 403
