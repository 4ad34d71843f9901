"""Ideas: what somebody said could be done, before anybody has looked at it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from sextant_server.products.models import Product


class IdeaState(models.TextChoices):
    """An idea stays in the inbox until somebody says what comes of it."""

    NEW = "new", "new"
    KEPT = "kept", "kept for later"
    DECLINED = "declined", "declined"
    PRODUCT = "product", "became a product"


class Idea(models.Model):
    """One idea in the words of whoever had it.

    `problem` and `affected` say whose problem it would solve and `today` how that is done now: the
    doubts about it ask for all three. `looked_on` is when somebody last said what becomes of it;
    the review of what is next lists those nobody has looked at for long.
    """

    text = models.CharField(max_length=300)
    problem = models.TextField(blank=True)
    affected = models.CharField(max_length=300, blank=True)
    today = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=IdeaState.choices, default=IdeaState.NEW)
    reason = models.CharField(max_length=500, blank=True)
    product = models.OneToOneField(Product, models.PROTECT, null=True, related_name="idea")
    looked_on = models.DateField(null=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=IdeaState.values), name="state_of_idea_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="product") ^ models.Q(product=None),
                name="idea_has_its_product",
            ),
        )

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("idea", args=[self.pk])

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"idea:{self.pk}"
