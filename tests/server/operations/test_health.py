"""What the server says of itself to whoever runs it."""

import json
import shutil
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.utils import timezone

from sextant_server.jobs.actions import beat

pytestmark = pytest.mark.django_db


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def ready() -> tuple[int, dict[str, Any]]:
    answer = Client().get("/readyz", headers={"host": "any.example.org"})
    return answer.status_code, json.loads(answer.content)


def test_a_missing_worker_is_told_and_no_trouble() -> None:
    assert ready() == (200, {"status": "ok", "troubles": [], "worker": "missing"})
    beat("w", timezone.now(), timezone.now())
    assert ready()[1]["worker"] == "alive"


def test_a_full_disk_is_a_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12 - 1000, 1000))
    status, body = ready()
    assert (status, body["troubles"]) == (503, ["the disk of the data folder is full"])
