"""What is known of an opportunity: who hurts, why it matters, what else there is, what it needs.

Each row says how far it is known and where that is from; a range has both its ends.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sextant_server.products.models import DIGITS, PLACES, Product
from sextant_server.strategy.bindings.grades import Grade
from sextant_server.strategy.opportunities.models.choices import (
    AlternativeKind,
    DependencyKind,
    Impact,
    Period,
    Severity,
)


class Row(models.Model):
    """What all rows have: the edit that was last, by whom and when."""

    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(auto_now=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def subject(self) -> str:
        """As the audit log names it."""
        return f"{type(self).__name__.lower()}:{self.pk}"


class PainPoint(Row):
    """A pain of a segment, in the words of somebody who has it, and where they said so."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="pain_points")
    segment = models.CharField(max_length=160)
    pain = models.CharField(max_length=300)
    often_low = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    often_high = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    period = models.CharField(max_length=5, choices=Period.choices)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices)
    quote = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=300, blank=True)
    grade = models.CharField(max_length=9, choices=Grade.choices)

    class Meta:
        ordering = ("product_id", "-severity", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(severity__in=Severity.values), name="severity_of_pain_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(often_low__lte=models.F("often_high")),
                name="frequency_of_pain_is_a_range",
            ),
        )

    def __str__(self) -> str:
        return f"{self.segment}: {self.pain}"

    @property
    def is_sourced(self) -> bool:
        """Whether somebody said so, and where."""
        return bool(self.quote and self.source)


class Why(Row):
    """One of the three places where the problem shows, with its baseline and where that is from."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="whys")
    impact = models.CharField(max_length=10, choices=Impact.choices)
    says = models.CharField(max_length=400)
    baseline = models.CharField(max_length=160)
    source = models.CharField(max_length=300)
    grade = models.CharField(max_length=9, choices=Grade.choices)

    class Meta:
        ordering = ("product_id", "id")
        constraints = (
            models.UniqueConstraint(fields=["product", "impact"], name="an_impact_once_a_product"),
        )

    def __str__(self) -> str:
        return self.says


class Alternative(Row):
    """Something that could be done instead: what it reaches, what it costs, how one is bound.

    `measure` is what it reaches, in the unit of `reach_low` to `reach_high`, known from `source`;
    `cost` is for one `period`, in `currency`.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="alternatives")
    kind = models.CharField(max_length=10, choices=AlternativeKind.choices)
    name = models.CharField(max_length=160)
    measure = models.CharField(max_length=160, blank=True)
    reach_low = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    reach_high = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    grade = models.CharField(max_length=9, choices=Grade.choices)
    source = models.CharField(max_length=300, blank=True)
    cost_low = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    cost_high = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True)
    currency = models.CharField(max_length=3, blank=True)
    period = models.CharField(max_length=5, choices=Period.choices, default=Period.MONTH)
    lock_in = models.CharField(max_length=300, blank=True)
    difference = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("product_id", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["product", "kind", "name"], name="an_alternative_once_a_product"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Dependency(Row):
    """What the product rests on or what rests on it, at the version noted.

    `on` is the other product, where that is one of this installation. `blocks` says what cannot
    go on until it is there; `owner` sees to that.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="dependencies")
    kind = models.CharField(max_length=14, choices=DependencyKind.choices)
    name = models.CharField(max_length=160, blank=True)
    on = models.ForeignKey(Product, models.PROTECT, null=True, related_name="dependents")
    noted_version = models.CharField(max_length=80, blank=True)
    noted_on = models.DateField()
    blocks = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("product_id", "kind", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind="product") ^ models.Q(on=None),
                name="dependency_has_its_product",
            ),
            models.CheckConstraint(
                condition=~models.Q(on=models.F("product")), name="product_rests_on_others"
            ),
            models.UniqueConstraint(
                fields=["product", "kind", "name"],
                condition=models.Q(on=None),
                name="a_dependency_once_a_product",
            ),
            models.UniqueConstraint(
                fields=["product", "on"],
                condition=models.Q(on__isnull=False),
                name="another_product_once_a_product",
            ),
        )

    def __str__(self) -> str:
        return str(self.on) if self.on_id else self.name
