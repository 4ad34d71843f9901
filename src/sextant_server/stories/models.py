"""When somebody last looked at Today, so that it can say what is new since."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Visit(models.Model):
    """The last two visits of a person: `before` is what "since your last visit" means."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user} at {self.at}"
