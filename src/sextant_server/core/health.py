"""Two answers for whoever runs the server: it lives; it can do its work.

They are given before the host is checked, since a load balancer asks by address.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

log = logging.getLogger("sextant.health")
ALIVE, READY = "/healthz", "/readyz"


def pending_migrations() -> int:
    """How many migrations the database lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def troubles() -> list[str]:
    """What keeps the server from its work; nothing where it is ready."""
    found = []
    try:
        if pending_migrations():
            found.append("the database lacks migrations")
    except DatabaseError:
        log.exception("database.unreachable")
        found.append("the database does not answer")
    if not os.access(settings.SEXTANT.data, os.W_OK):
        found.append("the data folder cannot be written")
    return found


class HealthMiddleware:
    """Answers /healthz and /readyz, and nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == ALIVE:
            return _answer([])
        if request.path == READY:
            return _answer(troubles())
        return self.get_response(request)


def _answer(found: list[str]) -> HttpResponse:
    body = {"status": "unavailable" if found else "ok", "troubles": found}
    response = JsonResponse(body, status=503 if found else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
