"""Letters that wait to be sent, and those that were."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Letter(models.Model):
    """One mail to one person, written in the transaction of what it tells about.

    The worker sends it and tries again while the mail server is down; nothing is lost with it.
    """

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(
                fields=["next_at"],
                name="letters_waiting",
                condition=models.Q(sent_at=None, given_up_at=None),
            ),
        )

    def __str__(self) -> str:
        return self.subject
