"""What is read of candidates."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from sextant_server.candidates.matrix import Held
from sextant_server.candidates.measured import KINDS, Measured, read
from sextant_server.candidates.models import Candidate, Choice, Level, Remark, Tradeoff
from sextant_server.contracts.models import State
from sextant_server.evidence.models import Evidence
from sextant_server.evidence.queries import DECIDES
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


def tradeoffs_of(product: Product) -> list[Tradeoff]:
    """Every trade-off, those that were ended last."""
    rows = Tradeoff.objects.filter(product=product).select_related(
        "proposed_by", "business_by", "technical_by", "ended_by"
    )
    return sorted(rows, key=lambda one: (one.ended_at is not None, one.number))


def levels_of(product: Product) -> list[Level]:
    """What is known of people and of others, the newest first."""
    return list(Level.objects.filter(product=product).select_related("by")[:200])


def deciding_with_run(product: Product) -> Evidence | None:
    """As `latest_deciding`, with its record, its contract's text and the rows it was run on."""
    rows = Evidence.objects.filter(DECIDES, product=product, contract__state=State.LOCKED)
    rows = rows.select_related("contract", "run__contract", "run__version")
    return rows.defer("states", "sample").order_by("-number").first()


def held_of(product: Product) -> list[Held]:
    """The newest studies as the matrix reads them, the newest first."""
    rows = Study.objects.filter(product=product).defer("states", "asked").order_by("-number")
    return [
        Held(
            one.kind, one.title, one.number, one.verdict, one.headline,
            {
                asked["metric"]: (asked["verdict"], asked["word"])
                for asked in reversed(one.record.get("questions", ()))
                if one.kind in KINDS
            },
        )
        for one in rows[:MOST_STUDIES]
    ]  # fmt: skip
