"""What is said of a model: an answer first, amounts without false precision, honest remarks."""

from collections.abc import Callable

import pytest

from sextant.strategy.economics import Range, ValueModel, findings, value, words
from sextant.strategy.economics.draws import Frequency
from sextant.strategy.economics.money import amount, of_hundred, percent, range_text, stated

Make = Callable[..., ValueModel]


@pytest.mark.parametrize(
    ("x", "currency", "says"),
    [
        (123_456, "EUR", "€120,000"),
        (-40_499, "GBP", "−£40,000"),
        (1_250_000, "USD", "$1.3 million"),
        (8.36e9, "CHF", "CHF 8.4 billion"),
        (0.0, "EUR", "€0"),
        (3.456, "EUR", "€3.50"),
        (0.0012, "EUR", "€0.0012"),
    ],
)
def test_amounts(x: float, currency: str, says: str) -> None:
    assert amount(x, currency) == says


def test_shares_and_chances() -> None:
    assert [percent(x) for x in (0.87, 0.875, 0.0005, 0, 1)] == [
        "87 %", "87.5 %", "0.05 %", "0 %", "100 %",
    ]  # fmt: skip
    told = [of_hundred(Frequency(x, 0)) for x in (0.0, 0.004, 0.618, 0.996, 1.0)]
    assert told == [
        "no draw", "fewer than 1 of 100 draws", "62 of 100 draws", "more than 99 of 100 draws",
        "every draw",
    ]  # fmt: skip


def test_ranges_and_what_was_measured_do_not_read_alike() -> None:
    assert range_text(Range(0.8, 0.9, 0.95, "believed"), "share", "EUR") == (
        "80 % to 95 %, likely 90 %"
    )
    assert range_text(Range(0.8, 0.9, 0.95, "measured"), "share", "EUR") == "90 % (80 % to 95 %)"
    assert range_text(Range(12.5, None, 20, "believed"), "money", "EUR") == "€12.50 to €20"
    assert stated(12.5, "EUR") == "€12.50"


def test_the_headline_answers(binary: Make, whole: Make) -> None:
    assert words.headline(value(binary()), "June 2027").startswith("Worth €")
    poor = value(binary(build=Range(5e6, None, 6e6, "believed")))
    assert words.headline(poor, "June 2027").startswith("Not worth it as things stand: −€")
    assert words.headline(poor, "June 2027").endswith("it pays back by June 2027 in no draw.")
    other = value(
        whole(
            build=Range(5e5, None, 6e5, "believed"), other_recall=Range(0.8, None, 0.9, "estimated")
        )
    )
    assert words.headline(other, "June 2027").startswith("The way without AI is worth more, €")


def test_break_even_in_words(binary: Make) -> None:
    recall, rate = value(binary(build=Range(2e5, None, 3e5, "believed"))).break_evens
    assert "Worth it only above" in words.break_even(recall)
    assert "no recall is enough" in words.break_even(recall)
    assert "Worth it only below" in words.break_even(rate)


def test_the_next_learning_in_words(binary: Make) -> None:
    model = binary(build=Range(300_000, None, 500_000, "believed"))
    assert "What a labelled case costs is not known" in words.next_learning(model, findings(model))
    cheap = binary(build=model.inputs["build"], cost_per_label=Range(1, None, 2, "believed"))
    assert "do it first" in words.next_learning(cheap, findings(cheap))
    dear = binary(build=model.inputs["build"], cost_per_label=Range(1e5, None, 2e5, "believed"))
    assert "not worth it" in words.next_learning(dear, findings(dear))
    sure = binary(build=Range(1, None, 2, "believed"))
    assert "worth nothing here" in words.next_learning(sure, findings(sure))


def test_what_is_not_counted_is_said(binary: Make) -> None:
    said = words.not_counted(binary())
    assert "Nobody is paid to look after it." in said
    assert "Every possible use is taken to go through it." in said
