"""Everything that changes jobs: start, take, renew, keep, end, cancel, take up again."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.core.errors import Conflict
from sextant_server.jobs import tasks
from sextant_server.jobs.models import ENDED, Job, State, Turn, WorkerBeat

log = logging.getLogger("sextant.jobs")
MOST_ATTEMPTS = 5
KEPT = timedelta(days=7)
SETTLES = timedelta(seconds=10)
"""How long a job waits, or a task runs without its job, before the task counts as lost."""


def start(kind: str, subject: str, asked_by: User | None) -> Job:
    """Put work into the queue, in the transaction of its cause."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a job stands in the transaction of its cause")
    job = Job.objects.create(kind=kind, subject=subject, asked_by=asked_by)
    tasks.perform.enqueue(job.pk)
    return job


def take(job_id: int, now: datetime) -> Job | None:
    """The job, now held under a fresh lease; None where it ended or another holds it.

    One statement decides, so that of several workers one has it.
    """
    free = Q(state=State.WAITING) | Q(state=State.RUNNING, leased_until__lt=now)
    taken = Job.objects.filter(free, pk=job_id).update(
        state=State.RUNNING,
        lease=uuid.uuid4().hex,
        leased_until=now + lasts(),
        attempts=F("attempts") + 1,
        started_at=now,
        progress=0.0,
        phase="",
    )
    return Job.objects.get(pk=job_id) if taken else None


def renew(job: Job, **fields: float | str) -> bool | None:
    """Hold a job for a while longer: whether to go on, or None where the lease is another's."""
    mine = Job.objects.filter(pk=job.pk, lease=job.lease, state=State.RUNNING)
    if not mine.update(leased_until=timezone.now() + lasts(), **fields):
        return None
    return not Job.objects.filter(pk=job.pk, cancel_asked_at__isnull=False).exists()


@transaction.atomic
def keep(job: Job, result: Callable[[], None]) -> bool:
    """Keep the result and end the job in one transaction, if the lease is still this one.

    Where a cancel was accepted before, the job ends as cancelled and nothing is kept.
    """
    held = Job.objects.select_for_update().get(pk=job.pk)
    if held.lease != job.lease or held.state != State.RUNNING:
        return False
    if held.cancel_asked_at:
        end(held, State.CANCELLED)
        return False
    result()
    Job.objects.filter(pk=job.pk).update(
        state=State.DONE, progress=1.0, leased_until=None, finished_at=timezone.now()
    )
    return True


def end(job: Job, state: State, problems: Sequence[str] = ()) -> None:
    """End a job without a result, if it is still this worker's."""
    mine = Job.objects.filter(lease=job.lease)
    _end(mine, job, state, "\n".join(" ".join(one.split()) for one in problems), timezone.now())


@transaction.atomic
def ask_to_cancel(by: Acting, job: Job) -> Job:
    """End a job that waits, at once; one that runs ends before it keeps anything.

    Permission is the caller's to ask.
    """
    held = Job.objects.select_for_update().get(pk=job.pk)
    if held.state in (State.DONE, State.FAILED):
        raise Conflict(f"The work is {held.get_state_display()} already: it cannot be cancelled.")
    if held.ended or held.cancel_asked_at:
        return held
    now = timezone.now()
    held.cancel_asked_at, held.cancel_asked_by = now, by.user
    if held.state == State.WAITING:
        held.state, held.finished_at = State.CANCELLED, now
    held.save(update_fields=["cancel_asked_at", "cancel_asked_by", "state", "finished_at"])
    by.record("job.cancel.asked", held.subject, job=held.pk)
    return held


@transaction.atomic
def take_up_again(now: datetime) -> int:
    """Put jobs whose worker died, or whose task was lost, into the queue; returns how many.

    A job that has outlived several workers is ended: it may be what kills them.
    """
    return _queue_again(now) + _take_up_lost(now)


def _take_up_lost(now: datetime) -> int:
    lost = Job.objects.select_for_update().filter(state=State.RUNNING, leased_until__lt=now)
    count = 0
    for job in lost:
        if job.cancel_asked_at:
            _end(Job.objects.all(), job, State.CANCELLED, "", now)
        elif job.attempts >= MOST_ATTEMPTS:
            says = f"Its worker ended {job.attempts} times before the work was done. Try fewer rows"
            says = f"{says}, or give the worker more memory."
            _end(Job.objects.all(), job, State.FAILED, says, now)
        else:
            Job.objects.filter(pk=job.pk).update(state=State.WAITING, lease="", leased_until=None)
            tasks.perform.enqueue(job.pk)
            log.warning("job.taken.up.again", extra={"job": job.pk, "attempts": job.attempts})
            count += 1
    return count


def _queue_again(now: datetime) -> int:
    """Give the jobs that wait without a live task a new one; a second copy does nothing."""
    rows = Job.objects.select_for_update().filter(state=State.WAITING, created_at__lt=now - SETTLES)
    waiting = list(rows.order_by("id").values_list("id", flat=True))
    lost = set(waiting) - _with_live_task(now) if waiting else set()
    for job_id in sorted(lost):
        tasks.perform.enqueue(job_id)
        log.warning("job.queued.again", extra={"job": job_id})
    return len(lost)


def _with_live_task(now: datetime) -> set[int]:
    """The jobs whose task is in the queue, or was begun just now and is about to take its job."""
    begun = Q(status=TaskResultStatus.RUNNING, started_at__gte=now - SETTLES)
    rows = DBTaskResult.objects.filter(
        Q(status=TaskResultStatus.READY) | begun, task_path=tasks.perform.module_path
    )
    return {held["args"][0] for held in rows.values_list("args_kwargs", flat=True)}


def beat(name: str, started: datetime, now: datetime) -> None:
    """Say that a worker lives."""
    WorkerBeat.objects.update_or_create(name=name, defaults={"started_at": started, "seen_at": now})


def forget(name: str) -> None:
    """A worker ends in order and says so."""
    WorkerBeat.objects.filter(name=name).delete()


def due(name: str, every: timedelta, now: datetime) -> bool:
    """Whether it is this worker's turn to do what is done every so often.

    One statement moves the time of the next turn on; of several workers one finds it due.
    """
    Turn.objects.get_or_create(name=name, defaults={"next_at": now})
    return bool(Turn.objects.filter(name=name, next_at__lte=now).update(next_at=now + every))


def tidy(now: datetime) -> None:
    """Drop what the queue keeps of tasks long done, and workers long gone; jobs stay."""
    DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT).delete()
    WorkerBeat.objects.filter(seen_at__lt=now - KEPT).delete()


def lasts() -> timedelta:
    """How long a lease holds without a heartbeat."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _end(rows: QuerySet[Job], job: Job, state: State, problem: str, now: datetime) -> None:
    rows.filter(pk=job.pk).exclude(state__in=ENDED).update(
        state=state, problem=problem, leased_until=None, finished_at=now
    )
