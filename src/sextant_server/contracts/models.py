"""Contracts: what would make us say yes, written and signed before anybody looks."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import models

from sextant_server.audit.chain import Plain, instant
from sextant_server.products.models import Product
from sextant_server.sources.models import Source


class State(models.TextChoices):
    """A draft is edited, a locked contract decides, a superseded or withdrawn one is history."""

    DRAFT = "draft", "draft"
    LOCKED = "locked", "locked"
    SUPERSEDED = "superseded", "superseded"
    WITHDRAWN = "withdrawn", "withdrawn"


class Contract(models.Model):
    """One revision of a product's contract; `number` counts them from 1.

    `text` is the YAML as people wrote it, without a lock; `digest` that of what it decides, once
    the text can be read. A product has at most one draft and at most one locked contract.
    `signed`: side, person and moment of the signatures under which it was locked.
    `follows`: the locked contract that it is to supersede, with the `reason`. `runs_itself`: a new
    version of its source starts a run (each run is a look). `version` counts edits.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="contracts")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    text = models.TextField()
    digest = models.CharField(max_length=80, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="contracts")
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followers")
    reason = models.TextField(blank=True)
    runs_itself = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    edited_at = models.DateTimeField(auto_now_add=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    locked_at = models.DateTimeField(null=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    signed: models.JSONField[list[list[Any]]] = models.JSONField(default=list)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("product", "-number")
        constraints = (
            models.UniqueConstraint(fields=["product", "number"], name="one_contract_of_a_number"),
            models.UniqueConstraint(
                fields=["product"], condition=models.Q(state="draft"), name="one_draft_a_product"
            ),
            models.UniqueConstraint(
                fields=["product"], condition=models.Q(state="locked"), name="one_lock_a_product"
            ),
        )

    def __str__(self) -> str:
        return f"contract {self.number} of {self.product}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"contract:{self.pk}"

    def sealed(self) -> dict[str, Plain]:
        """What the seal of a lock covers."""
        return {
            "product": self.product_id,
            "number": self.number,
            "text": self.text_digest,
            "digest": self.digest,
            "locked_at": instant(self.locked_at) if self.locked_at else None,
            "locked_by": self.locked_by_id,
            "signed": self.signed,
        }

    @property
    def text_digest(self) -> str:
        """What a signature signs: the text, to the letter."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class Signatory(models.TextChoices):
    """For whom a signature speaks."""

    BUSINESS = "business", "business"
    TECHNICAL = "technical", "technical"


class Signature(models.Model):
    """One person's word for one text. An edit of the text leaves it behind: it counts no more."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="signatures")
    part = models.CharField(max_length=10, choices=Signatory.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text_digest = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["contract", "part", "text_digest"], name="one_signature_a_text"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} for {self.part}"
