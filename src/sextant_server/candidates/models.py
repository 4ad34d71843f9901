"""Versions in the running, what is known of them beside their quality, and the chain of champions.

What a comparison measured is never copied here: it is read from the sealed study.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models

from sextant_server.audit.chain import Plain, instant
from sextant_server.audit.seals import json_digest
from sextant_server.products.models import Product
from sextant_server.sources.models import Source
from sextant_server.studies.models import Study


class Sort(models.TextChoices):
    """What a candidate is. All but a model are simple enough to be a baseline."""

    ASIS = "asis", "as it is today, without AI"
    BASELINE = "baseline", "baseline"
    RULE = "rule", "rule"
    MODEL = "model", "model"


class Candidate(models.Model):
    """A version in the running. Its answers stand in `column` of `source`, cut at `cut`.

    Without a column nothing of it can be measured; `cut` is empty where it holds decisions.
    `always yes` and `always no` are the columns of baselines that say the same to everybody.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="candidates")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    sort = models.CharField(max_length=8, choices=Sort.choices)
    says = models.CharField(max_length=300)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="+")
    column = models.CharField(max_length=200, blank=True)
    cut = models.FloatField(null=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    dropped_why = models.TextField(blank=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("product", "number")
        constraints = (
            models.UniqueConstraint(fields=["product", "number"], name="one_candidate_of_a_number"),
            models.UniqueConstraint(
                fields=["product", "name"],
                condition=models.Q(dropped_at=None),
                name="one_candidate_of_a_name",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"candidate:{self.pk}"

    @property
    def is_simple(self) -> bool:
        """Whether others can be measured against it as a baseline."""
        return self.sort != Sort.MODEL

    @property
    def written(self) -> str:
        """The version as a comparison's form takes it: `score@0.6`; empty without a column."""
        return self.column if self.cut is None else f"{self.column}@{self.cut:g}"


class Aspect(models.TextChoices):
    """What counts beside quality."""

    COST = "cost", "Cost per 1,000 decisions"
    LATENCY = "latency", "Latency"
    EXPLAINS = "explains", "Can it be explained?"
    NEEDS = "needs", "Data it needs"


class Grade(models.TextChoices):
    """How far something is known that no record holds; what is measured is read from a record."""

    ESTIMATED = "estimated", "estimated"
    BELIEVED = "believed", "believed"


class Remark(models.Model):
    """What is known of a candidate beside its quality. The newest of an aspect counts."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="remarks")
    aspect = models.CharField(max_length=8, choices=Aspect.choices)
    text = models.CharField(max_length=120)
    grade = models.CharField(max_length=10, choices=Grade.choices)
    source = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.aspect} of {self.candidate}"


class Choice(models.Model):
    """A champion chosen: instead of which, on which study, why. Its `seal` is in the audit log.

    `study` compares it with `before`, `floor` with a baseline on the same rows. `verdict` was
    computed then, `options` is the table of all candidates as it was. Against the verdict it waits
    for `seconded_by`, or `alone` says that there was nobody; `effective_at` is empty meanwhile.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="choices")
    number = models.PositiveIntegerField()
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="choices")
    before = models.ForeignKey(Candidate, models.PROTECT, null=True, related_name="+")
    study = models.ForeignKey(Study, models.PROTECT, null=True, related_name="choices")
    floor = models.ForeignKey(Study, models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=10)
    proof: models.JSONField[list[str]] = models.JSONField()
    options: models.JSONField[list[dict[str, Any]]] = models.JSONField()
    reason = models.TextField()
    against = models.BooleanField()
    alone = models.BooleanField(default=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    refused_why = models.TextField(blank=True)
    refused_at = models.DateTimeField(null=True)
    effective_at = models.DateTimeField(null=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("product", "-number")
        constraints = (
            models.UniqueConstraint(fields=["product", "number"], name="one_choice_of_a_number"),
            models.UniqueConstraint(
                fields=["product"],
                condition=models.Q(effective_at=None, refused_at=None),
                name="one_waiting_choice_a_product",
            ),
        )

    def __str__(self) -> str:
        return f"choice {self.number} of {self.product}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"choice:{self.pk}"

    @property
    def waits(self) -> bool:
        """Whether a second person has to agree or to refuse."""
        return self.effective_at is None and self.refused_at is None

    def sealed(self) -> dict[str, Plain]:
        """What the seal covers: what was chosen instead of what, on what, why, by whom."""
        return {
            "product": self.product_id,
            "number": self.number,
            "candidate": [self.candidate_id, self.candidate.name, str(self.candidate.sort),
                          self.candidate.source_id, self.candidate.written],
            "before": self.before_id,
            "studies": [one.seal if one else None for one in (self.study, self.floor)],
            "verdict": self.verdict,
            "proof": json_digest(self.proof),
            "options": json_digest(self.options),
            "reason": self.reason,
            "against": self.against,
            "alone": self.alone,
            "decided_by": self.decided_by_id,
            "decided_at": instant(self.decided_at),
            "seconded_by": self.seconded_by_id,
            "effective_at": instant(self.effective_at) if self.effective_at else None,
        }  # fmt: skip


class Yardstick(models.TextChoices):
    """Whose level a promise is held against, beside versions that were measured."""

    HUMAN = "human", "people do it"
    BEST = "best", "best known elsewhere"


class Level(models.Model):
    """How good people are, or the best that is known, by the metric of one promise: a range.

    The newest of a yardstick and a metric counts.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="levels")
    who = models.CharField(max_length=8, choices=Yardstick.choices)
    metric = models.CharField(max_length=60)
    low = models.FloatField()
    high = models.FloatField()
    grade = models.CharField(max_length=10, choices=Grade.choices)
    source = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.who} of {self.product} by {self.metric}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"level:{self.pk}"


class Tradeoff(models.Model):
    """What was agreed to be given up for what, in the grammar of trade-offs.

    It counts once the business and the technical side have agreed, under a seal in the audit log,
    until it is ended.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="tradeoffs")
    number = models.PositiveIntegerField()
    text = models.CharField(max_length=400)
    why = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    business_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    business_at = models.DateTimeField(null=True)
    technical_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    technical_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_why = models.TextField(blank=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("product", "number")
        constraints = (
            models.UniqueConstraint(fields=["product", "number"], name="one_tradeoff_of_a_number"),
        )

    def __str__(self) -> str:
        return f"trade-off {self.number} of {self.product}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"tradeoff:{self.pk}"

    @property
    def in_force(self) -> bool:
        """Whether both sides have agreed and nobody has ended it."""
        return bool(self.business_by_id and self.technical_by_id and not self.ended_at)

    @property
    def agreed_at(self) -> datetime | None:
        """When the second side agreed; None before."""
        if self.business_at is None or self.technical_at is None:
            return None
        return max(self.business_at, self.technical_at)

    def sealed(self) -> dict[str, Plain]:
        """What the seal covers: what was agreed, why, by whom for which side, when."""
        return {
            "product": self.product_id,
            "number": self.number,
            "text": self.text,
            "why": self.why,
            "business": self.business_by_id,
            "business_at": instant(self.business_at) if self.business_at else None,
            "technical": self.technical_by_id,
            "technical_at": instant(self.technical_at) if self.technical_at else None,
        }
