"""The one task of the queue: do the job with this number."""

from __future__ import annotations

from django_tasks import task


@task
def perform(job_id: int) -> None:
    """Do a job; a second copy of the task finds it taken or ended and does nothing."""
    from sextant_server.jobs import execution

    execution.perform(job_id)
