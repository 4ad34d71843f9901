"""Frameworks as this installation keeps them, and what people have answered under them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from sextant_server.audit.chain import Plain, instant
from sextant_server.audit.seals import text_digest
from sextant_server.products.models import Product
from sextant_server.strategy.bindings.grades import Grade

KEY, QUESTION = 60, 80
"""The longest key of a framework, and of a question."""


class Origin(models.TextChoices):
    """Who wrote a framework: it came with the program, or people here wrote it."""

    SHIPPED = "shipped", "comes with Sextant"
    OWN = "own", "written here"


class FrameworkState(models.TextChoices):
    """A draft is edited, a published version never changes, a withdrawn draft is history."""

    DRAFT = "draft", "draft"
    PUBLISHED = "published", "published"
    WITHDRAWN = "withdrawn", "withdrawn"


class FrameworkVersion(models.Model):
    """One version of a framework, as a text. A published one is sealed; assessments pin it.

    What comes with the program is read from it and gets a row when the first assessment pins it,
    so that an update of the program changes no assessment that was begun before. `digest` is that
    of what the text decides; `version` counts the edits of a draft.
    """

    key = models.CharField(max_length=KEY)
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=8, choices=Origin.choices)
    state = models.CharField(max_length=10, choices=FrameworkState.choices)
    name = models.CharField(max_length=200)
    text = models.TextField()
    digest = models.CharField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField(auto_now_add=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    edited_at = models.DateTimeField(auto_now_add=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("key", "-number", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["key", "number", "origin"],
                condition=models.Q(state="published"),
                name="one_framework_of_a_number",
            ),
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(state="draft"), name="one_draft_a_framework"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, version {self.number}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"framework:{self.pk}"

    def sealed(self) -> dict[str, Plain]:
        """What the seal of a published version covers."""
        return {
            "key": self.key,
            "number": self.number,
            "origin": str(self.origin),
            "text": text_digest(self.text),
            "digest": self.digest,
            "published_at": instant(self.published_at) if self.published_at else None,
            "published_by": self.published_by_id,
        }


class Assessment(models.Model):
    """A framework as it is answered for a product; the version of the framework is pinned.

    It is blind until somebody uncovers it, or everybody who was asked has handed in: until then
    nobody sees what another has answered. `follows` is the one that it took the place of, which
    has ended then. `version` counts what everybody can see change, and
    `changed_at` is when it last did.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="assessments")
    framework = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="assessments")
    key = models.CharField(max_length=KEY)
    number = models.PositiveIntegerField()
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followers")
    version = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField(auto_now_add=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now_add=True)
    uncovered_at = models.DateTimeField(null=True)
    uncovered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("product", "-number")
        constraints = (
            models.UniqueConstraint(fields=["product", "number"], name="one_assessment_number"),
            models.UniqueConstraint(
                fields=["product", "key"],
                condition=models.Q(ended_at=None),
                name="one_open_assessment_a_framework",
            ),
        )

    def __str__(self) -> str:
        return f"assessment {self.number} of {self.product}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"assessment:{self.pk}"

    @property
    def blind(self) -> bool:
        """Whether nobody sees yet what the others have answered."""
        return self.uncovered_at is None


class Asked(models.Model):
    """Somebody whose answers are wanted, and whether he has handed them in.

    `version` counts his own changes, so that his two windows cannot overwrite each other.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="asked")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="asked")
    handed_in_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["assessment", "user"], name="asked_once"),)

    def __str__(self) -> str:
        return f"{self.user} at {self.assessment}"


class Answer(models.Model):
    """What somebody has answered to one question; the one before it is kept, superseded.

    `value` is `{"levels": [...]}`, `{"low": …, "high": …}` or `{"text": …}`. `reference` is what
    it rests on, `reading` what that said when it was answered. `settles`: said for everybody once
    the answers were compared; `differed` are the answers (by key) that it decided between, which
    stay as they were.
    """

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="answers")
    question = models.CharField(max_length=QUESTION)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    value: models.JSONField[dict[str, Any]] = models.JSONField()
    why = models.TextField(blank=True)
    grade = models.CharField(max_length=10, choices=Grade.choices)
    reference = models.TextField(blank=True)
    reading: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    expires_on = models.DateField(null=True)
    settles = models.BooleanField(default=False)
    differed: models.JSONField[list[int]] = models.JSONField(default=list)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["assessment", "question", "by"],
                condition=models.Q(superseded_at=None, settles=False),
                name="one_answer_a_person",
            ),
            models.UniqueConstraint(
                fields=["assessment", "question"],
                condition=models.Q(superseded_at=None, settles=True),
                name="settled_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(grade="measured", reference=""),
                name="measured_rests_on_a_record",
            ),
        )

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"


class Measure(models.Model):
    """What is done against a risk: by whom, until when, and the criterion that shows it works.

    It belongs to the product and to a question of a framework, not to one assessment, so that a
    newer version of the framework loses no measure. Whether it is verified is read, never kept.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="measures")
    framework = models.CharField(max_length=KEY)
    question = models.CharField(max_length=QUESTION)
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="measures")
    due = models.DateField()
    reference = models.TextField(blank=True)
    reading: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)
    taken_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("due", "id")

    def __str__(self) -> str:
        return self.text

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"measure:{self.pk}"
