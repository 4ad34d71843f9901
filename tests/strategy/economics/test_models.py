"""A model names every fault at once; equal models have equal digests."""

from collections.abc import Callable

import pytest

from sextant.strategy.economics import Range, ValueModel, ValueModelError, one_currency

Make = Callable[..., ValueModel]
ZERO = Range.exactly(0)


def faults(**wrong: object) -> dict[str, str]:
    held = {"shape": "binary", "currency": "EUR", "inputs": {}, **wrong}
    with pytest.raises(ValueModelError) as error:
        ValueModel(**held)  # type: ignore[arg-type]
    return {fault.name: fault.says for fault in error.value.faults}


def test_every_fault_at_once(binary: Make) -> None:
    inputs = {**binary().inputs, "users": ZERO, "colour": ZERO, "adoption": Range.exactly(1.5)}
    inputs.pop("recall")
    found = faults(currency="EURO", horizon=0, inputs=inputs)
    assert list(found) == ["currency", "horizon", "colour", "users", "adoption", "recall"]
    assert "'EURO' is no currency. Use a code of ISO 4217" in found["currency"]
    assert "nobody would ever use it" in found["users"]
    assert "150 % is no share" in found["adoption"]
    assert "Without it there is no value" in found["recall"]


def test_shape_time_and_half_a_way_without_ai(binary: Make) -> None:
    assert "'ranking' is no shape" in faults(shape="ranking")["shape"]
    assert "Use 1 to 12" in faults(inputs=binary().inputs, horizon=12, payback=13)["payback"]
    half = {**binary().inputs, "other_build": Range(1, None, 2, "believed")}
    assert set(faults(inputs=half)) == {"other_recall", "other_false_positive_rate"}


def test_the_digest_is_that_of_what_decides(binary: Make, whole: Make) -> None:
    one = whole()
    shuffled = dict(reversed(one.inputs.items()))
    assert ValueModel("binary", "EUR", shuffled).digest == one.digest
    assert ValueModel.from_plain(one.plain()).digest == one.digest
    assert binary(recall=Range(0.6, None, 0.96, "believed")).digest != binary().digest


def test_what_is_left_open_is_said(binary: Make, whole: Make) -> None:
    names = {one.name for one in binary().left_open}
    assert {"adoption", "per_1000", "fixed", "today_recall", "cost_per_label"} <= names
    assert "other_months" not in names
    assert "other_per_1000" in {one.name for one in whole().left_open}


def test_currencies_are_not_mixed() -> None:
    assert one_currency(["EUR", "EUR"]) == "EUR"
    with pytest.raises(ValueModelError, match="Amounts in EUR and USD cannot be put together"):
        one_currency(["USD", "EUR"])
