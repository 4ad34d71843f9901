"""Hats that people wear, what they say they can do, and what products need."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sextant_server.products.models import Product


class Hat(models.Model):
    """A role that somebody says he has here; it chooses his questions and gives no right."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="hats")
    role = models.CharField(max_length=40)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("user", "role")
        constraints = (models.UniqueConstraint(fields=["user", "role"], name="one_hat_once"),)

    def __str__(self) -> str:
        return f"{self.user} {self.role}"


class Level(models.Model):
    """How far somebody says he is in a skill: believed, until another member confirms it.

    Saying something else takes the confirmation away.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="levels")
    skill = models.CharField(max_length=40)
    level = models.CharField(max_length=10)
    said_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("user", "skill")
        constraints = (
            models.UniqueConstraint(fields=["user", "skill"], name="one_level_a_skill"),
            models.CheckConstraint(
                condition=models.Q(level__in=["none", "follows", "able", "leads"]),
                name="level_of_skill_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.skill} {self.level}"


class Kind(models.TextChoices):
    """What a product can need of its people."""

    ROLE = "role", "role"
    SKILL = "skill", "skill"


class Need(models.Model):
    """A role that somebody must wear in a product, or a skill with the level that it takes."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="needs")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    key = models.CharField(max_length=40)
    level = models.CharField(max_length=10, blank=True)
    why = models.CharField(max_length=300)
    stated_at = models.DateTimeField(auto_now_add=True)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("product", "kind", "key")
        constraints = (
            models.UniqueConstraint(fields=["product", "kind", "key"], name="one_need_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="kind_of_need_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.product} needs {self.key}"
