"""A job: taken once, kept once, ended truthfully, taken up again where its worker died."""

import errno
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sextant.engines.errors import Cancelled, SourceError
from sextant_server.accounts.acting import OPERATOR
from sextant_server.accounts.models import User
from sextant_server.core.errors import Conflict
from sextant_server.jobs import actions, execution, worker
from sextant_server.jobs.actions import take
from sextant_server.jobs.lease import Lease
from sextant_server.jobs.models import Job, State, Turn, WorkerBeat
from sextant_server.jobs.queries import worker_lives
from sextant_server.jobs.work import Work

KEPT: list[int] = []


def keeps(work: Work) -> Callable[[], None]:
    work.progress(0.5, "half way")
    return lambda: KEPT.append(work.subject_id)


def refuses(work: Work) -> Callable[[], None]:
    raise Conflict("The contract was superseded meanwhile.")


def breaks(work: Work) -> Callable[[], None]:
    raise SourceError(["predictions: the file is gone. Put it back.", "Another problem."])


def faults(work: Work) -> Callable[[], None]:
    raise ZeroDivisionError("secret detail")


def fills_the_disk(work: Work) -> Callable[[], None]:
    raise OSError(errno.ENOSPC, "No space left on device")


def is_overtaken(work: Work) -> Callable[[], None]:
    Job.objects.filter(pk=work.job.pk).update(lease="of another worker")
    return lambda: KEPT.append(work.subject_id)


def is_cancelled(work: Work) -> Callable[[], None]:
    actions.ask_to_cancel(OPERATOR, work.job)
    work.progress(0.1, "now it hears of it")
    work.progress(0.2, "and stops")
    raise AssertionError("it went on")


@pytest.fixture(autouse=True)
def kinds(settings: Any, db: None) -> None:
    KEPT.clear()
    names = ("keeps", "refuses", "breaks", "faults", "fills_the_disk", "is_overtaken",
             "is_cancelled", "is_cancelled_at_the_end")  # fmt: skip
    settings.SEXTANT_JOBS = {name: f"{__name__}.{name}" for name in names}


def run(kind: str) -> Job:
    with transaction.atomic():
        job = actions.start(kind, "thing:7", None)
    execution.perform(job.pk)
    job.refresh_from_db()
    return job


def test_a_job_is_done_and_its_result_kept() -> None:
    job = run("keeps")
    assert (job.state, job.progress, KEPT) == (State.DONE, 1.0, [7])
    execution.perform(job.pk)
    assert KEPT == [7], "a second copy of the task does nothing"


def test_a_job_stands_in_the_transaction_of_its_cause() -> None:
    def cause() -> None:
        with transaction.atomic():
            actions.start("keeps", "thing:7", None)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        cause()
    assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("refuses", "The contract was superseded meanwhile."),
        ("breaks", "predictions: the file is gone. Put it back.\nAnother problem."),
        ("fills_the_disk", "The system refused: No space left on device. Mend it, then try again."),
    ],
)
def test_a_refusal_is_told_as_it_is(kind: str, says: str) -> None:
    job = run(kind)
    assert (job.state, job.problem) == (State.FAILED, says)


def test_a_fault_is_told_without_its_details(caplog: pytest.LogCaptureFixture) -> None:
    job = run("faults")
    assert job.state == State.FAILED
    assert "a fault in Sextant and no verdict" in job.problem
    assert "secret detail" not in job.problem
    assert "secret detail" in caplog.text


def test_whoever_lost_the_lease_keeps_nothing() -> None:
    job = run("is_overtaken")
    assert (job.state, KEPT) == (State.RUNNING, [])


def test_a_running_job_hears_that_it_is_cancelled() -> None:
    assert run("is_cancelled").state == State.CANCELLED


def is_cancelled_at_the_end(work: Work) -> Callable[[], None]:
    actions.ask_to_cancel(OPERATOR, work.job)
    return lambda: KEPT.append(work.subject_id)


def test_a_cancel_that_came_first_keeps_the_result_away() -> None:
    job = run("is_cancelled_at_the_end")
    assert (job.state, KEPT) == (State.CANCELLED, [])
    assert job.finished_at
    assert actions.ask_to_cancel(OPERATOR, job).state == State.CANCELLED, "asking again is no fault"


def test_a_cancel_that_came_second_is_told_so() -> None:
    job = run("keeps")
    with pytest.raises(Conflict, match="done already"):
        actions.ask_to_cancel(OPERATOR, job)
    job.refresh_from_db()
    assert (job.state, job.cancel_asked_at, KEPT) == (State.DONE, None, [7])


def test_a_waiting_job_is_cancelled_at_once() -> None:
    with transaction.atomic():
        job = actions.start("keeps", "thing:7", None)
    assert actions.ask_to_cancel(OPERATOR, job).state == State.CANCELLED
    execution.perform(job.pk)
    assert KEPT == []


def test_one_worker_takes_it() -> None:
    with transaction.atomic():
        job = actions.start("keeps", "thing:7", None)
    now = timezone.now()
    assert take(job.pk, now)
    assert take(job.pk, now) is None
    assert take(job.pk, now + timedelta(minutes=1)), "its lease has run out"


def test_a_lease_is_renewed_and_lost() -> None:
    with transaction.atomic():
        job = actions.start("keeps", "thing:7", None)
    held = take(job.pk, timezone.now() - timedelta(seconds=14))
    assert held
    lease = Lease(held)
    lease.tell(0.3, "reading")
    held.refresh_from_db()
    assert held.leased_until
    assert held.leased_until > timezone.now() + timedelta(seconds=10)
    assert (held.progress, held.phase) == (0.3, "reading")
    Job.objects.filter(pk=job.pk).update(lease="another")
    lease.tell(0.4, "reading")
    assert lease.lost
    with pytest.raises(Cancelled):
        Work(held, lease).progress(0.5)


def test_the_job_of_a_dead_worker_is_taken_up_again() -> None:
    with transaction.atomic():
        job = actions.start("keeps", "thing:7", None)
    take(job.pk, timezone.now() - timedelta(minutes=1))
    assert actions.take_up_again(timezone.now()) == 1
    assert execution.work_off() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, KEPT) == (State.DONE, 2, [7])


def test_a_job_that_kills_its_workers_is_ended() -> None:
    with transaction.atomic():
        job = actions.start("keeps", "thing:7", None)
    for _ in range(actions.MOST_ATTEMPTS):
        take(job.pk, timezone.now() - timedelta(minutes=1))
        actions.take_up_again(timezone.now())
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "Its worker ended 5 times" in job.problem


def lose_failed(tasks: QuerySet[DBTaskResult]) -> None:
    tasks.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())


def lose_deleted(tasks: QuerySet[DBTaskResult]) -> None:
    tasks.delete()


def lose_begun(tasks: QuerySet[DBTaskResult]) -> None:
    tasks.update(status=TaskResultStatus.RUNNING, started_at=timezone.now())


@pytest.mark.parametrize("lose", [lose_failed, lose_deleted, lose_begun])
def test_a_job_whose_task_is_lost_is_queued_again(
    lose: Callable[[QuerySet[DBTaskResult]], None],
) -> None:
    with transaction.atomic():
        job = actions.start("keeps", "thing:7", None)
    later = timezone.now() + 2 * actions.SETTLES
    assert actions.take_up_again(later) == 0, "its task waits in the queue"
    lose(DBTaskResult.objects.all())
    assert actions.take_up_again(timezone.now()) == 0, "it may be on its way"
    assert actions.take_up_again(later) == 1
    assert DBTaskResult.objects.ready().get().args_kwargs["args"] == [job.pk]
    assert actions.take_up_again(later) == 0, "once is enough"


def test_of_two_workers_one_has_the_turn() -> None:
    now = timezone.now()
    assert actions.due("sweep", timedelta(minutes=1), now)
    assert not actions.due("sweep", timedelta(minutes=1), now)
    assert actions.due("sweep", timedelta(minutes=1), now + timedelta(minutes=2))
    assert Turn.objects.count() == 1


def test_a_duty_that_fails_keeps_no_other_from_its_turn(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SEXTANT_TICKS = {f"{__name__}.duty_fails": 1, f"{__name__}.duty_holds": 1}
    worker.tick("w", timezone.now())
    assert KEPT == [1]
    assert "tick.failed" in caplog.text
    assert worker_lives()
    WorkerBeat.objects.update(seen_at=timezone.now() - timedelta(minutes=1))
    assert not worker_lives()


def duty_fails(now: object) -> None:
    raise RuntimeError


def duty_holds(now: object) -> None:
    KEPT.append(1)


def test_every_named_function_exists(settings: Any) -> None:
    from importlib import import_module

    from sextant_server import settings as own

    dotted = [*own.SEXTANT_JOBS.values(), *own.SEXTANT_TICKS, *own.SEXTANT_ON_VERSION,
              *own.SEXTANT_SEALED]  # fmt: skip
    for name in dotted:
        module, _, function = name.rpartition(".")
        assert hasattr(import_module(module), function), name


def test_who_asked_is_kept(member: User) -> None:
    with transaction.atomic():
        assert actions.start("keeps", "thing:7", member).asked_by == member
