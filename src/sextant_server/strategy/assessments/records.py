"""The rows behind assessments, read for many products in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from sextant_server.accounts.models import User
from sextant_server.strategy.assessments import catalogue, resting
from sextant_server.strategy.assessments.counting import that_count
from sextant_server.strategy.assessments.models import Answer, Assessment, Measure, Origin
from sextant_server.strategy.assessments.weighing import Records
from sextant_server.strategy.bindings.queries import Found
from sextant_server.strategy.bindings.reading import Reference

Assessments = Mapping[int, Mapping[str, Assessment]]
Answers = Mapping[int, list[Answer]]
Measures = Mapping[int, list[Measure]]


def records(
    tiers: Mapping[int, str], today: date, user: User | None = None, known: Found | None = None
) -> dict[int, Records]:
    """What is kept of each product (given with its risk).

    Answers that are blind are not even read, but for those of `user`, who may see his own. `known`
    is what has been read of records already.
    """
    open_ones = Assessment.objects.filter(product__in=tiers, ended_at=None)
    assessments = _assessments(open_ones)
    answers = _answers(open_ones, user)
    measures = _measures(tiers)
    held = known or {}
    wanted = [one for one in _wanted(assessments, answers, measures) if one not in held]
    found = {**held, **resting.read(wanted, today)}
    return {
        product: Records(
            tier, assessments.get(product, {}), answers, measures.get(product, []), found
        )
        for product, tier in tiers.items()
    }


def _assessments(rows: QuerySet[Assessment]) -> Assessments:
    """By product and key, each with the digest of the newest version written here, if any."""
    own = catalogue.published().filter(origin=Origin.OWN, key=OuterRef("key"))
    newest = Subquery(own.order_by("-number").values("pk")[:1])
    held = rows.select_related("framework", "product").annotate(newest_own=newest)
    found: dict[int, dict[str, Assessment]] = defaultdict(dict)
    for row in held.order_by("product_id", "key"):
        found[row.product_id][row.key] = row
    return found


def _answers(assessments: QuerySet[Assessment], user: User | None) -> Answers:
    seen = Q(assessment__uncovered_at__isnull=False)
    if user is not None:
        seen |= Q(by=user, settles=False)
    rows = Answer.objects.filter(seen, assessment__in=assessments, superseded_at=None)
    found: dict[int, list[Answer]] = defaultdict(list)
    for row in rows.select_related("by"):
        found[row.assessment_id].append(row)
    return found


def _measures(products: Iterable[int]) -> Measures:
    rows = Measure.objects.filter(product__in=products, withdrawn_at=None)
    found: dict[int, list[Measure]] = defaultdict(list)
    for row in rows.select_related("owner"):
        found[row.product_id].append(row)
    return found


def _wanted(
    assessments: Assessments, answers: Answers, measures: Measures
) -> Iterable[tuple[int, Reference]]:
    for product, held in assessments.items():
        for one in held.values():
            for answer in _counting(() if one.blind else answers.get(one.pk, ())):
                if answer.reference:
                    yield product, Reference.parse(answer.reference)
    for product, taken in measures.items():
        for measure in taken:
            if measure.reference:
                yield product, Reference.parse(measure.reference)


def _counting(rows: Iterable[Answer]) -> Iterable[Answer]:
    by_question: dict[str, list[Answer]] = defaultdict(list)
    for row in rows:
        by_question[row.question].append(row)
    for held in by_question.values():
        yield from that_count(held)
