"""The API of candidates: what a pipeline reads, what it may add, what takes a person."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from race import SCORE, Race

from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.candidates.models import Candidate

pytestmark = pytest.mark.django_db
NEW = {"name": "nightly", "sort": "model", "says": "Trained tonight.", "source": "predictions",
       "written": f"{SCORE}@0.7"}  # fmt: skip


@pytest.fixture
def call(token_of: Callable[..., str], race: Race) -> Callable[..., Any]:
    def ask(user: User, path: str = "", body: Any = None, scope: str = "products:write") -> Any:
        address = f"/api/v1/products/{race.story.product.slug}/candidates{path}"
        held = {"Authorization": f"Bearer {token_of(user, scope)}"}
        if body is None:
            return Client().get(address, headers=held)
        return Client().post(address, body, content_type="application/json", headers=held)

    return ask


def test_everybody_who_sees_the_product_reads_them(race: Race, call: Callable) -> None:
    told = call(race.story.people["vera"], scope="products:read").json()
    assert [one["name"] for one in told["candidates"]] == ["nobody", "model", "strict"]
    assert told["champion"] is None
    assert told["choices"] == []
    assert {one["against"]["why"] for one in told["options"]} == {"there is no champion yet"}


def test_a_pipeline_puts_a_version_in_the_running_and_takes_it_out(
    race: Race, call: Callable
) -> None:
    dana = race.story.people["dana"]
    made = call(dana, body={**NEW, "source": race.source.name})
    assert made.status_code == 201, made.content
    assert made.json()["written"] == f"{SCORE}@0.7"
    assert not made.json()["champion"]
    assert Entry.objects.filter(action="candidate.added").count() == 4
    number = made.json()["number"]
    gone = call(dana, f"/{number}/discard", {"reason": "slower than the one before"})
    assert gone.json()["dropped_why"] == "slower than the one before"
    assert call(dana, f"/{number}/discard", {"reason": "again"}).status_code == 409
    assert call(dana, "/99/discard", {"reason": "x"}).status_code == 404


def test_whoever_may_not_changes_nothing(race: Race, call: Callable, stranger: User) -> None:
    before = Candidate.objects.count()
    body = {**NEW, "source": race.source.name}
    people = race.story.people
    assert call(people["vera"], body=body).status_code == 403
    assert call(people["dana"], body=body, scope="products:read").status_code == 403
    assert call(stranger, body=body).status_code == 404
    assert call(stranger, scope="products:read").status_code == 404
    assert call(people["vera"], scope="account:read").status_code == 403
    assert call(people["dana"], body={**body, "source": "elsewhere"}).status_code == 422
    assert call(people["dana"], body={**body, "sort": "guess"}).status_code == 422
    assert Candidate.objects.count() == before


def test_nobody_chooses_by_program(race: Race, call: Callable) -> None:
    assert call(race.story.people["ines"], "/2/choose", {"reason": "x"}).status_code == 404
