"""The rows behind assessments, read for many products in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from sextant_server.accounts.models import User
from sextant_server.core.among import among
from sextant_server.products.models import Product
from sextant_server.strategy.assessments import catalogue, resting
from sextant_server.strategy.assessments.counting import NONE, Counting, counting
from sextant_server.strategy.assessments.models import (
    Answer,
    Assessment,
    FrameworkVersion,
    Measure,
    Origin,
)
from sextant_server.strategy.assessments.weighing import Records
from sextant_server.strategy.bindings.queries import Found
from sextant_server.strategy.bindings.reading import Reference

Assessments = Mapping[int, Mapping[str, Assessment]]
Answers = Mapping[int, list[Answer]]
Measures = Mapping[int, list[Measure]]
State = tuple[int, datetime]
FEW, MOST = 500, 20_000
REMEMBERED: dict[State, Counting] = {}
"""What counts of an assessment, by its key and when it last changed."""


def records(
    products: Mapping[int, Product],
    today: date,
    user: User | None = None,
    known: Found | None = None,
    begun: Assessments | None = None,
) -> dict[int, Records]:
    """What is kept of each product.

    Answers that are blind are not even read, but for those of `user`, who may see his own, and for
    whom people are read with the answers. `known` is what has been read of records already,
    `begun` the assessments.
    """
    open_ones = _open(products)
    assessments = assessments_of(products) if begun is None else begun
    answers = _answers(open_ones, user) if user is not None else {}
    counts = _counting(open_ones, assessments, answers if user is not None else None)
    measures = _measures(products)
    found = resting.read(_wanted(assessments, counts, measures), today, known)
    return {
        key: Records(
            one.risk, assessments.get(key, {}), answers, counts, measures.get(key, []), found
        )
        for key, one in products.items()
    }


def assessments_of(products: Mapping[int, Product]) -> Assessments:
    """The open ones by product and key, each with its newest version that was written here.

    A framework that many assessments pin is read once.
    """
    own = catalogue.published().filter(origin=Origin.OWN, key=OuterRef("key"))
    newest = Subquery(own.order_by("-number").values("pk")[:1])
    rows = _open(products).annotate(newest_own=newest).order_by("product_id", "key")
    if len(products) == 1:
        rows = rows.select_related("framework")
    held = list(rows)
    pinned = {row.framework_id for row in held} if len(products) > 1 else ()
    frameworks = FrameworkVersion.objects.in_bulk(pinned)
    found: dict[int, dict[str, Assessment]] = defaultdict(dict)
    for row in held:
        row.product = products[row.product_id]
        if row.framework_id in frameworks:
            row.framework = frameworks[row.framework_id]
        found[row.product_id][row.key] = row
    return found


def _open(products: Iterable[int]) -> QuerySet[Assessment]:
    return Assessment.objects.filter(among("product", products), ended_at=None)


def _answers(assessments: QuerySet[Assessment], user: User) -> Answers:
    """What somebody may see: all that is uncovered, and his own."""
    seen = Q(assessment__uncovered_at__isnull=False) | Q(by=user, settles=False)
    rows = Answer.objects.filter(seen, assessment__in=assessments, superseded_at=None)
    return _by_assessment(rows.select_related("by"))


def _counting(
    rows: QuerySet[Assessment], assessments: Assessments, read: Answers | None
) -> dict[int, Counting]:
    """What counts of each assessment that is uncovered, from what was read already or remembered.

    Everything that changes the answers of one that is uncovered says so at the assessment, so that
    what counts is worked out once for each change. What is blind is not even read.
    """
    open_ones = [one for held in assessments.values() for one in held.values() if not one.blind]
    if read is not None:
        return {one.pk: counting(read.get(one.pk, ())) for one in open_ones}
    missing = [one for one in open_ones if _state(one) not in REMEMBERED]
    if missing:
        answers = Answer.objects.filter(superseded_at=None)
        few = len(missing) < FEW
        answers = answers.filter(assessment__in=missing if few else rows)
        found = _by_assessment(answers.exclude(assessment__uncovered_at=None))
        if len(REMEMBERED) + len(missing) > MOST:
            REMEMBERED.clear()
        for one in missing:
            REMEMBERED[_state(one)] = counting(found.get(one.pk, ()))
    return {one.pk: REMEMBERED[_state(one)] for one in open_ones}


def _state(one: Assessment) -> State:
    return one.pk, one.changed_at


def _by_assessment(rows: Iterable[Answer]) -> Answers:
    found: dict[int, list[Answer]] = defaultdict(list)
    for row in rows:
        found[row.assessment_id].append(row)
    return found


def _measures(products: Iterable[int]) -> Measures:
    rows = Measure.objects.filter(among("product", products), withdrawn_at=None)
    found: dict[int, list[Measure]] = defaultdict(list)
    for row in rows.select_related("owner"):
        found[row.product_id].append(row)
    return found


def _wanted(
    assessments: Assessments, counts: Mapping[int, Counting], measures: Measures
) -> Iterable[tuple[int, Reference]]:
    for product, held in assessments.items():
        for one in held.values():
            found = counts.get(one.pk, NONE)
            for answer in found.answers if found.bound else ():
                if answer.reference:
                    yield product, Reference.parse(answer.reference)
    for product, taken in measures.items():
        for measure in taken:
            if measure.reference:
                yield product, Reference.parse(measure.reference)
