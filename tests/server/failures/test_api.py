"""The API of failure modes: how they stand, and one more that a pipeline writes down."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from examples import MET, contract_text

from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.contracts import actions as contracts
from sextant_server.demo.telling import Telling
from sextant_server.failures.models import FailureMode

pytestmark = pytest.mark.django_db
NEW = {"how": "the score grows stale", "shows": "people wait", "criterion": MET, "red": 0.55}


@pytest.fixture
def call(token_of: Callable[..., str], story: Telling) -> Callable[..., Any]:
    contracts.draft(story.by("dana"), story.product, contract_text(MET))

    def ask(user: User, path: str = "", body: Any = None, scope: str = "products:write") -> Any:
        address = f"/api/v1/products/{story.product.slug}/failures{path}"
        held = {"Authorization": f"Bearer {token_of(user, scope)}"}
        if body is None:
            return Client().get(address, headers=held)
        return Client().post(address, body, content_type="application/json", headers=held)

    return ask


def test_what_a_pipeline_writes_down_is_read_by_everybody(story: Telling, call: Callable) -> None:
    made = call(story.people["dana"], body=NEW)
    assert made.status_code == 201, made.content
    held = made.json()
    assert (held["possible"], held["word"]) == ([], "not known")
    assert held["says"] == "Not known: no evidence decides under a locked contract."
    assert held["lacks"], "who sees to it is said by people"
    assert Entry.objects.filter(action="failure.written").count() == 1
    vera = story.people["vera"]
    assert call(vera, scope="products:read").json() == [held]
    assert call(vera, f"/{held['id']}", scope="products:read").json() == held
    assert call(vera, f"/{held['id'] + 1}", scope="products:read").status_code == 404


def test_whoever_may_not_changes_nothing(story: Telling, call: Callable, stranger: User) -> None:
    people = story.people
    assert call(people["vera"], body=NEW).status_code == 403
    assert call(people["dana"], body=NEW, scope="products:read").status_code == 403
    assert call(stranger, body=NEW).status_code == 404
    assert call(stranger, scope="products:read").status_code == 404
    assert call(people["vera"], scope="runs:write").status_code == 403
    assert not FailureMode.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"how": " "}, {"red": None}, {"criterion": "recall >= 7"}, {"red": 0.95}, {"how": "a\u0000"}],
)
def test_what_makes_no_sense_is_refused(story: Telling, call: Callable, change: dict) -> None:
    assert call(story.people["dana"], body={**NEW, **change}).status_code == 422
    assert not FailureMode.objects.exists()
