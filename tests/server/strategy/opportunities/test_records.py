"""What is known of an opportunity: added, changed and dropped by those who explore."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from examples import ABOUT

from sextant_server.accounts.acting import OPERATOR, Acting
from sextant_server.accounts.models import User
from sextant_server.audit.models import Entry
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.products import actions as products
from sextant_server.products.models import Part, Product
from sextant_server.strategy.opportunities import actions
from sextant_server.strategy.opportunities.contents import Other, Pain, Rests
from sextant_server.strategy.opportunities.models import (
    Alternative,
    Dependency,
    GoalLink,
    PainPoint,
    Why,
)

KINDS = ("pain", "why", "alternative", "dependency", "goal")
EXPLORE = {"owner", "business", "technical", "contributor"}
By = Callable[[str], Acting]
OTHERWISE = {"pain": {"pain": "otherwise"}, "why": {"says": "otherwise"},
             "alternative": {"difference": "otherwise"}, "dependency": {"noted_version": "2"},
             "goal": {"how": "otherwise"}}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("part", [str(part) for part in Part])
def test_each_part(
    part: str, kind: str, product: Product, contents: Mapping[str, Any], by: By, kept: Any
) -> None:
    row, other = kept[kind], replace(contents[kind], **OTHERWISE[kind])
    if part in EXPLORE:
        assert actions.add(by(part), product, contents[kind]) == row
        changed = actions.change(by(part), row, other, 1)
        assert (changed.version, changed.edited_by) == (2, by(part).user)
        actions.drop(by(part), changed, 2)
        assert not type(row).objects.filter(pk=row.pk).exists()
        return
    before = Entry.objects.count()
    for attempt in (
        lambda: actions.add(by(part), product, other),
        lambda: actions.change(by(part), row, other, 1),
        lambda: actions.drop(by(part), row, 1),
    ):
        with pytest.raises(NotAllowed, match="write down what is known"):
            attempt()
    assert Entry.objects.count() == before
    row.refresh_from_db()
    assert row.version == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_stranger_and_nobody(kind: str, stranger: User, product: Product, kept: Any,
                               contents: Mapping[str, Any]) -> None:  # fmt: skip
    for by in (Acting(user=stranger), Acting(), OPERATOR):
        with pytest.raises(NotAllowed):
            actions.add(by, product, contents[kind])
        with pytest.raises(NotAllowed):
            actions.drop(by, kept[kind], 1)


@pytest.mark.parametrize("kind", KINDS)
def test_an_old_page_changes_nothing(
    kind: str, by: By, kept: Any, contents: Mapping[str, Any]
) -> None:
    other = replace(contents[kind], **OTHERWISE[kind])
    actions.change(by("owner"), kept[kind], other, 1)
    with pytest.raises(Conflict, match="Somebody else changed"):
        actions.change(by("technical"), kept[kind], contents[kind], 1)
    with pytest.raises(Conflict, match="Somebody else changed"):
        actions.drop(by("technical"), kept[kind], 1)
    actions.drop(by("owner"), kept[kind], 2)
    actions.drop(by("owner"), kept[kind], 2)
    with pytest.raises(Conflict, match="has dropped this"):
        actions.change(by("owner"), kept[kind], contents[kind], 2)


@pytest.mark.parametrize("kind", KINDS)
def test_each_change_is_in_the_log_without_what_somebody_said(
    kind: str, by: By, kept: Any, contents: Mapping[str, Any]
) -> None:
    name = type(kept[kind]).__name__.lower()
    actions.change(by("owner"), kept[kind], replace(contents[kind], **OTHERWISE[kind]), 1)
    actions.drop(by("owner"), kept[kind], 2)
    subject = kept[kind].subject
    entries = list(Entry.objects.filter(subject=subject).order_by("sequence"))
    assert [one.action for one in entries] == [f"{name}.{did}" for did in
                                               ("added", "changed", "dropped")]  # fmt: skip
    assert all("could not pay" not in str(one.details) for one in entries)


def test_a_change_to_the_same_is_none(by: By, kept: Any, contents: Mapping[str, Any]) -> None:
    before = Entry.objects.count()
    assert actions.change(by("owner"), kept["pain"], contents["pain"], 1).version == 1
    assert Entry.objects.count() == before


def test_what_differs_under_the_same_name_is_refused(
    product: Product, by: By, kept: Any, contents: Mapping[str, Any]
) -> None:
    for kind in ("why", "alternative", "dependency", "goal"):
        with pytest.raises(Conflict, match="on record already"):
            actions.add(by("owner"), product, replace(contents[kind], **OTHERWISE[kind]))
    second = actions.add(by("owner"), product, replace(contents["alternative"], name="Second"))
    with pytest.raises(Conflict, match="Another record says that"):
        actions.change(by("owner"), second, contents["alternative"], 1)


D = Decimal
BAD_PAINS = [
    ({"segment": " "}, "segment", "Who has it"),
    ({"pain": ""}, "pain", "What hurts"),
    ({"often": (D(0), D(0))}, "often_low", "never met"),
    ({"often": (D(3), D(2))}, "often_low", "smaller number first"),
    ({"often": (D(3), None)}, "often_low", "two ends"),
    ({"often": (None, None)}, "often_low", "How often"),
    ({"often": (D(-1), D(2))}, "often_low", "below 0"),
    ({"often": (D("NaN"), D(2))}, "often_low", "cannot be kept"),
    ({"often": (D(1), D("1e30"))}, "often_low", "cannot be kept"),
    ({"severity": 5}, "severity", "no level 5"),
    ({"period": "fortnight"}, "period", "no period"),
    ({"grade": "sure"}, "grade", "no grade"),
    ({"source": ""}, "source", "where that was said"),
    ({"quote": "x" * 501}, "quote", "At most 500"),
]


@pytest.mark.parametrize(("wrong", "field", "says"), BAD_PAINS)
def test_a_pain_point_that_cannot_be(
    wrong: dict[str, Any], field: str, says: str, product: Product, by: By,
    contents: Mapping[str, Any],
) -> None:  # fmt: skip
    with pytest.raises(Invalid, match=says) as refused:
        actions.add(by("owner"), product, replace(contents["pain"], **wrong))
    assert refused.value.field == field
    assert not PainPoint.objects.exists()


BAD_OTHERS = [
    ({"kind": "magic"}, "kind", "no kind"),
    ({"name": ""}, "name", "What would be done"),
    ({"measure": ""}, "measure", "what those numbers count"),
    ({"reach": (D(9), D(1))}, "reach_low", "smaller number first"),
    ({"currency": ""}, "currency", "is no currency"),
    ({"currency": "€"}, "currency", "is no currency"),
    ({"cost": (D(9), None)}, "cost_low", "two ends"),
]


@pytest.mark.parametrize(("wrong", "field", "says"), BAD_OTHERS)
def test_an_alternative_that_cannot_be(
    wrong: dict[str, Any], field: str, says: str, product: Product, by: By,
    contents: Mapping[str, Any],
) -> None:  # fmt: skip
    with pytest.raises(Invalid, match=says) as refused:
        actions.add(by("owner"), product, replace(contents["alternative"], **wrong))
    assert refused.value.field == field
    assert not Alternative.objects.exists()


BAD_RESTS = [
    ({"name": ""}, "name", "Name it"),
    ({"blocks": "the whole training"}, "owner", "who sees to it"),
    ({"kind": "product"}, "on", "Choose the product"),
    ({"kind": "weather"}, "kind", "no kind"),
]


@pytest.mark.parametrize(("wrong", "field", "says"), BAD_RESTS)
def test_a_dependency_that_cannot_be(
    wrong: dict[str, Any], field: str, says: str, product: Product, by: By,
    contents: Mapping[str, Any],
) -> None:  # fmt: skip
    with pytest.raises(Invalid, match=says) as refused:
        actions.add(by("owner"), product, replace(contents["dependency"], **wrong))
    assert refused.value.field == field
    assert not Dependency.objects.exists()


def test_why_asks_for_its_baseline_and_source(
    product: Product, by: By, contents: Mapping[str, Any]
) -> None:
    for field in ("says", "baseline", "source"):
        with pytest.raises(Invalid) as refused:
            actions.add(by("owner"), product, replace(contents["why"], **{field: "  "}))
        assert refused.value.field == field
    with pytest.raises(Invalid, match="no impact"):
        actions.add(by("owner"), product, replace(contents["why"], impact="fame"))
    assert not Why.objects.exists()


def test_a_goal_is_served_by_a_metric(
    product: Product, by: By, contents: Mapping[str, Any]
) -> None:
    for wrong, field in (({"metric": ""}, "metric"), ({"fit": 9}, "fit")):
        with pytest.raises(Invalid) as refused:
            actions.add(by("owner"), product, replace(contents["goal"], **wrong))
        assert refused.value.field == field
    assert not GoalLink.objects.exists()


def test_products_do_not_rest_on_each_other_in_a_circle(team: dict[str, User], by: By) -> None:
    owner = by("owner")
    first, second, third = (
        products.begin(owner, replace(ABOUT, name=name)) for name in ("First", "Second", "Third")
    )

    def rests(one: Product, on: Product) -> Any:
        from datetime import date

        return actions.add(owner, one, Rests("product", date(2026, 11, 2), on=on))

    rests(first, second)
    held = rests(second, third)
    assert rests(second, third) == held
    with pytest.raises(Invalid) as refused:
        rests(third, first)
    assert "“Third” rests on “First” rests on “Second” rests on “Third”" in str(refused.value)
    with pytest.raises(Invalid, match="leads back"):
        rests(first, first)
    actions.drop(owner, held, 1)
    rests(third, first)


def test_there_is_an_end_to_it(
    product: Product, by: By, contents: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sextant_server.strategy.opportunities.actions.records.MOST", 2)
    pain: Pain = contents["pain"]
    for text in ("one", "two"):
        actions.add(by("owner"), product, replace(pain, pain=text))
    with pytest.raises(Conflict, match="2 of these are on record"):
        actions.add(by("owner"), product, replace(pain, pain="three"))


def test_free_costs_nothing_and_knows_no_currency(product: Product, by: By) -> None:
    made = actions.add(by("owner"), product, Other("status_quo", "As today", currency="EUR"))
    assert isinstance(made, Alternative)
    assert (made.cost_low, made.currency) == (None, "")
