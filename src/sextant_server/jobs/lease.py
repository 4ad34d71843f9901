"""A worker's hold on a job: renewed by a heartbeat, lost when it ends."""

from __future__ import annotations

import logging
import threading
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import DatabaseError, connections

from sextant_server.jobs import actions
from sextant_server.jobs.models import Job

log = logging.getLogger("sextant.jobs")
BEATS = 6
"""A lease is renewed so many times before it would run out: several heartbeats may fail."""


class Lease:
    """Renews a job's lease from a thread of its own, and learns from it whether to go on."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.cancelled = job.cancel_asked_at is not None
        self.lost = False
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    @property
    def over(self) -> bool:
        """Whether the work must stop: it is to be cancelled, or the lease is another's."""
        return self.cancelled or self.lost

    def tell(self, share: float, phase: str) -> None:
        """Write the progress at once, and see whether to go on.

        Where the database is busy the work goes on: the heartbeat asks again.
        """
        try:
            self._renew(progress=share, phase=phase)
        except DatabaseError:
            log.warning("job.progress.failed", extra={"job": self.job.pk})

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
                    log.exception("job.heartbeat.failed", extra={"job": self.job.pk})
        finally:
            connections.close_all()

    def _renew(self, **fields: float | str) -> None:
        held = actions.renew(self.job, **fields)
        self.lost = self.lost or held is None
        self.cancelled = self.cancelled or held is False
