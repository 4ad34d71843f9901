"""What the portfolio is measured with: yardsticks, rates between currencies, and who is there."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sextant_server.products.models import DIGITS, PLACES
from sextant_server.strategy.opportunities.models import Role


class Kept(models.Model):
    """What all rows have: the edit that was last, by whom and when."""

    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(auto_now=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True


class Yardstick(Kept):
    """What this installation calls small and large, and the mix that it aims at; one row.

    Values are in `currency`, over the horizon of the value models; efforts in person-months.
    `quick_low` to `quick_high`: of 100 person-months, how many quick wins shall take.
    """

    currency = models.CharField(max_length=3)
    small_value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    large_value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    small_effort = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    large_effort = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    quick_low = models.PositiveSmallIntegerField()
    quick_high = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="one_row_of_yardsticks"),
            models.CheckConstraint(
                condition=models.Q(quick_low__lte=models.F("quick_high"), quick_high__lte=100),
                name="target_of_the_mix_is_a_range",
            ),
        )

    def __str__(self) -> str:
        return f"yardsticks in {self.currency}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"yardstick:{self.pk}"


class Rate(Kept):
    """One `base` was worth `value` of `quote` on a day, as `source` published it."""

    base = models.CharField(max_length=3)
    quote = models.CharField(max_length=3)
    value = models.DecimalField(max_digits=18, decimal_places=8)
    on = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ("-on", "base", "quote")
        constraints = (
            models.UniqueConstraint(fields=["base", "quote", "on"], name="one_rate_a_day"),
            models.CheckConstraint(condition=models.Q(value__gt=0), name="rate_is_above_zero"),
        )

    def __str__(self) -> str:
        return f"1 {self.base} = {self.value.normalize():f} {self.quote}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"rate:{self.pk}"


class Capacity(Kept):
    """How many people of a role are there in a month, at least and at most."""

    role = models.CharField(max_length=14, choices=Role.choices)
    month = models.DateField()
    low = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    high = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)

    class Meta:
        ordering = ("role", "month")
        verbose_name_plural = "capacities"
        constraints = (
            models.UniqueConstraint(fields=["role", "month"], name="one_capacity_a_month"),
            models.CheckConstraint(
                condition=models.Q(low__lte=models.F("high"), low__gte=0),
                name="capacity_is_a_range",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} in {self.month:%b %Y}"
