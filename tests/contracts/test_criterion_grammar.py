"""Every form of the grammar is understood."""

import pytest

from sextant.contracts.grammar import Setting, parse_criterion
from sextant.contracts.model import Call, Scope

RECALL = Call("recall", (("threshold", 0.5),))


def test_a_bare_metric_speaks_of_the_whole_table(setting: Setting) -> None:
    criterion = parse_criterion("recall >= 0.8", setting)
    assert criterion.quantity.call == RECALL
    assert (criterion.op, criterion.bound, criterion.confidence) == (">=", 0.8, 0.95)
    assert criterion.scope == Scope()


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("in every sex", Scope("every", (("sex",),))),
        ("in every sex, age", Scope("every", (("sex",), ("age",)))),
        ("in every sex x age", Scope("every", (("sex", "age"),))),
        ("in every sex x age, race", Scope("every", (("sex", "age"), ("race",)))),
        ('in age = "65 and over"', Scope("one", (("age",),), "65 and over")),
        ("in sex = 2", Scope("one", (("sex",),), "2")),
    ],
)
def test_scopes(setting: Setting, scope: str, expected: Scope) -> None:
    assert parse_criterion(f"recall >= 0.8 {scope}", setting).scope == expected


@pytest.mark.parametrize(
    ("written", "kind", "op"),
    [
        ("gap(recall) <= 0.1 across sex", "gap", "<="),
        ("ratio(recall) >= 0.8 across sex", "ratio", ">="),
    ],
)
def test_worst_pairs(setting: Setting, written: str, kind: str, op: str) -> None:
    criterion = parse_criterion(written, setting)
    assert (criterion.quantity.kind, criterion.op) == (kind, op)
    assert criterion.quantity.call == RECALL
    assert criterion.scope == Scope("across", (("sex",),))


def test_a_nested_metric_keeps_its_arguments(setting: Setting) -> None:
    criterion = parse_criterion("gap(quantile(ms, q=0.95)) <= 20 across sex", setting)
    assert criterion.quantity.call == Call("quantile", (("column", "ms"), ("q", 0.95)))


def test_a_contrast_names_two_groups_and_may_have_a_negative_bound(setting: Setting) -> None:
    text = 'mean(click) of bts against "pure random" >= -0.01 across policy'
    quantity = parse_criterion(text, setting).quantity
    assert (quantity.kind, quantity.of, quantity.against) == ("contrast", "bts", "pure random")


@pytest.mark.parametrize(
    ("number", "value"),
    [("0.8", 0.8), (".8", 0.8), ("80%", 0.8), ("80 %", 0.8), ("8e-1", 0.8), ("85.3%", 0.853)],
)
def test_numbers(setting: Setting, number: str, value: float) -> None:
    assert parse_criterion(f"recall >= {number}", setting).bound == value


def test_the_confidence_comes_last(setting: Setting) -> None:
    criterion = parse_criterion("recall >= 0.8 in every sex with 99.9% confidence", setting)
    assert criterion.confidence == 0.999


def test_a_list_of_values_has_one_order(setting: Setting) -> None:
    text = 'out_of_set(MAR, values=[3, 1, 2, "a b", 1, true]) <= 1%'
    call = parse_criterion(text, setting).quantity.call
    assert call["values"] == (True, 1, 2, 3, "a b")


def test_columns_may_have_any_name(setting: Setting) -> None:
    call = parse_criterion('mean("income, net (EUR)") <= 300', setting).quantity.call
    assert call["column"] == "income, net (EUR)"


def test_signs_of_print_are_understood(setting: Setting) -> None:
    typed = parse_criterion("recall >= 0.8 in every sex x age", setting)
    printed = parse_criterion(
        "recall \N{GREATER-THAN OR EQUAL TO} 0.8 in every sex \N{MULTIPLICATION SIGN} age", setting
    )
    assert printed.text == typed.text


@pytest.mark.parametrize("value", ["16-24", "16 - 24", "16\N{EN DASH}24", "16\N{MINUS SIGN}24"])
def test_any_dash_names_a_band(setting: Setting, value: str) -> None:
    criterion = parse_criterion(f'recall >= 0.8 in age = "{value}"', setting)
    assert criterion.scope.value == "16\N{EN DASH}24"


def test_the_written_text_is_kept(setting: Setting) -> None:
    criterion = parse_criterion("recall>=80 %   in every sex", setting)
    assert criterion.written == "recall>=80 %   in every sex"
    assert criterion.text == "recall >= 0.8 in every sex"
