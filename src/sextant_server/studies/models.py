"""Studies and the jobs that make them, and how often a question of theirs was looked at."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import models

from sextant_server.audit.chain import Plain, instant
from sextant_server.audit.seals import json_digest, text_digest
from sextant_server.contracts.models import Contract
from sextant_server.evidence.models import Evidence
from sextant_server.jobs.models import Job
from sextant_server.products.models import Product
from sextant_server.sources.models import SourceVersion


class StudyRun(models.Model):
    """One study that is to be computed from rows, as a background job.

    `asked` is what the kind's form was told, `text` the contract's text as it was then; so an edit
    meanwhile changes nothing. `other`: the second table, where two are joined.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="study_runs")
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=200)
    asked: models.JSONField[dict[str, Any]] = models.JSONField()
    version = models.ForeignKey(SourceVersion, models.PROTECT, related_name="+")
    other = models.ForeignKey(SourceVersion, models.PROTECT, null=True, related_name="+")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    job = models.OneToOneField(Job, models.PROTECT, null=True, related_name="study_run")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} of {self.product}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"study_run:{self.pk}"


class Study(models.Model):
    """What one question gave, for good; its `seal` stands in the audit log, so a change shows.

    `record` is all that its page says. It was drawn from rows (`run`) or from the states that an
    evidence kept (`evidence`). `verdict` is empty where its kind has none; `answer` is the verdict
    in a word of its kind, such as worse. `look` is 0 where looks are not counted. `question` tells
    which studies ask the same of newer rows, `figure` is the number that others can rest on,
    `opened_at` when somebody of the team first read it.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="studies")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=200)
    headline = models.CharField(max_length=300)
    verdict = models.CharField(max_length=10, blank=True)
    answer = models.CharField(max_length=24, blank=True)
    asked: models.JSONField[dict[str, Any]] = models.JSONField()
    version = models.ForeignKey(SourceVersion, models.PROTECT, null=True, related_name="+")
    other = models.ForeignKey(SourceVersion, models.PROTECT, null=True, related_name="+")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="studies")
    run = models.OneToOneField(StudyRun, models.PROTECT, null=True, related_name="study")
    digest = models.CharField(max_length=80, blank=True)
    look = models.PositiveIntegerField(default=0)
    snapshot = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=40)
    record: models.JSONField[dict[str, Any]] = models.JSONField()
    states = models.BinaryField(default=bytes)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    seal = models.CharField(max_length=64)
    question = models.CharField(max_length=64, blank=True, db_index=True)
    figure: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("product", "-number")
        verbose_name_plural = "studies"
        constraints = (
            models.UniqueConstraint(fields=["product", "number"], name="one_study_of_a_number"),
        )

    def __str__(self) -> str:
        return f"study {self.number} of {self.product}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"study:{self.pk}"

    def sealed(self) -> dict[str, Plain]:
        """What the seal covers: all that is shown and what it was drawn from."""
        return {
            "product": self.product_id,
            "number": self.number,
            "kind": self.kind,
            "title": self.title,
            "headline": self.headline,
            "verdict": self.verdict,
            "answer": self.answer,
            "asked": json_digest(self.asked),
            "from": [self.version_id, self.other_id, self.contract_id, self.evidence_id],
            "run": self.run_id,
            "digest": self.digest,
            "look": self.look,
            "snapshot": self.snapshot,
            "code": self.code,
            "record": json_digest(self.record),
            "states": hashlib.sha256(bytes(self.states)).hexdigest(),
            "asked_by": self.asked_by_id,
            "recorded_at": instant(self.recorded_at),
        }


def question_of(study: Study) -> str:
    """The digest of what was asked, of which tables under which contract, whatever their version.

    So a study of newer rows that was asked the same has the same. What only names the rows is left
    out of it.
    """
    asked = {key: value for key, value in study.asked.items() if key not in ("version", "other")}
    tables = [one.source_id if one else None for one in (study.version, study.other)]
    held = [study.product_id, study.kind, json_digest(asked), *tables, study.contract_id]
    return text_digest(":".join(map(str, held)))


class StudyLooks(models.Model):
    """The ledger of one question of one product: how often it was looked at, on which data."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=80)
    ledger = models.TextField()

    class Meta:
        verbose_name_plural = "study looks"
        constraints = (
            models.UniqueConstraint(
                fields=["product", "digest"], name="one_ledger_a_study_question"
            ),
        )

    def __str__(self) -> str:
        return f"looks at {self.digest}"
