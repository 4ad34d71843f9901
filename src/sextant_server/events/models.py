"""An event that happened outside: a release, a run of a pipeline, an incident. Sent, not typed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sextant_server.products.models import Product

TEXT, REF = 160, 80


class Sort(models.TextChoices):
    """What kind of thing happened."""

    RELEASE = "release", "release"
    ROLLBACK = "rollback", "rollback"
    PIPELINE = "pipeline", "pipeline"
    INCIDENT = "incident", "incident"
    OTHER = "other", "event"


class Event(models.Model):
    """What happened `at` a moment, as a program says it.

    `ref` is the sender's own name for it, such as the number of a build: sent again, it is the same
    event. One that was sent in error is taken back and stays on record.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="events")
    sort = models.CharField(max_length=8, choices=Sort.choices)
    what = models.CharField(max_length=TEXT)
    at = models.DateTimeField()
    ref = models.CharField(max_length=REF, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=["product", "-at"], name="events_by_time"),)
        constraints = (
            models.UniqueConstraint(
                fields=["product", "ref"], condition=~models.Q(ref=""), name="one_event_of_a_ref"
            ),
            models.CheckConstraint(
                condition=models.Q(sort__in=Sort.values), name="sort_of_event_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.what

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"event:{self.pk}"
