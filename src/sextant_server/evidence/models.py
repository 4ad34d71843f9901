"""Runs of a contract, the evidence they leave, and how often a question was looked at."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import models

from sextant_server.audit.chain import Plain, instant
from sextant_server.audit.seals import json_digest, text_digest
from sextant_server.contracts.models import Contract
from sextant_server.jobs.models import Job
from sextant_server.products.models import Product
from sextant_server.sources.models import SourceVersion


class Via(models.TextChoices):
    """What started a run."""

    HAND = "hand", "by hand"
    API = "api", "by the API"
    VERSION = "version", "by a new version of the source"
    STATES = "states", "with states from elsewhere"


class Run(models.Model):
    """One evaluation of one contract on one version of its source, as a background job.

    `text` is the contract's text as it was when the run was asked for, so that an edit meanwhile
    changes nothing. `version` is null where only states were sent.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="runs")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="runs")
    text = models.TextField()
    version = models.ForeignKey(SourceVersion, models.PROTECT, null=True, related_name="runs")
    job = models.OneToOneField(Job, models.PROTECT, null=True, related_name="run")
    model = models.CharField(max_length=120, blank=True)
    start = models.CharField(max_length=40, blank=True)
    end = models.CharField(max_length=40, blank=True)
    via = models.CharField(max_length=8, choices=Via.choices)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"run {self.pk} of {self.contract}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"run:{self.pk}"


class Evidence(models.Model):
    """What one look gave, for good. Its `seal` stands in the audit log, so a change shows.

    `record` is what its page says, `states` what everything else can be computed from, `brief`
    the few lines that lists need. `draft`: the contract was not locked. `aside`: why it decides
    nothing although it was; empty where it decides. `seen`: earlier evidence that had looked at
    these rows before this contract was locked.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="evidence")
    number = models.PositiveIntegerField()
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="evidence")
    run = models.OneToOneField(Run, models.PROTECT, related_name="evidence")
    draft = models.BooleanField()
    aside = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=80)
    look = models.PositiveIntegerField()
    snapshot = models.CharField(max_length=80)
    sample = models.TextField()
    model = models.CharField(max_length=120, blank=True)
    code = models.CharField(max_length=40)
    verdict = models.CharField(max_length=10)
    headline = models.CharField(max_length=300)
    record: models.JSONField[dict[str, Any]] = models.JSONField()
    brief: models.JSONField[dict[str, Any]] = models.JSONField()
    states = models.BinaryField()
    seen = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    expires_on = models.DateField(null=True)
    seal = models.CharField(max_length=64)

    class Meta:
        ordering = ("product", "-number")
        verbose_name_plural = "evidence"
        constraints = (
            models.UniqueConstraint(fields=["product", "number"], name="one_evidence_of_a_number"),
        )

    def __str__(self) -> str:
        return f"evidence {self.number} of {self.product}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"evidence:{self.pk}"

    @property
    def decides(self) -> bool:
        """Whether a gate may count it."""
        return not self.draft and not self.aside

    @property
    def seen_number(self) -> int | None:
        """The number of the evidence that saw these rows before the lock."""
        return self.seen.number if self.seen else None

    def sealed(self) -> dict[str, Plain]:
        """What the seal covers: all that decides and all that is shown, what is long by its digest.

        The run's part is in it as well: what was asked, of which model, in which period.
        """
        return {
            "product": self.product_id,
            "number": self.number,
            "contract": self.contract_id,
            "draft": self.draft,
            "aside": self.aside,
            "digest": self.digest,
            "look": self.look,
            "snapshot": self.snapshot,
            "model": self.model,
            "code": self.code,
            "verdict": self.verdict,
            "headline": self.headline,
            "record": json_digest(self.record),
            "brief": json_digest(self.brief),
            "sample": text_digest(self.sample),
            "run": [text_digest(self.run.text), self.run.model, self.run.start, self.run.end],
            "states": hashlib.sha256(bytes(self.states)).hexdigest(),
            "seen": self.seen_id,
            "recorded_at": instant(self.recorded_at),
            "expires_on": self.expires_on.isoformat() if self.expires_on else None,
        }


class Looks(models.Model):
    """The ledger of one question of one product: how often it was looked at, on which data."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=80)
    ledger = models.TextField()

    class Meta:
        verbose_name_plural = "looks"
        constraints = (
            models.UniqueConstraint(fields=["product", "digest"], name="one_ledger_a_question"),
        )

    def __str__(self) -> str:
        return f"looks at {self.digest}"
