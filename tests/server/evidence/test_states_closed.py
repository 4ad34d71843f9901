"""States hold every value of a segment: they are open to readers of the source alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from examples import MET, contract_text

from sextant_server.accounts.models import User
from sextant_server.demo.telling import Telling
from sextant_server.evidence import actions
from sextant_server.evidence.models import Evidence
from sextant_server.sources.actions import grant
from sextant_server.sources.models import Source

Download = Callable[[User, Evidence], Any]


@pytest.fixture
def download(token_of: Callable[..., str]) -> Download:
    def made(user: User, evidence: Evidence) -> Any:
        headers = {"Authorization": f"Bearer {token_of(user, 'products:read')}"}
        slug = evidence.product.slug
        path = f"/api/v1/products/{slug}/evidence/{evidence.number}/states"
        return Client().get(path, headers=headers)

    return made


def test_states_of_a_source_are_its_readers_alone(
    story: Telling, source: Source, member: User, download: Download
) -> None:
    evidence = story.run(story.contract(contract_text(MET)), source).evidence
    for user in (member, story.people["vera"], story.people["ines"]):
        answer = download(user, evidence)
        assert answer.status_code == 403
        assert answer["Content-Type"] == "application/problem+json"
        assert "who may see the rows of predictions" in answer.json()["detail"]
    assert download(story.people["dana"], evidence).content == bytes(evidence.states)
    grant(story.by("ines"), source, story.people["vera"])
    assert download(story.people["vera"], evidence).status_code == 200


def test_states_from_elsewhere_are_those_who_run(
    story: Telling, source: Source, member: User, download: Download
) -> None:
    contract = story.contract(contract_text(MET))
    states = bytes(story.run(contract, source).evidence.states)
    sent = actions.record_states(story.by("tara"), contract, states)
    for user in (member, story.people["vera"]):
        answer = download(user, sent)
        assert answer.status_code == 403
        assert "who may start runs" in answer.json()["detail"]
    assert download(story.people["tara"], sent).status_code == 200
