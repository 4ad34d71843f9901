"""What is kept of each change. Triggers of the database refuse to change or delete an entry."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

GENESIS = "0" * 64
"""What stands in the first entry in the place of the digest before it."""


class Entry(models.Model):
    """One change: when, by whom, what, to what; its digest covers the digest before it."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    address = models.CharField(max_length=45, blank=True)
    request = models.CharField(max_length=32, blank=True)
    detail = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("-sequence",)
        indexes = (
            models.Index(fields=["subject", "-sequence"], name="audit_subject"),
            models.Index(fields=["actor", "-sequence"], name="audit_actor"),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.subject}"

    @property
    def details(self) -> dict[str, Any]:
        """What else is to be known, as it was said."""
        found = json.loads(self.detail)
        assert isinstance(found, dict)
        return found


class Head(models.Model):
    """The last entry, in the one row that writers lock to take their turn."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="audit_head_is_one_row"),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.digest}"
