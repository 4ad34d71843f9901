"""What was done at assessments stands in the product's history, without what was answered."""

from collections.abc import Callable

import pytest

from sextant_server.strategy.assessments import actions
from sextant_server.strategy.assessments.actions import Said
from sextant_server.strategy.assessments.models import FrameworkVersion

pytestmark = pytest.mark.django_db


def test_each_deed_has_its_sentence(framework: FrameworkVersion, table, as_: Callable) -> None:
    held = table.begin("fit", "dana")
    table.answer(held, "dana", need=Said(level="high", why="otters"))
    table.answer(held, "ines", need="low")
    said = Said(level="middle", why="between them")
    actions.settle(table.story.by("ines"), held, "need", said, held.version)
    page = f"/products/{table.product.slug}/history/"
    shown = as_(table.story.people["vera"]).get(page).content.decode()
    for sentence in (
        "Began assessment 1: fit, version 1", "Asked Contributor for answers",
        "Answered questions of an assessment, 1 in number", "Handed in the answers to fit",
        "Uncovered the answers of an assessment, 2 in number",
        "Settled the question need of an assessment",
    ):  # fmt: skip
        assert sentence in shown
    assert "otters" not in shown
    assert f"/products/{table.product.slug}/bet/assessments/fit/" in shown
