"""What a job's function is given, and what it hands back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from sextant.engines.errors import Cancelled
from sextant_server.jobs.lease import Lease
from sextant_server.jobs.models import Job

Keep: TypeAlias = Callable[[], None]
"""Keeps the result: runs in the last transaction, and only if the lease is still the job's own."""

WRITTEN = 0.5
"""Progress is written at most so often, in seconds."""


class Handler(Protocol):
    """Does the work of one kind of job, outside any transaction; returns what keeps its result."""

    def __call__(self, work: Work, /) -> Keep: ...


@dataclass(slots=True)
class Work:
    """One attempt at a job."""

    job: Job
    lease: Lease
    _next: float = field(default=0.0)
    _phase: str = field(default="")

    @property
    def subject_id(self) -> int:
        """The number in the job's subject: 12 of `run:12`."""
        return int(self.job.subject.rpartition(":")[2])

    def progress(self, share: float, phase: str = "") -> None:
        """Say how far it is, from 0 to 1.

        Raises Cancelled where somebody asked for an end, or another worker has taken over.
        """
        if self.lease.over:
            raise Cancelled
        now = time.monotonic()
        if now >= self._next or phase != self._phase:
            self._next, self._phase = now + WRITTEN, phase
            self.lease.tell(min(max(share, 0.0), 1.0), phase)
