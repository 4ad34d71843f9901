"""What is read of candidates."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from sextant_server.candidates.measured import KINDS, Measured, read
from sextant_server.candidates.models import Candidate, Choice, Remark
from sextant_server.products.models import Product
from sextant_server.studies.models import Study

MOST_STUDIES = 60


def candidates_of(product: Product) -> list[Candidate]:
    """All that are or were in the running, with what is known of them, in the order they came."""
    remarks = Prefetch("remarks", Remark.objects.select_related("by").order_by("-id"))
    rows = Candidate.objects.filter(product=product).select_related("source", "dropped_by")
    return list(rows.prefetch_related(remarks).order_by("number"))


def choices_of(product: Product) -> list[Choice]:
    """Every choice, the newest first; also those refused and the one that waits."""
    rows = Choice.objects.filter(product=product).select_related(
        "candidate", "before", "study", "decided_by", "seconded_by", "refused_by"
    )
    return list(rows.defer("study__record", "study__states", "study__asked", "options"))


def choice_one(product: Product, number: int) -> Choice | None:
    """One choice with its table."""
    rows = Choice.objects.filter(product=product, number=number).select_related(
        "candidate", "before", "study", "floor", "decided_by", "seconded_by", "refused_by"
    )
    return rows.defer(
        *(f"{one}__{bulk}" for one in ("study", "floor") for bulk in ("record", "states", "asked"))
    ).first()


def champion_of(choices: list[Choice]) -> Candidate | None:
    """The candidate of the newest choice that took effect."""
    taken = [one for one in choices if one.effective_at]
    return max(taken, key=lambda one: one.number).candidate if taken else None


def measured_of(product: Product) -> list[Measured]:
    """What the newest comparisons say, the newest first."""
    return [read(one) for one in comparisons(product)[:MOST_STUDIES]]


def comparisons(product: Product) -> QuerySet[Study]:
    """The studies that compare two versions, with their records, the newest first."""
    rows = Study.objects.filter(product=product, kind__in=KINDS, version__isnull=False)
    return rows.select_related("version", "other").defer("states", "asked").order_by("-number")
