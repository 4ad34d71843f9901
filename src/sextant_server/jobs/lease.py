"""A worker's hold on a job: taken by one statement, renewed by a heartbeat, lost when it ends."""

from __future__ import annotations

import logging
import threading
import uuid
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.models import F, Q
from django.utils import timezone

from sextant_server.jobs.models import Job, State

log = logging.getLogger("sextant.jobs")
BEATS = 6
"""A lease is renewed so many times before it would run out: several heartbeats may fail."""


def lasts() -> timedelta:
    """How long a lease holds without a heartbeat."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def take(job_id: int, now: datetime) -> Job | None:
    """The job, now held under a fresh lease; None where it ended or another holds it."""
    lease = uuid.uuid4().hex
    free = Q(state=State.WAITING) | Q(state=State.RUNNING, leased_until__lt=now)
    taken = Job.objects.filter(free, pk=job_id).update(
        state=State.RUNNING,
        lease=lease,
        leased_until=now + lasts(),
        attempts=F("attempts") + 1,
        started_at=now,
        progress=0.0,
        phase="",
    )
    return Job.objects.get(pk=job_id) if taken else None


class Lease:
    """Renews a job's lease from a thread of its own, and learns from it whether to go on."""

    def __init__(self, job: Job) -> None:
        self.job_id, self.lease = job.pk, job.lease
        self.cancelled = job.cancel_asked_at is not None
        self.lost = False
        self._done = threading.Event()
        self._told: tuple[float, str] | None = None
        self._thread = threading.Thread(target=self._beat, daemon=True)

    @property
    def over(self) -> bool:
        """Whether the work must stop: it is to be cancelled, or the lease is another's."""
        return self.cancelled or self.lost

    def tell(self, share: float, phase: str) -> None:
        """Write the progress at once, and see whether to go on."""
        self._renew(progress=share, phase=phase)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._done.wait(settings.JOB_LEASE_SECONDS / BEATS):
                try:
                    self._renew()
                except DatabaseError:
                    log.exception("job.heartbeat.failed", extra={"job": self.job_id})
        finally:
            connections.close_all()

    def _renew(self, **fields: float | str) -> None:
        """Hold the job for a while longer. An update that finds nothing has lost it."""
        mine = Job.objects.filter(pk=self.job_id, lease=self.lease, state=State.RUNNING)
        if not mine.update(leased_until=timezone.now() + lasts(), **fields):
            self.lost = True
        elif Job.objects.filter(pk=self.job_id, cancel_asked_at__isnull=False).exists():
            self.cancelled = True
