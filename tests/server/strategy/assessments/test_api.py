"""The API: how assessments stand, and never what others have answered while it is blind."""

from collections.abc import Callable

import pytest
from django.test import Client

from sextant_server.accounts.models import User
from sextant_server.strategy.assessments.actions import Said
from sextant_server.strategy.assessments.models import FrameworkVersion

pytestmark = pytest.mark.django_db
SECRET = "because of the otters in the harbour"


@pytest.fixture
def get(token_of: Callable[..., str], table):
    """What the API answers to somebody."""

    def ask(user: User, path: str = "", scope: str = "products:read"):
        address = f"/api/v1/products/{table.product.slug}/assessments{path}"
        return Client().get(address, headers={"Authorization": f"Bearer {token_of(user, scope)}"})

    return ask


def test_blind_answers_are_ones_own(
    framework: FrameworkVersion, table, get: Callable, admin: User
) -> None:
    held = table.begin("fit", "dana")
    table.answer(held, "dana", need=Said(level="high", why=SECRET))
    people = table.story.people
    for user in (people["ines"], people["vera"], admin):
        for path in ("", "/fit"):
            answer = get(user, path)
            assert answer.status_code == 200
            assert SECRET not in answer.content.decode()
        assert get(user, "/fit").json()["answers"] == []
    (mine,) = get(people["dana"], "/fit").json()["answers"]
    assert (mine["question"], mine["levels"], mine["why"]) == ("need", ["high"], SECRET)


def test_what_is_uncovered_is_told_whole(framework: FrameworkVersion, table, get: Callable) -> None:
    held = table.begin("fit", "dana")
    wide = Said(low=2000, high=3000)
    table.answer(held, "dana", need=Said(level="high", why=SECRET), reach=wide)
    table.answer(held, "ines", need="middle", reach=wide)
    one = get(table.story.people["vera"], "/fit").json()
    assert (one["state"], one["verdict"], one["outcome"]) == ("compared", "met", "fits")
    assert len(one["answers"]) == 4
    assert {row["low"] for row in one["answers"] if row["question"] == "reach"} == {2000.0}
    (listed,) = get(table.story.people["vera"]).json()
    assert listed["dimensions"][0]["name"] == "Need"
    assert "answers" not in listed


def test_what_is_not_there_or_not_open(
    framework: FrameworkVersion, table, get: Callable, stranger: User
) -> None:
    assert get(table.story.people["vera"], "/fit").status_code == 404
    assert get(stranger).status_code == 404
    assert get(table.story.people["vera"], scope="account:read").status_code == 403
