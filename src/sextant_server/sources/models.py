"""Registered tables, their versions, and who may see their rows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from sextant_server.jobs.models import Job
from sextant_server.products.models import Product


class Kind(models.TextChoices):
    """Where the table lies."""

    UPLOAD = "upload", "uploaded file"
    FOLDER = "folder", "path in an allowed folder"


class Source(models.Model):
    """A table of a product, by the name that contracts call it.

    `path`: for a folder the path or glob that is looked at; for an upload empty. `roles`: what
    people have confirmed each column to be, as a contract's `data` section writes it.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="sources")
    name = models.SlugField(max_length=60)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    path = models.CharField(max_length=500, blank=True)
    roles = models.JSONField(default=dict)
    roles_confirmed_at = models.DateTimeField(null=True)
    roles_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["product", "name"], name="one_source_of_a_name"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"source:{self.pk}"


class VersionState(models.TextChoices):
    """Whether a version has been looked at, and can be read."""

    WAITING = "waiting", "waiting to be read"
    READY = "ready", "ready"
    UNUSABLE = "unusable", "cannot be used"


class SourceVersion(models.Model):
    """What a source held at one time. Never changed once it is ready.

    `files`: what was read, relative to the data folder for uploads, else absolute; `content`: the
    SHA-256 of their bytes; `snapshot`: the engine's order-independent hash of all columns;
    `columns`: per column its name, kind, missing rows, about how many distinct values, and, for
    those who may see raw values, range and listed values.
    """

    source = models.ForeignKey(Source, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10, choices=VersionState.choices, default=VersionState.WAITING
    )
    problem = models.TextField(blank=True)
    files = models.JSONField(default=list)
    content = models.CharField(max_length=64, blank=True)
    size = models.BigIntegerField(default=0)
    snapshot = models.CharField(max_length=80, blank=True)
    rows = models.BigIntegerField(null=True)
    columns: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    guess: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("source", "-number")
        constraints = (
            models.UniqueConstraint(fields=["source", "number"], name="one_version_of_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.source.name} version {self.number}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"source_version:{self.pk}"


class Reader(models.Model):
    """Somebody who may see a source's rows. Whoever else has a part sees counts alone."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "user"], name="one_grant_a_reader"),
        )

    def __str__(self) -> str:
        return f"{self.user} reads {self.source}"
