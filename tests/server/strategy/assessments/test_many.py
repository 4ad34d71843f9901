"""Many products at once: a fixed number of queries, and what is frozen for a decision."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from examples import ABOUT

from sextant_server.accounts.models import User
from sextant_server.products.models import Product
from sextant_server.strategy.assessments import actions, catalogue, queries
from sextant_server.strategy.assessments.actions import Said
from sextant_server.strategy.assessments.models import Answer, Assessment, FrameworkVersion
from sextant_server.strategy.bindings.reading import Reference

pytestmark = pytest.mark.django_db
WIDE = Said(low=2000, high=3000)


def make(count: int, framework: FrameworkVersion, user: User) -> list[int]:
    """So many products, each with one assessment that was answered."""
    now = timezone.now()
    at = Product.objects.count()
    products = Product.objects.bulk_create(
        Product(slug=f"p-{at + n}", name=f"P {at + n}", ai_type=ABOUT.ai_type, risk="limited",
                automation=ABOUT.automation)
        for n in range(count)
    )  # fmt: skip
    held = Assessment.objects.bulk_create(
        Assessment(product=one, framework=framework, key=framework.key, number=1, begun_by=user,
                   uncovered_at=now)
        for one in products
    )  # fmt: skip
    until = now.date() + timedelta(days=9)
    values = {"need": {"levels": ["high"]}, "reach": {"low": 2000, "high": 3000}}
    Answer.objects.bulk_create(
        Answer(assessment=one, question=key, by=user, at=now, value=value, grade="believed",
               expires_on=until)
        for one in held
        for key, value in values.items()
    )  # fmt: skip
    return [one.pk for one in products]


def counted(products: list[int], today) -> int:
    with CaptureQueriesContext(connection) as ran:
        queries.standing(products, today)
    return len(ran)


def test_the_number_of_queries_is_fixed(framework: FrameworkVersion, table) -> None:
    few = make(2, framework, table.story.people["ines"])
    many = make(40, framework, table.story.people["ines"])
    catalogue.framework_of(framework)
    assert counted(few, table.today) == counted(many, table.today) <= 9
    found = queries.standing(many, table.today)
    assert {one["fit"].outcome for one in found.values()} == {"fits"}


def test_a_product_without_assessments_has_none(table) -> None:
    assert queries.standing([table.product.pk], table.today) == {table.product.pk: {}}
    assert queries.standing([], table.today) == {}
    assert queries.frozen(table.product.pk, table.today) == []


def test_what_is_frozen_is_plain_and_has_its_digest(framework: FrameworkVersion, table) -> None:
    held = table.begin("fit")
    table.answer(held, "ines", need=Said(level="high", why="shown"), reach=WIDE)
    (one,) = queries.frozen(table.product.pk, table.today)
    again = json.loads(json.dumps(one))
    assert again == one
    assert one["framework"] == {
        "key": "fit", "version": 1, "name": "Fit", "digest": held.framework.digest,
    }  # fmt: skip
    assert (one["verdict"], one["outcome"], one["state"]) == ("met", "fits", "settled")
    assert [row["question"] for row in one["answers"]] == ["need", "reach"]
    (same,) = queries.frozen(table.product.pk, table.today)
    assert same["digest"] == one["digest"]
    table.answer(held, "ines", need=Said(level="middle", why="shown"))
    (other,) = queries.frozen(table.product.pk, table.today)
    assert other["digest"] != one["digest"]


def test_readings_of_assessments(framework: FrameworkVersion, table) -> None:
    asked = table.product.pk, Reference("assessment", "fit")
    assert "was begun" in queries.readings([asked], table.today)[asked].absent
    held = table.begin("fit", "dana")
    assert "not uncovered" in queries.readings([asked], table.today)[asked].absent
    table.answer(held, "ines", need="high", reach=WIDE)
    actions.uncover(table.story.by("ines"), held, held.version)
    reading = queries.readings([asked], table.today)[asked]
    assert (reading.word, reading.verdict, reading.says) == ("fits", "met", "Fit: Fits.")
    assert reading.origin == held.subject
