"""Doing a job: take it, work, keep the result once; and say truthfully how it ended."""

from __future__ import annotations

import logging
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sextant.contracts.problems import ContractError
from sextant.engines.errors import Cancelled, SourceError
from sextant_server.core.errors import Refused
from sextant_server.jobs.lease import Lease, take
from sextant_server.jobs.models import ENDED, Job, State
from sextant_server.jobs.queries import waiting
from sextant_server.jobs.work import Handler, Keep, Work

log = logging.getLogger("sextant.jobs")


def perform(job_id: int) -> None:
    """Do a job if it is free. However it ends, the job says so; only faults of the database rise.

    The lease ends with it, so that a job is done twice only where a worker died over it, and its
    result is kept once: whoever lost his lease meanwhile keeps nothing.
    """
    job = take(job_id, timezone.now())
    if job is None:
        return
    log.info("job.started", extra=_about(job))
    with Lease(job) as lease:
        try:
            keep = _handler(job.kind)(Work(job, lease))
            if not _finish(job, keep):
                log.warning("job.lost", extra=_about(job))
        except Cancelled:
            if not lease.lost:
                _end(job, State.CANCELLED)
        except (Refused, SourceError, ContractError) as refused:
            _end(job, State.FAILED, told(refused))
        except OSError as error:
            log.exception("job.failed", extra=_about(job))
            reason = error.strerror or type(error).__name__
            _end(job, State.FAILED, [f"The system refused: {reason}. Mend it, then try again."])
        except Exception:
            log.exception("job.fault", extra=_about(job))
            says = f"This is a fault in Sextant and no verdict. The log tells more of job {job.pk}."
            _end(job, State.FAILED, [says])


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


@transaction.atomic
def _finish(job: Job, keep: Keep) -> bool:
    """Keep the result and end the job in one transaction, if the lease is still this one."""
    held = Job.objects.select_for_update().get(pk=job.pk)
    if held.lease != job.lease or held.state != State.RUNNING:
        return False
    keep()
    Job.objects.filter(pk=job.pk).update(
        state=State.DONE, progress=1.0, leased_until=None, finished_at=timezone.now()
    )
    log.info("job.done", extra=_about(job))
    return True


def _end(job: Job, state: State, problems: list[str] | None = None) -> None:
    """End a job without a result, if it is still this worker's."""
    Job.objects.filter(pk=job.pk, lease=job.lease).exclude(state__in=ENDED).update(
        state=state,
        problem="\n".join(" ".join(one.split()) for one in problems or ()),
        leased_until=None,
        finished_at=timezone.now(),
    )
    log.info(f"job.{state}", extra=_about(job))


def _about(job: Job) -> dict[str, object]:
    return {"job": job.pk, "kind": job.kind, "subject": job.subject, "attempt": job.attempts}
