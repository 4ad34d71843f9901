"""Two answers for whoever runs the server: it lives; it can do its work.

They are given before the host is checked, since a load balancer asks by address.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Mapping
from importlib import import_module

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

log = logging.getLogger("sextant.health")
ALIVE, READY = "/healthz", "/readyz"
ROOM = 50_000_000
"""With less room on the disk, bytes, the server does not say that it is ready."""


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
    elif shutil.disk_usage(settings.SEXTANT.data).free < ROOM:
        found.append("the disk of the data folder is full")
    return found


def further() -> dict[str, str]:
    """What else is worth knowing and keeps nobody from reading pages, by the apps that know."""
    said = {}
    for name, dotted in settings.SEXTANT_HEALTH.items():
        module, _, function = dotted.rpartition(".")
        try:
            said[name] = getattr(import_module(module), function)()
        except DatabaseError:
            said[name] = "unknown"
    return said


class HealthMiddleware:
    """Answers /healthz and /readyz, and nothing else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == ALIVE:
            return _answer([])
        if request.path == READY:
            return _answer(troubles(), further())
        return self.get_response(request)


def _answer(found: list[str], said: Mapping[str, str] | None = None) -> HttpResponse:
    body = {"status": "unavailable" if found else "ok", "troubles": found, **(said or {})}
    response = JsonResponse(body, status=503 if found else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
