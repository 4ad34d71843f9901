"""Doing a job: take it, work, keep the result once; and say truthfully how it ended."""

from __future__ import annotations

import logging
from importlib import import_module

from django.conf import settings
from django.utils import timezone

from sextant.contracts.problems import ContractError
from sextant.engines.errors import Cancelled, SourceError
from sextant_server.core.errors import Refused
from sextant_server.jobs import actions
from sextant_server.jobs.lease import Lease
from sextant_server.jobs.models import Job, State
from sextant_server.jobs.queries import waiting
from sextant_server.jobs.work import Handler, Work

log = logging.getLogger("sextant.jobs")


def perform(job_id: int) -> None:
    """Do a job if it is free. However it ends, the job says so; only faults of the database rise.

    The lease ends with it, so that a job is done twice only where a worker died over it, and its
    result is kept once: whoever lost his lease meanwhile keeps nothing.
    """
    job = actions.take(job_id, timezone.now())
    if job is None:
        return
    log.info("job.started", extra=_about(job))
    with Lease(job) as lease:
        try:
            result = _handler(job.kind)(Work(job, lease))
            done = actions.keep(job, result)
            log.info("job.done" if done else "job.not.kept", extra=_about(job))
        except Cancelled:
            if not lease.lost:
                actions.end(job, State.CANCELLED)
                log.info("job.cancelled", extra=_about(job))
        except (Refused, SourceError, ContractError) as refused:
            actions.end(job, State.FAILED, told(refused))
            log.info("job.refused", extra=_about(job))
        except OSError as error:
            log.exception("job.failed", extra=_about(job))
            reason = error.strerror or type(error).__name__
            actions.end(
                job, State.FAILED, [f"The system refused: {reason}. Mend it, then try again."]
            )
        except Exception:
            log.exception("job.fault", extra=_about(job))
            says = f"This is a fault in Sextant and no verdict. The log tells more of job {job.pk}."
            actions.end(job, State.FAILED, [says])


def work_off() -> int:
    """Do everything that waits, in this process; returns how many jobs that were."""
    count = 0
    while jobs := waiting():
        for job_id in jobs:
            perform(job_id)
            count += 1
    return count


def told(error: Exception) -> list[str]:
    """The sentences of a refusal, each a problem with its remedy."""
    if isinstance(error, Refused):
        return [error.detail]
    problems = getattr(error, "problems", (error,))
    return [str(problem) for problem in problems]


def _handler(kind: str) -> Handler:
    module, _, name = settings.SEXTANT_JOBS[kind].rpartition(".")
    found: Handler = getattr(import_module(module), name)
    return found


def _about(job: Job) -> dict[str, object]:
    return {"job": job.pk, "kind": job.kind, "subject": job.subject, "attempt": job.attempts}
