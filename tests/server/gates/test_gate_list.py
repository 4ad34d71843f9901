"""The API's list of gates: the same few queries for one gate and for twenty."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sextant_server.accounts.models import User
from sextant_server.demo.telling import Telling
from sextant_server.gates.actions import withdraw
from sextant_server.products.models import Stage
from sextant_server.sources.models import Source

MOST_QUERIES = 24


def listed(story: Telling, token: str) -> tuple[int, list[dict[str, Any]]]:
    """How many queries the list took, and the list."""
    headers = {"Authorization": f"Bearer {token}"}
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(f"/api/v1/products/{story.product.slug}/gates", headers=headers)
    assert answer.status_code == 200
    return len(queries), answer.json()


def test_twenty_gates_take_few_queries(
    story: Telling, source: Source, team: dict[str, User], token_of: Callable[..., str]
) -> None:
    token = token_of(team["owner"], "products:read")
    for _ in range(10):
        withdraw(story.by("tara"), story.ask(Stage.SCOPING), "too early")
    for _ in range(9):
        story.decide(story.ask(Stage.SCOPING), "hold", "not yet")
    story.ask(Stage.SCOPING)
    count, gates = listed(story, token)
    assert len(gates) == 20
    assert count <= MOST_QUERIES, count
    verdicts = {(one["state"], one["verdict"], bool(one["requirements"])) for one in gates}
    assert verdicts == {("withdrawn", "", False), ("decided", "met", True), ("open", "met", True)}
