"""Assessments that rest on each other: what moves carries on, and no circle comes about."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from strategy_frameworks import fit

from sextant_server.core.errors import Invalid
from sextant_server.strategy.assessments import actions, queries
from sextant_server.strategy.assessments.actions import Said
from sextant_server.strategy.assessments.circles import circle
from sextant_server.strategy.assessments.models import Answer, Assessment

pytestmark = pytest.mark.django_db
WIDE = Said(low=2000, high=3000)
KEYS = ("first", "second", "third", "apart")


@pytest.fixture
def chain(publish: Callable, table) -> dict[str, Assessment]:
    """Third rests on second, second on first; one stands apart."""
    for key in KEYS:
        publish(fit(key))
    held = {key: table.begin(key) for key in KEYS}
    for key in ("first", "apart"):
        table.answer(held[key], "ines", need="high", reach=WIDE)
    for key, on in (("second", "first"), ("third", "second")):
        rests = Said(level="high", reference=f"assessment:{on}")
        table.answer(held[key], "ines", need=rests, reach=WIDE)
    return held


def reopened(table) -> dict[str, int]:
    found = queries.standing([table.product.pk], table.today)[table.product.pk]
    return {key: len(one.reopened) for key, one in found.items()}


def change(held: Assessment, **of: object) -> None:
    """Change answers past the actions, which say when they have changed something."""
    Answer.objects.filter(assessment=held, **of.pop("only", {})).update(**of)
    Assessment.objects.filter(pk=held.pk).update(changed_at=timezone.now())


def test_nothing_is_open_at_first(chain, table) -> None:
    assert reopened(table) == dict.fromkeys(KEYS, 0)
    assert {table.standing(key).outcome for key in KEYS} == {"fits"}


def test_a_changed_outcome_carries_on_and_nothing_else_opens(chain, table) -> None:
    table.answer(chain["first"], "ines", need="low")
    assert reopened(table) == {"first": 0, "second": 1, "third": 1, "apart": 0}
    assert table.standing("first").outcome == "fits_not"
    assert table.standing("second").verdict == "undecided"
    assert table.standing("third").verdict == "undecided"
    assert "it rested on the assessment first, which has moved" in table.standing("second").says
    assert "It was met and is missed now." in table.standing("second").says


def test_an_answer_that_changes_no_outcome_carries_nothing_on(chain, table) -> None:
    table.answer(chain["first"], "ines", need="middle")
    assert reopened(table) == dict.fromkeys(KEYS, 0)


def test_an_expired_answer_carries_on_through_what_it_opens(chain, table) -> None:
    change(chain["first"], expires_on=table.today.replace(year=2020))
    assert reopened(table) == {"first": 2, "second": 1, "third": 1, "apart": 0}


def test_confirming_goes_link_by_link(chain, table) -> None:
    table.answer(chain["first"], "ines", need="low")
    row = Answer.objects.get(assessment=chain["second"], question="need", superseded_at=None)
    actions.confirm(table.story.by("ines"), row)
    assert reopened(table) == {"first": 0, "second": 0, "third": 0, "apart": 0}
    assert table.standing("third").outcome == "fits"


@pytest.mark.parametrize(
    ("key", "on", "way"),
    [
        ("first", "third", "first → third → second → first"),
        ("first", "second", "first → second → first"),
        ("apart", "apart", "apart → apart"),
    ],
)
def test_a_circle_is_refused_with_its_way(chain, table, key: str, on: str, way: str) -> None:
    before = Answer.objects.count()
    with pytest.raises(Invalid, match=way):
        table.answer(chain[key], "ines", need=Said(level="high", reference=f"assessment:{on}"))
    assert Answer.objects.count() == before


def test_settling_closes_no_circle_either(chain, table) -> None:
    chain["first"].refresh_from_db()
    said = Said(level="high", why="it follows", reference="assessment:third")
    with pytest.raises(Invalid, match="rest on itself"):
        actions.settle(table.story.by("ines"), chain["first"], "need", said, chain["first"].version)


def test_a_circle_that_came_about_otherwise_is_said_and_not_followed(chain, table) -> None:
    """Nothing writes this; reading it must end all the same."""
    second = Answer.objects.get(assessment=chain["third"], question="need")
    change(
        chain["first"], only={"question": "need"}, reference="assessment:third",
        reading=second.reading,
    )  # fmt: skip
    found = reopened(table)
    assert found["apart"] == 0
    assert sum(found.values()) > 0
    assert any("rest on itself" in table.standing(key).says for key in KEYS)


def test_nothing_rests_on_a_blind_assessment(publish: Callable, table) -> None:
    for key in ("first", "second"):
        publish(fit(key))
    table.answer(table.begin("first", "dana"), "ines", need="high")
    rests = Said(level="high", reference="assessment:first")
    with pytest.raises(Invalid, match="answers of First are not uncovered"):
        table.answer(table.begin("second"), "ines", need=rests)


def test_the_way_is_the_shortest() -> None:
    edges = {"b": frozenset("cd"), "c": frozenset("d"), "d": frozenset("a")}
    assert circle(edges, "a", "b") == ("a", "b", "d", "a")
    assert circle(edges, "a", "e") == ()
    assert circle({}, "a", "a") == ("a", "a")
