"""Events: a pipeline sends them once, whoever may not changes nothing, and pages place them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.demo.telling import Telling
from sextant_server.events import actions
from sextant_server.events.actions import Sent
from sextant_server.events.happened import happened
from sextant_server.events.models import Event
from sextant_server.products.models import Stage

pytestmark = pytest.mark.django_db
NEW = {"sort": "release", "what": "score 2.1 goes live", "at": "2026-02-10T09:00:00Z", "ref": "b7"}


@pytest.fixture
def call(token_of: Callable[..., str], story: Telling) -> Callable[..., Any]:
    def ask(
        user: User, body: Any = None, scope: str = "runs:write", path: str = "", deed: str = "post"
    ) -> Any:
        address = f"/api/v1/products/{story.product.slug}/events{path}"
        held = {"Authorization": f"Bearer {token_of(user, scope)}"}
        if deed == "get":
            return Client().get(address, headers=held)
        return getattr(Client(), deed)(address, body, content_type="application/json", headers=held)

    return ask


def test_an_event_is_sent_once_and_taken_back(story: Telling, call: Callable[..., Any]) -> None:
    dana, vera = story.people["dana"], story.people["vera"]
    made = call(dana, NEW)
    assert made.status_code == 201, made.content
    again = call(dana, NEW)
    assert (again.status_code, again.json()) == (200, made.json())
    assert call(dana, NEW | {"what": "score 2.2"}).status_code == 409
    read = call(vera, scope="products:read", path="?since=2026-02-01T00:00:00Z", deed="get")
    told = [one for one in read.json() if one["sort"] == "release"]
    assert [one["what"] for one in told] == ["score 2.1 goes live"]
    path = f"/{made.json()['id']}"
    assert call(vera, path=path, deed="delete").status_code == 403
    assert call(dana, path=path, deed="delete").status_code == 204
    assert call(dana, path=path, deed="delete").status_code == 409
    left = happened(story.product, datetime(2026, 2, 1, tzinfo=UTC), timezone.now())
    assert "score 2.1 goes live" not in {one.what for one in left}
    actions_ = Entry.objects.filter(action__startswith="event.").order_by("sequence")
    assert [one.action for one in actions_] == ["event.sent", "event.withdrawn"]


def test_whoever_may_not_changes_nothing(
    story: Telling, call: Callable[..., Any], stranger: User
) -> None:
    people = story.people
    assert call(people["vera"], NEW).status_code == 403
    assert call(people["rui"], NEW).status_code == 403
    assert call(people["dana"], NEW, scope="products:read").status_code == 403
    assert call(stranger, NEW).status_code == 404
    assert call(stranger, scope="products:read", deed="get").status_code == 404
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"sort": "party"}, "sort"),
        ({"what": "  "}, "what"),
        ({"what": "a\u0000b"}, "what"),
        ({"at": "2026-02-10T09:00:00"}, "at"),
        ({"at": "2999-02-10T09:00:00Z"}, "at"),
        ({"at": "soon"}, "at"),
    ],
    ids=["sort", "empty", "nul", "no-zone", "ahead", "no-time"],
)
def test_what_is_no_event_is_refused(
    change: dict[str, str], field: str, story: Telling, call: Callable[..., Any]
) -> None:
    answer = call(story.people["dana"], NEW | change)
    assert 400 <= answer.status_code < 500
    assert field in answer.content.decode()
    assert not Event.objects.exists()


def test_what_is_recorded_anyway_is_read_by_one_query(story: Telling) -> None:
    """A stage, a gate, and an event in another zone, in the order of time."""
    story.decide(story.ask(Stage.SCOPING), "go", "worth it")
    berlin = datetime.fromisoformat("2026-03-01T00:30:00+01:00")
    sent, fresh = actions.send(
        story.by("dana"), story.product, Sent("pipeline", "nightly load", berlin)
    )
    assert fresh
    with CaptureQueriesContext(connection) as ran:
        found = happened(
            story.product, datetime(2026, 2, 28, tzinfo=UTC), timezone.now() + timedelta(hours=1)
        )
    assert len(ran) == 1
    assert found[0].what == "nightly load"
    assert found[0].at == sent.at == datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    assert {one.sort for one in found} >= {"pipeline", "gate", "stage"}
    assert [one.at for one in found] == sorted(one.at for one in found)
    assert any(one.what.startswith("Gate 1 decided: Go") for one in found)
