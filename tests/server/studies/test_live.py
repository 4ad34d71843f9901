"""A live page of an evidence's states: answered at once, kept on demand, exactly as it was."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pace import slower

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.audit.seals import faults
from sextant_server.core.errors import NotAllowed
from sextant_server.demo.telling import Telling
from sextant_server.evidence.models import Evidence
from sextant_server.studies import actions
from sextant_server.studies.models import Study
from sextant_server.studies.seals import KIND as SEALED

As = Callable[[User | None], Client]
LIVE = "evidence/1/counting/"
pytestmark = pytest.mark.usefixtures("counting")


def test_it_answers_at_the_settings_of_its_address(
    story: Telling, evidence: Evidence, as_: As, base: str
) -> None:
    browser = as_(story.people["vera"])
    assert "cut at 0.5" in browser.get(base + LIVE).content.decode()
    page = browser.get(base + LIVE + "?cut=0.25")
    text = page.content.decode()
    assert "cut at 0.25" in text
    assert f"{base}{LIVE}?cut=0.25" in text, "the link that shows exactly this"
    assert "Keep exactly this" not in text, "a viewer keeps nothing"
    assert "<script>alert" not in text
    assert not Study.objects.exists()


def test_settings_that_make_no_sense_are_said_beside_their_field(
    story: Telling, evidence: Evidence, as_: As, base: str
) -> None:
    answer = as_(story.people["vera"]).get(base + LIVE + "?cut=7")
    assert answer.status_code == 422
    assert "less than or equal to 1" in answer.content.decode()


def test_keeping_it(story: Telling, evidence: Evidence, as_: As, base: str) -> None:
    browser = as_(story.people["dana"])
    for _ in range(2):
        answer = browser.post(base + LIVE, {"cut": "0.25"})
        assert answer["Location"] == f"{base}studies/1/"
    browser.post(base + LIVE, {"cut": "0.5"})
    one, two = Study.objects.order_by("number")
    assert (one.headline, one.asked) == ("600 rows, cut at 0.25.", {"cut": "0.25"})
    assert (one.evidence, one.snapshot) == (evidence, evidence.snapshot)
    assert two.headline == "600 rows, cut at 0.5."
    assert "600 rows, cut at 0.25." in browser.get(f"{base}studies/1/").content.decode()
    assert list(faults(SEALED)) == []
    assert "Study 1 was kept: Counting rows" in browser.get(f"{base}history/").content.decode()


@pytest.mark.parametrize("part", ["reviewer", "annotator", "viewer"])
def test_who_may_not_keep(
    part: str, story: Telling, team: dict[str, User], evidence: Evidence, counting: Any
) -> None:
    with pytest.raises(NotAllowed):
        actions.keep_live(Acting(user=team[part]), evidence, counting, {"cut": 0.5}, {"cut": "0.5"})
    assert not Study.objects.exists()


def test_the_evidence_links_to_it(story: Telling, evidence: Evidence, as_: As, base: str) -> None:
    text = as_(story.people["vera"]).get(f"{base}evidence/1/").content.decode()
    assert f'href="{base}{LIVE}"' in text
    assert (
        f'href="{base}{LIVE}"' in as_(story.people["vera"]).get(f"{base}studies/").content.decode()
    )


def test_few_queries_and_little_time(
    story: Telling, evidence: Evidence, as_: As, base: str
) -> None:
    browser = as_(story.people["dana"])
    browser.post(base + LIVE, {"cut": "0.25"})
    for path in (LIVE, "studies/", "studies/1/", "studies/1/rows.csv", "studies/new/comparison/",
                 f"{LIVE}rows.csv", "evidence/1/"):  # fmt: skip
        browser.get(base + path)
        with CaptureQueriesContext(connection) as ran:
            begun = time.process_time()
            assert browser.get(base + path).status_code == 200
            took = time.process_time() - begun
        assert len(ran) <= 12, path
        assert took < 0.5 * slower(), path


def test_the_api_keeps_and_lists(
    story: Telling, evidence: Evidence, token_of: Any, as_: As, team: dict[str, User]
) -> None:
    base = f"/api/v1/products/{story.product.slug}"
    head = {
        "Authorization": f"Bearer {token_of(team['contributor'], 'runs:write', 'products:read')}"
    }
    browser = as_(None)

    def post(path: str, body: Any) -> Any:
        return browser.post(base + path, json.dumps(body), "application/json", headers=head)

    made = post("/evidence/1/studies", {"kind": "counting", "asked": {"cut": 0.25}})
    assert made.status_code == 201, made.content
    assert made.json()["record"]["rows"] == 600
    assert post("/evidence/1/studies", {"kind": "counting", "asked": {"cut": 9}}).status_code == 422
    assert post("/evidence/1/studies", {"kind": "nothing"}).status_code == 422
    listed = browser.get(f"{base}/studies", headers=head).json()
    assert [(one["number"], one["kind"], one["evidence"]) for one in listed] == [(1, "counting", 1)]
    assert browser.get(f"{base}/studies/1", headers=head).json()["asked"] == {"cut": "0.25"}
    assert browser.get(f"{base}/studies/2", headers=head).status_code == 404
    viewer = {"Authorization": f"Bearer {token_of(team['viewer'], 'runs:write')}"}
    entries = Entry.objects.count()
    answer = browser.post(f"{base}/evidence/1/studies", json.dumps({"kind": "counting"}),
                          "application/json", headers=viewer)  # fmt: skip
    assert (answer.status_code, Entry.objects.count()) == (403, entries)
