"""What is read of jobs and workers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from sextant_server.jobs.models import Job, State, WorkerBeat

ALIVE = timedelta(seconds=30)


def worker_lives(now: datetime | None = None) -> bool:
    """Whether some worker has said lately that it lives."""
    seen = (now or timezone.now()) - ALIVE
    return WorkerBeat.objects.filter(seen_at__gte=seen).exists()


def worker_state() -> str:
    """`alive` or `missing`, for whoever runs the server."""
    return "alive" if worker_lives() else "missing"


def waiting() -> list[int]:
    """The numbers of the jobs that wait, the oldest first."""
    return list(Job.objects.filter(state=State.WAITING).order_by("id").values_list("id", flat=True))
