"""Value models: what a product could be worth, and every version of what was thought of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from sextant.strategy.economics.inputs import SHAPES
from sextant_server.audit.chain import Plain, instant
from sextant_server.audit.seals import json_digest
from sextant_server.products.models import Product
from sextant_server.strategy.bindings.grades import Grade

DIGITS, PLACES = 22, 9
"""Of an end of a range: all digits, and those after the point."""


class ValueModel(models.Model):
    """The value model of a product; `version` counts its changes.

    `begins`: the day on which work begins, from which `horizon` and `payback` count months.
    `digest` is that of the library's model as it was last kept (empty: it was begun anew),
    `results` and `sketch` what that says: read instead of computed as long as the evidence that
    inputs follow says the same.
    """

    product = models.OneToOneField(Product, models.PROTECT, related_name="value_model")
    shape = models.CharField(max_length=10, choices=list(SHAPES.items()))
    currency = models.CharField(max_length=3)
    horizon = models.PositiveSmallIntegerField()
    payback = models.PositiveSmallIntegerField()
    begins = models.DateField()
    version = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    results: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    sketch = models.BinaryField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("product",)

    def __str__(self) -> str:
        return f"value model of {self.product}"

    def get_absolute_url(self) -> str:
        return reverse("value_model", args=[self.product.slug])

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"value_model:{self.pk}"

    @property
    def is_empty(self) -> bool:
        """Whether it was begun anew and nothing has been said since."""
        return not self.digest

    def months_on(self, months: int) -> date:
        """The first day of the month so many months after the work begins."""
        count = self.begins.year * 12 + self.begins.month - 1 + months
        return date(count // 12, count % 12 + 1, 1)


class Input(models.Model):
    """One input as somebody gave it, or the evidence that it follows.

    `source` says where the range is from. With a `reference` (`rate:recall`) the input follows
    that record; `reading` is what the record said when it was bound.
    """

    model = models.ForeignKey(ValueModel, models.CASCADE, related_name="inputs")
    name = models.CharField(max_length=40)
    low = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    likely = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    high = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    grade = models.CharField(max_length=10, choices=Grade.choices)
    source = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=400, blank=True)
    reading: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("model", "id")
        constraints = (
            models.UniqueConstraint(fields=["model", "name"], name="one_input_of_a_name"),
        )

    def __str__(self) -> str:
        return f"{self.name} of {self.model}"


class Version(models.Model):
    """What a value model was after a change. It never changes: its `seal` stands in the log.

    `content` holds its settings and every input, numbers as texts.
    """

    model = models.ForeignKey(ValueModel, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content: models.JSONField[dict[str, Any]] = models.JSONField()
    digest = models.CharField(max_length=64)
    says = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("model", "-number")
        constraints = (
            models.UniqueConstraint(fields=["model", "number"], name="one_version_of_a_value"),
        )

    def __str__(self) -> str:
        return f"version {self.number} of {self.model}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"value_version:{self.pk}"

    def sealed(self) -> dict[str, Plain]:
        """What the seal covers: whose it is, what it said, who said so and when."""
        return {
            "model": self.model_id,
            "number": self.number,
            "content": json_digest(self.content),
            "digest": self.digest,
            "by": self.by_id,
            "at": instant(self.at),
        }
