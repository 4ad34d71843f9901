"""Products, the people who have a part in them, and the way they have gone."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

DIGITS, PLACES = 18, 4
"""Of the numbers of an outcome: all digits, and those after the point."""


class Stage(models.TextChoices):
    """Where a product stands. Only gates move it."""

    OPPORTUNITY = "opportunity", "Opportunity"
    SCOPING = "scoping", "Scoping"
    DEVELOPMENT = "development", "Development"
    LAUNCH = "launch", "Launch"
    OPERATIONS = "operations", "Operations"
    RETIRED = "retired", "Retired"


STAGES = tuple(Stage)


class Part(models.TextChoices):
    """What somebody is to a product. One person may have several parts, in a small team all."""

    OWNER = "owner", "product owner"
    BUSINESS = "business", "business signatory"
    TECHNICAL = "technical", "technical signatory"
    CONTRIBUTOR = "contributor", "contributor"
    REVIEWER = "reviewer", "reviewer"
    ANNOTATOR = "annotator", "annotator"
    VIEWER = "viewer", "viewer"


class Automation(models.TextChoices):
    """How much the product decides by itself; a gate asks more where no person looks."""

    INFORM = "inform", "informs a person, who decides"
    SUGGEST = "suggest", "suggests a decision to a person"
    REVIEWED = "reviewed", "decides, and a person reviews"
    ALONE = "alone", "decides alone"


class AiType(models.TextChoices):
    """What kind of answer the product gives; chooses the first criteria of a draft."""

    CLASSIFICATION = "classification", "classification"
    REGRESSION = "regression", "regression"
    RANKING = "ranking", "ranking and recommendation"
    GENERATION = "generation", "generation"
    AGENT = "agent", "agent"


class Risk(models.TextChoices):
    """How badly people can be hurt; ranks Today, and a gate asks more where it is high."""

    MINIMAL = "minimal", "minimal"
    LIMITED = "limited", "limited"
    HIGH = "high", "high"


class Product(models.Model):
    """An AI product or feature, with the outcome that justifies it.

    `metric` should move from `baseline` to `target` by `due`. `is_open`: every member of the
    installation may read it; else only its people. `solo`: the team has declared itself a team of
    one, whose decisions are marked self-approved. `version` counts edits, so that two people who
    edit at once are told.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    problem = models.TextField(blank=True)
    affected = models.CharField(max_length=300, blank=True)
    metric = models.CharField(max_length=160, blank=True)
    baseline = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    target = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    due = models.DateField(null=True)
    ai_type = models.CharField(max_length=16, choices=AiType.choices)
    automation = models.CharField(max_length=10, choices=Automation.choices)
    risk = models.CharField(max_length=10, choices=Risk.choices)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.OPPORTUNITY)
    is_open = models.BooleanField(default=True)
    solo = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = (Lower("name"), "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(stage__in=Stage.values), name="stage_of_product_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("product", args=[self.slug])

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"product:{self.pk}"

    @property
    def has_outcome(self) -> bool:
        """Whether the change that justifies it is stated whole: what, from, to, by when."""
        return bool(self.metric and self.due) and None not in (self.baseline, self.target)

    @property
    def outcome(self) -> str:
        """`manual checks per 1,000 applications: from 1,000 to 500 by 31 Mar 2027`, or empty."""
        if not self.has_outcome:
            return ""
        assert self.baseline is not None
        assert self.target is not None
        assert self.due is not None
        due = f"{self.due.day} {self.due:%b %Y}"
        return f"{self.metric}: from {plain(self.baseline)} to {plain(self.target)} by {due}"


def plain(number: Decimal) -> str:
    """A number without needless zeros: 1,000; 3.8."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Membership(models.Model):
    """One part of one person in one product. A product has one owner, who is accountable."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    part = models.CharField(max_length=12, choices=Part.choices)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("product", "part", "user")
        constraints = (
            models.UniqueConstraint(fields=["product", "user", "part"], name="one_part_once"),
            models.UniqueConstraint(
                fields=["product"], condition=models.Q(part="owner"), name="one_owner_a_product"
            ),
            models.CheckConstraint(
                condition=models.Q(part__in=Part.values), name="part_of_member_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.get_part_display()}"


class StageMove(models.Model):
    """A step on a product's way. `cause` names what moved it: `decision:12`, or `begun`."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="moves")
    origin = models.CharField(max_length=12, choices=Stage.choices, blank=True)
    stage = models.CharField(max_length=12, choices=Stage.choices)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    cause = models.CharField(max_length=40)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.origin} to {self.stage}"

    @property
    def is_back(self) -> bool:
        """Whether the product was sent back."""
        order = [str(stage) for stage in STAGES]
        return bool(self.origin) and order.index(self.stage) < order.index(self.origin)
