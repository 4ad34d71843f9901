"""A piece of background work, and how far it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class State(models.TextChoices):
    """Where a job stands; the last three are for good."""

    WAITING = "waiting", "waiting"
    RUNNING = "running", "running"
    DONE = "done", "done"
    FAILED = "failed", "failed"
    CANCELLED = "cancelled", "cancelled"


ENDED = (State.DONE, State.FAILED, State.CANCELLED)


class Job(models.Model):
    """One piece of work. `kind` names its function in the setting `SEXTANT_JOBS`.

    A worker that takes it writes a `lease` of its own and renews `leased_until` while it works;
    what it has worked out is kept only if the lease is still its own. A job whose lease ran out is
    taken again: its work may be done twice, its effect happens once.
    """

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.FloatField(default=0.0)
    phase = models.CharField(max_length=80, blank=True)
    problem = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    cancel_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["state", "leased_until"], name="jobs_state"),
            models.Index(fields=["subject"], name="jobs_subject"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="state_of_job_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    @property
    def problems(self) -> list[str]:
        """Why it failed, one sentence a line."""
        return self.problem.splitlines()


class WorkerBeat(models.Model):
    """A worker that lives, and when it last said so."""

    name = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Turn(models.Model):
    """Something that is done every so often, by whichever worker comes first."""

    name = models.CharField(max_length=120, primary_key=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
