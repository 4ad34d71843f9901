"""Gates between stages: what was asked, said, decided, and on which evidence."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from sextant_server.audit.chain import Plain, instant
from sextant_server.audit.seals import json_digest, text_digest
from sextant_server.evidence.models import Evidence
from sextant_server.products.models import Product, Stage


class State(models.TextChoices):
    """A gate is open until it is decided; a decision against the verdict waits for a second."""

    OPEN = "open", "open"
    PROPOSED = "proposed", "waiting for a second person"
    DECIDED = "decided", "decided"
    WITHDRAWN = "withdrawn", "withdrawn"


class Gate(models.Model):
    """The review between two stages. `target` before `origin` sends the product back.

    `evidence` is what the gate looks at; newer evidence takes its place only when somebody says so.
    `version` counts what changed since, so that nobody decides on a page that has grown old.
    `trades_agreed`: whether both sides have agreed to a trade-off; set where one gate is read.
    """

    trades_agreed: bool = False
    product = models.ForeignKey(Product, models.PROTECT, related_name="gates")
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=12, choices=Stage.choices)
    target = models.CharField(max_length=12, choices=Stage.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="gates")
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("product", "-number")
        constraints = (
            models.UniqueConstraint(fields=["product", "number"], name="one_gate_of_a_number"),
            models.UniqueConstraint(
                fields=["product"],
                condition=models.Q(state__in=["open", "proposed"]),
                name="one_open_gate_a_product",
            ),
        )

    def __str__(self) -> str:
        return f"gate {self.number} of {self.product}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"gate:{self.pk}"


class Question(models.Model):
    """A question at a gate, and its answer once there is one."""

    gate = models.ForeignKey(Gate, models.PROTECT, related_name="questions")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text[:60]


class Stance(models.TextChoices):
    """What somebody thinks of going forward."""

    AGREE = "agree", "agrees"
    DISSENT = "dissent", "dissents"


class Opinion(models.Model):
    """What somebody said at a gate; kept as it was said, also when the decision went otherwise."""

    gate = models.ForeignKey(Gate, models.PROTECT, related_name="opinions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stance = models.CharField(max_length=8, choices=Stance.choices)
    text = models.TextField(blank=True)
    as_reviewer = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.by} {self.stance}"


class Outcome(models.TextChoices):
    """What can be decided."""

    GO = "go", "Go"
    CONDITIONAL = "conditional", "Go with conditions"
    HOLD = "hold", "Hold"
    STOP = "stop", "Stop"


class Decision(models.Model):
    """What was decided, by whom, on which evidence. Its `seal` stands in the audit log.

    `requirements` and `verdict` are what was computed at that moment, `aim` the outcome that the
    product was to have then, `records` the assessments, the value and the bet as they stood.
    `against`: it goes against the verdict; then `seconded_by` is a second person, or
    `self_approved` says that there is none. `effective_at` is empty while it waits for that person.
    """

    gate = models.ForeignKey(Gate, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reason = models.TextField()
    aim = models.TextField(blank=True)
    verdict = models.CharField(max_length=10)
    requirements: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    records: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="decisions")
    evidence_seal = models.CharField(max_length=64, blank=True)
    against = models.BooleanField()
    self_approved = models.BooleanField(default=False)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    seconded_at = models.DateTimeField(null=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    refused_at = models.DateTimeField(null=True)
    effective_at = models.DateTimeField(null=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["gate"],
                condition=models.Q(refused_at=None),
                name="one_decision_a_gate",
            ),
        )

    def __str__(self) -> str:
        return f"{self.outcome} at {self.gate}"

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"decision:{self.pk}"

    def sealed(self) -> dict[str, Plain]:
        """What the seal covers: the question, what had been said, what was decided.

        Conditions are covered as they were asked for, not whether they are met.
        """
        conditions: list[Plain] = [
            [one.text, one.owner_id, one.due.isoformat()]
            for one in sorted(self.conditions.all(), key=lambda one: one.pk)
        ]
        return {
            "gate": self.gate_id,
            "origin": str(self.gate.origin),
            "target": str(self.gate.target),
            "note": text_digest(self.gate.note),
            "opinions": self._said(),
            "outcome": str(self.outcome),
            "reason": self.reason,
            "aim": self.aim,
            "verdict": self.verdict,
            "requirements": json_digest(self.requirements),
            "records": json_digest(self.records),
            "evidence": self.evidence_seal,
            "against": self.against,
            "self_approved": self.self_approved,
            "decided_by": self.decided_by_id,
            "decided_at": instant(self.decided_at),
            "seconded_by": self.seconded_by_id,
            "seconded_at": instant(self.seconded_at) if self.seconded_at else None,
            "effective_at": instant(self.effective_at) if self.effective_at else None,
            "conditions": conditions,
        }

    def _said(self) -> list[Plain]:
        """The opinions that had been stated when it was decided."""
        said = sorted(self.gate.opinions.all(), key=lambda one: one.pk)
        return [
            [one.by_id, str(one.stance), text_digest(one.text)]
            for one in said
            if one.at <= self.decided_at
        ]


class Condition(models.Model):
    """What a conditional decision asks for: of whom, by when."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="conditions")
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due = models.DateField()
    met_at = models.DateTimeField(null=True)
    met_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    met_note = models.TextField(blank=True)

    class Meta:
        ordering = ("due", "id")

    def __str__(self) -> str:
        return self.text
