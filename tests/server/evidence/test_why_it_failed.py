"""Why a run or a version failed can quote cells: it is told to those who do such work alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from examples import MET, contract_text

from sextant_server.accounts.models import User
from sextant_server.contracts import actions as contracts
from sextant_server.demo.telling import Telling
from sextant_server.evidence.actions import start_run
from sextant_server.evidence.models import Run
from sextant_server.jobs.execution import work_off
from sextant_server.jobs.models import Job, State
from sextant_server.sources.actions import note_unusable
from sextant_server.sources.models import Source

As = Callable[[User | None], Client]
SECRET = "The label 'employed' holds '0', '1', 'SECRET-VALUE'."


@pytest.fixture
def ask(token_of: Callable[..., str]) -> Callable[[User, str], Any]:
    def made(user: User, path: str) -> Any:
        headers = {"Authorization": f"Bearer {token_of(user, 'products:read')}"}
        return Client().get(f"/api/v1{path}", headers=headers).json()

    return made


@pytest.fixture
def failed(story: Telling, source: Source) -> Run:
    draft = contracts.draft(story.by("dana"), story.product, contract_text(MET))
    run = start_run(story.by("tara"), draft, source.versions.get())
    Job.objects.filter(pk=run.job_id).update(state=State.FAILED, problem=SECRET)
    return run


@pytest.mark.parametrize(("key", "told"), [("vera", False), ("rui", False), ("dana", True)])
def test_why_a_run_failed(
    story: Telling, failed: Run, as_: As, ask: Any, key: str, told: bool
) -> None:
    path, user = f"/products/{story.product.slug}/runs/{failed.pk}", story.people[key]
    problems = ask(user, path)["problems"]
    assert problems == ([SECRET] if told else ["It failed. Those who start runs can read why."])
    for headers in ({}, {"HX-Request": "true"}):
        page = as_(user).get(f"{path}/", headers=headers).content.decode()
        assert ("SECRET-VALUE" in page) == told
        assert ("Those who start runs can read why" in page) != told


@pytest.mark.parametrize(("key", "told"), [("vera", False), ("dana", True)])
def test_why_a_version_is_unusable(
    story: Telling, source: Source, as_: As, ask: Any, key: str, told: bool
) -> None:
    work_off()
    note_unusable(source.versions.get(), [SECRET])
    base, user = f"/products/{story.product.slug}/sources", story.people[key]
    says = SECRET if told else "It cannot be read. Those who look after sources can read why."
    assert ask(user, base)[0]["versions"][0]["problem"] == says
    assert ask(user, f"{base}/predictions")["versions"][0]["problem"] == says
    page = as_(user).get(f"{base}/predictions/").content.decode()
    assert ("SECRET-VALUE" in page) == told


def test_what_did_not_fail_has_no_reason(story: Telling, source: Source, ask: Any) -> None:
    run = story.run(story.contract(contract_text(MET)), source)
    base, vera = f"/products/{story.product.slug}", story.people["vera"]
    assert ask(vera, f"{base}/runs/{run.pk}")["problems"] == []
    assert ask(vera, f"{base}/sources")[0]["versions"][0]["problem"] == ""
