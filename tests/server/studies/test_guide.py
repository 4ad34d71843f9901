"""What docs/studies.md tells programs to send is accepted, and gives what it says."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.test import Client

from sextant_server.accounts.models import User
from sextant_server.demo.telling import Telling
from sextant_server.jobs.execution import work_off
from sextant_server.sources.models import Source
from sextant_server.studies.models import Study

As = Callable[[User | None], Client]
PAGE = Path(__file__).parents[3] / "docs/studies.md"


def test_the_example_of_the_api(
    story: Telling, source: Source, as_: As, token_of: Any, team: dict[str, User]
) -> None:
    (body,) = re.findall(r"```json\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    base = f"/api/v1/products/{story.product.slug}"
    token = token_of(team["contributor"], "runs:write", "products:read")
    head = {"Authorization": f"Bearer {token}"}
    browser = as_(None)

    def post(path: str, sent: Any) -> Any:
        return browser.post(base + path, json.dumps(sent), "application/json", headers=head)

    asked = json.loads(body)
    started = post("/studies", asked)
    assert started.status_code == 201, started.content
    work_off()
    run = browser.get(f"{base}/studies/runs/{started.json()['id']}", headers=head).json()
    assert (run["state"], run["study"]) == ("done", 1)
    study = browser.get(f"{base}/studies/1", headers=head).json()
    assert study["verdict"] == study["record"]["verdict"] == Study.objects.get().verdict
    assert study["record"]["b"]["name"] == "stricter"
    assert post(f"/studies/runs/{run['id']}/cancel", {}).status_code == 409
    for wrong, says in (
        ({**asked, "kind": "beauty"}, "no kind of study"),
        ({**asked, "source": "nothing"}, "no source here"),
        ({**asked, "version": 7}, "version 7"),
        ({**asked, "asked": {**asked["asked"], "questions": "beauty"}}, "beauty"),
    ):
        answer = post("/studies", wrong)
        assert answer.status_code == 422, answer.content
        assert says in answer.json()["detail"]
    token = token_of(team["viewer"], "runs:write")
    head = {"Authorization": f"Bearer {token}"}
    assert post("/studies", asked).status_code == 403
    assert post("/studies", {**asked, "asked": {}}).status_code in (403, 422)
