"""What is read of assessments, for many products in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from sextant_server.accounts.models import User
from sextant_server.products.models import Product
from sextant_server.products.queries import visible_to
from sextant_server.strategy.assessments import resting
from sextant_server.strategy.assessments.models import Answer, Asked, Assessment, Measure
from sextant_server.strategy.assessments.records import Assessments, assessments_of, records
from sextant_server.strategy.assessments.standing import (
    Standing,
    frozen_of,
    standing_of,
    why,
)
from sextant_server.strategy.assessments.weighing import Weighed, read_assessment, weigh
from sextant_server.strategy.bindings.queries import Found
from sextant_server.strategy.bindings.reading import Reference


@dataclass(frozen=True, slots=True)
class Reopening:
    """An answer that no longer holds, as a line of Today has it."""

    product: int
    framework: str
    name: str
    question: str
    why: str
    since: date | None
    href: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What somebody still has to do: `what` is an assessment to answer, or a measure to see to."""

    product: Product
    what: str
    says: str
    due: date | None
    href: str


def weighed(products: Collection[int], today: date) -> dict[int, Mapping[str, Weighed]]:
    """Every open assessment by product and key of its framework; nine queries, however many."""
    return _weighed(_products(products), today)


def standing(products: Collection[int], today: date) -> dict[int, dict[str, Standing]]:
    """How the assessments of each product stand, by the key of their framework."""
    return {
        product: {key: standing_of(one) for key, one in found.items()}
        for product, found in weighed(products, today).items()
    }


def readings(wanted: Iterable[tuple[int, Reference]], today: date) -> Found:
    """What assessments say to whatever rests on them."""
    asked = list(dict.fromkeys(wanted))
    held = records(_products({product for product, _ in asked}), today)
    return {
        (product, reference): read_assessment(product, held[product], reference.key, today)
        for product, reference in asked
    }


def frozen(product: int, today: date) -> list[dict[str, object]]:
    """Every open assessment of a product as plain JSON, each with its digest, for a decision."""
    found = weighed([product], today).get(product, {})
    return [frozen_of(found[key]) for key in sorted(found)]


def reopened(products: Mapping[int, Product], today: date) -> list[Reopening]:
    """The answers that no longer hold, those that moved last first."""
    begun = assessments_of(products)
    assessed = {key: products[key] for key in begun}
    found = [
        Reopening(
            product, key, one.framework.name, one.framework.questions[again.question].name,
            why(one, again), again.since,
            reverse("assessment", args=[one.assessment.product.slug, key]),
        )
        for product, held in _weighed(assessed, today, begun).items()
        for key, one in held.items()
        for again in one.reopened
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.since or today, reverse=True)


def waiting(user: User, today: date) -> list[Waiting]:
    """The assessments that somebody was asked to answer, and his measures whose day has come."""
    if not user.is_active:
        return []
    seen = visible_to(user)
    rows = Asked.objects.filter(
        user=user, handed_in_at=None, assessment__ended_at=None, assessment__uncovered_at=None,
        assessment__product__in=seen,
    ).select_related("assessment__product", "assessment__framework")  # fmt: skip
    found = [
        Waiting(
            one.assessment.product, "assessment",
            f"{one.assessment.framework.name} waits for your answers.", None,
            reverse("assessment", args=[one.assessment.product.slug, one.assessment.key]),
        )
        for one in rows
    ]  # fmt: skip
    return found + _due(user, today)


def ownerless(products: Collection[int]) -> list[Measure]:
    """The measures that nobody sees to any more: the account of their owner is closed."""
    rows = Measure.objects.filter(
        product__in=products, withdrawn_at=None, owner__is_active=False
    ).select_related("product", "owner")
    return list(rows)


def answers_of(assessment: Assessment, user: User) -> list[Answer]:
    """The answers that somebody may see: all once they are uncovered, until then his own."""
    rows = Answer.objects.filter(assessment=assessment, superseded_at=None).select_related("by")
    return list(rows.filter(by=user, settles=False) if assessment.blind else rows)


def assessment_of(product: Product, key: str) -> Assessment | None:
    """The open assessment of a product under a framework."""
    rows = Assessment.objects.filter(product=product, key=key, ended_at=None)
    return rows.select_related("framework", "begun_by", "uncovered_by", "product").first()


def _due(user: User, today: date) -> list[Waiting]:
    rows = Measure.objects.filter(owner=user, withdrawn_at=None, due__lte=today)
    mine = list(rows.select_related("product", "owner"))
    wanted = [(one.product_id, Reference.parse(one.reference)) for one in mine if one.reference]
    found = resting.read(wanted, today)
    return [
        Waiting(one.product, "measure", f"{one.text} It was due on {_day(one.due)} and is not"
                " verified.", one.due, reverse("risks", args=[one.product.slug]))
        for one in mine
        if not one.reference
        or found[one.product_id, Reference.parse(one.reference)].verdict != "met"
    ]  # fmt: skip


def _weighed(
    products: Mapping[int, Product], today: date, begun: Assessments | None = None
) -> dict[int, Mapping[str, Weighed]]:
    held = records(products, today, begun=begun) if products else {}
    return {product: weigh(product, one, today) for product, one in held.items()}


def _products(keys: Collection[int]) -> dict[int, Product]:
    return Product.objects.in_bulk(keys)


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
