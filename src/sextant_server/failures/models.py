"""A failure mode: how it fails, the number that shows it, two bounds, a response for each band."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sextant_server.products.models import Product

TEXT = 300


class Response(models.TextChoices):
    """What happens to the cases of a product that works less well, or fails."""

    ASK = "ask", "a person decides"
    RULE = "rule", "a simple rule decides"
    BACK = "back", "the last version comes back"
    OFF = "off", "it is switched off"


class FailureMode(models.Model):
    """One way in which a product fails; in which band it is now is read, never kept.

    `shows`: how people notice it; `answer`: what is done about it for good. `severe`: the launch
    gate asks for it. `criterion` is the text of a criterion and `group` the pairs of one of its
    groups, so that the two name one number; `green` is empty where the promise itself is the bound.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="failure_modes")
    how = models.CharField(max_length=TEXT)
    shows = models.CharField(max_length=TEXT, blank=True)
    answer = models.CharField(max_length=TEXT, blank=True)
    severe = models.BooleanField(default=True)
    criterion = models.CharField(max_length=400, blank=True)
    group: models.JSONField[list[list[str]]] = models.JSONField(default=list)
    green = models.FloatField(null=True)
    red = models.FloatField(null=True)
    amber_response = models.CharField(max_length=4, choices=Response.choices, blank=True)
    amber_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    red_response = models.CharField(max_length=4, choices=Response.choices, blank=True)
    red_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-severe", "id")

    def __str__(self) -> str:
        return self.how

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"failure:{self.pk}"
