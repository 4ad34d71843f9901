"""What is known of a bet, and that it costs a fixed number of queries."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from examples import ABOUT

from sextant_server.accounts.acting import Acting
from sextant_server.core.errors import Invalid
from sextant_server.products import actions as products
from sextant_server.products.models import Product
from sextant_server.strategy.bindings.reading import Reference, moved
from sextant_server.strategy.opportunities import actions, queries
from sextant_server.strategy.opportunities.actions.bets import Effort, Kind, Stake

D, DAY = Decimal, date(2026, 11, 20)
By = Callable[[str], Acting]
STAKE = Stake(
    stake=(D(20_000), D(35_000)), currency="eur", weeks=(D(6), D(10)),
    kill="fewer than 300 checks saved of 1,000", kill_by=date(2026, 12, 31),
    learning="Is 87 % recall within reach?", learning_cost=(D(3000), D(5000)),
    learning_decides="whether to build at all",
)  # fmt: skip
EFFORT = Effort(
    {"data_science": (D(1), D("2.5")), "software": (D("0.5"), D(1)), "legal": (D(0), D(0))},
    date(2026, 12, 1), (D(2), D(3)),
)  # fmt: skip


def known(product: Product, day: date = DAY) -> Any:
    return queries.known([product.pk], day)[product.pk]


def test_of_a_product_of_which_nothing_is_known(product: Product) -> None:
    found = known(product)
    assert (found.need.level, found.goal_fit.level, found.baseline) == (None, None, False)
    assert "No pain point" in found.need.why
    assert found.lacking == (
        "a pain point with its source", "a goal that it serves", "a baseline without AI",
        "a stake", "a kill criterion", "what is learned next", "an effort",
    )  # fmt: skip
    assert (found.effort, found.person_months, found.kill) == (None, None, None)


def test_of_a_whole_bet(product: Product, kept: Any, by: By) -> None:
    actions.set_stake(by("owner"), product, STAKE, 0)
    actions.set_effort(by("owner"), product, EFFORT, 1)
    actions.set_kind(by("owner"), product, Kind("ml", "classification", "fraud", "finance"), 2)
    found = known(product)
    assert found.lacking == ()
    assert (found.need.level, found.need.upto, found.goal_fit.level) == (3, None, 2)
    assert found.stake.currency == found.learning.cost.currency == "EUR"
    assert found.effort == {"data_science": (D(1), D("2.5")), "software": (D("0.5"), D(1))}
    assert found.person_months == (D("1.5"), D("3.5"))
    assert (found.starts_on, found.months) == (date(2026, 12, 1), (D(2), D(3)))
    assert (found.pattern, found.family) == ("fraud", "classification")


def test_a_pain_that_nobody_told_of_is_no_need(
    product: Product, by: By, contents: Mapping[str, Any]
) -> None:
    silent = replace(contents["pain"], quote="", source="", severity=4, grade="believed")
    actions.add(by("owner"), product, silent)
    assert known(product).need.level is None
    actions.add(by("owner"), product, replace(contents["pain"], severity=2))
    assert known(product).need.level == 2


@pytest.mark.parametrize("kind", ["pain", "alternative"])
def test_what_is_measured_names_its_record(
    product: Product, by: By, contents: Mapping[str, Any], kind: str
) -> None:
    said = replace(contents[kind], source="", grade="measured")
    said = replace(said, quote="") if kind == "pain" else said
    with pytest.raises(Invalid, match="Measured is what a record shows"):
        actions.add(by("owner"), product, said)


@pytest.mark.parametrize(
    ("often", "period", "low", "upto"),
    [((1, 2), "year", 2, None), ((10, 14), "year", 2, 3), ((12, 14), "year", 3, None),
     ((1, 1), "month", 3, None), ((D("0.1"), 1), "week", 2, 3)],
)  # fmt: skip
def test_a_range_leaves_two_levels_possible(
    product: Product, by: By, contents: Mapping[str, Any],
    often: Any, period: str, low: int, upto: int | None,
) -> None:  # fmt: skip
    ends = (D(often[0]), D(often[1]))
    actions.add(by("owner"), product, replace(contents["pain"], often=ends, period=period))
    found = known(product).need
    assert (found.level, found.upto, found.of) == (low, upto, 4)
    assert ("one level less" in found.why) == (low < 3)


def test_a_kill_criterion_is_never_invented(product: Product, by: By) -> None:
    actions.set_stake(by("owner"), product, STAKE, 0)
    assert known(product, date(2026, 12, 30)).kill.state == "holds"
    assert known(product, date(2026, 12, 31)).kill.state == "due"
    actions.report_kill(by("owner"), product, "passed", "340 of 1,000 in the pilot", 1)
    found = known(product, date(2027, 2, 1)).kill
    assert (found.state, found.note) == ("passed", "340 of 1,000 in the pilot")
    actions.report_kill(by("owner"), product, "struck", "the second pilot saved 120", 2)
    assert known(product).kill.state == "struck"
    actions.set_stake(by("owner"), product, replace(STAKE, kill="another"), 3)
    assert known(product).kill.state == "holds"


def test_a_dependency_reads_as_its_version(product: Product, kept: Any, by: By,
                                           contents: Mapping[str, Any]) -> None:  # fmt: skip
    row = kept["dependency"]
    reference = Reference("dependency", str(row.pk))
    wanted = [(product.pk, reference), (product.pk, Reference("dependency", "x")),
              (product.pk + 1, reference), (product.pk, Reference("source", "a:rows"))]  # fmt: skip
    found = queries.readings(wanted, DAY)
    then = found[product.pk, reference]
    assert (then.word, then.origin, then.on) == ("2026-10", row.subject, date(2026, 11, 2))
    assert found[wanted[1]].absent
    assert found[wanted[2]].absent
    assert wanted[3] not in found
    assert queries.offered(product.pk) == [(reference, then)]
    actions.change(by("owner"), row, replace(contents["dependency"], noted_version="2026-11"), 1)
    now = queries.readings(wanted, DAY)[product.pk, reference]
    assert moved(then, now) == "It said “2026-10” and says “2026-11” now."
    actions.drop(by("owner"), row, 2)
    gone = queries.readings(wanted, DAY)[product.pk, reference]
    assert moved(then, gone).startswith("What it rested on is no longer there")


def test_many_products_cost_what_one_costs(
    product: Product, kept: Any, by: By, django_assert_num_queries: Any
) -> None:
    many = [products.begin(by("owner"), replace(ABOUT, name=f"P {n}")) for n in range(5)]
    keys = [product.pk, *(one.pk for one in many)]
    with django_assert_num_queries(3):
        assert len(queries.known(keys, DAY)) == 6
    with django_assert_num_queries(1):
        queries.readings([(key, Reference("dependency", "1")) for key in keys], DAY)
    with django_assert_num_queries(0):
        assert queries.readings([], DAY) == {}


def test_what_a_decision_keeps_is_plain(product: Product, kept: Any, by: By) -> None:
    import json

    actions.set_stake(by("owner"), product, STAKE, 0)
    held = queries.frozen(product, DAY)
    assert json.loads(json.dumps(held)) == held
    assert held["known"]["stake"] == {"low": "20000", "high": "35000", "currency": "EUR"}
    assert held["pains"][0]["quote"].startswith("I could not pay")
    assert held["alternatives"][0]["reach_low"] == "700"
    assert held["dependencies"][0]["noted_on"] == "2026-11-02"
    assert {len(held[name]) for name in ("why", "goals", "pains")} == {1}
