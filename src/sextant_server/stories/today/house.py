"""What is wrong with the house itself, for those who look after it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from sextant_server.accounts.models import User
from sextant_server.jobs.queries import worker_lives
from sextant_server.stories.line import Line


def house(user: User, now: datetime) -> list[Line]:
    """A line for administrators where no worker lives: runs and letters would wait for ever."""
    if not user.is_admin or worker_lives(now):
        return []
    return [
        Line(
            says="No worker is running, so runs and letters wait.",
            why="Start one on the server: sextant worker.",
            href=reverse("audit_log"),
            label="Audit log",
            word="silent",
            rank=(9, 9),
        )
    ]
