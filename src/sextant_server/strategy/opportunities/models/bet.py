"""The bet: what is staked, what would end it, what is learned next, and what it takes."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sextant_server.products.models import DIGITS, PLACES, Product


class KillState(models.TextChoices):
    """What people have reported of a kill criterion; that its day has come is read, not kept."""

    OPEN = "", "nobody has reported yet"
    PASSED = "passed", "the bet has passed it"
    STRUCK = "struck", "it has come true"


class Bet(models.Model):
    """A product as a bet, one for each.

    `kill`: what would end it, by `kill_by` where a day is set. `learning`: the question that is
    answered next, what the answer costs, and what it would decide. `technique`, `family`,
    `pattern`, `industry` and `scope` are keys of the library. `effort`: person-months by role,
    each a pair of texts [low, high]. The elapsed `months` are counted from `starts_on`.
    """

    product = models.OneToOneField(Product, models.PROTECT, related_name="bet")
    currency = models.CharField(max_length=3, blank=True)
    stake_low = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    stake_high = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    weeks_low = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    weeks_high = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    kill = models.CharField(max_length=400, blank=True)
    kill_by = models.DateField(null=True)
    kill_state = models.CharField(max_length=6, choices=KillState.choices, blank=True)
    kill_note = models.CharField(max_length=500, blank=True)
    kill_said_on = models.DateField(null=True)
    kill_said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    learning = models.CharField(max_length=300, blank=True)
    learning_low = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    learning_high = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    learning_decides = models.CharField(max_length=300, blank=True)
    technique = models.CharField(max_length=20, blank=True)
    family = models.CharField(max_length=20, blank=True)
    pattern = models.CharField(max_length=40, blank=True)
    industry = models.CharField(max_length=40, blank=True)
    scope = models.CharField(max_length=10, blank=True)
    effort = models.JSONField(default=dict)
    starts_on = models.DateField(null=True)
    months_low = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    months_high = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    version = models.PositiveIntegerField(default=0)
    edited_at = models.DateTimeField(auto_now=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("product_id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kill_state__in=KillState.values), name="state_of_kill_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"the bet of {self.product}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"bet:{self.pk}"
