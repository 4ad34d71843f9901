"""The tree of goals, and which product serves which goal by which metric of its AI."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sextant_server.products.models import Product
from sextant_server.strategy.opportunities.models.choices import Fit


class GoalKind(models.TextChoices):
    """From why the company is there to what shall change."""

    VISION = "vision", "vision"
    GOAL = "goal", "company goal"
    OUTCOME = "outcome", "outcome"


class Goal(models.Model):
    """One goal under another. `metric` is the business's own number, which the goal moves."""

    kind = models.CharField(max_length=8, choices=GoalKind.choices)
    text = models.CharField(max_length=200)
    metric = models.CharField(max_length=160, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(auto_now=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=GoalKind.values), name="kind_of_goal_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="goal_is_not_its_own_parent"
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"goal:{self.pk}"


class GoalLink(models.Model):
    """A product serves a goal: `metric` of its AI should move the goal's metric, and `how`."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="goal_links")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="links")
    fit = models.PositiveSmallIntegerField(choices=Fit.choices)
    metric = models.CharField(max_length=200)
    how = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(auto_now=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("product_id", "-fit", "id")
        constraints = (
            models.UniqueConstraint(fields=["product", "goal"], name="a_goal_once_a_product"),
            models.CheckConstraint(
                condition=models.Q(fit__in=Fit.values), name="fit_of_goal_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.metric} for {self.goal}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"goallink:{self.pk}"
