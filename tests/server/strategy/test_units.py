"""In what each thing on record is counted, and which question it can answer as it is."""

import pytest

from sextant_server.strategy.bindings.reading import Reference
from sextant_server.strategy.bindings.units import answers, counted

COUNTED = [
    ("rate:recall", "share"),
    ("criterion:recall >= 0.8 in every sex", "share"),
    ("criterion:mape <= 10%", "share"),
    ("criterion:auc >= 0.8", "score"),
    ("criterion:cost <= 2", "money"),
    ("criterion:quantile(latency_ms, q=0.99) <= 200", "value"),
    ("criterion:gap(recall) <= 0.02 across sex", "difference"),
    ("criterion:ratio(selection_rate) >= 0.8 across sex", "ratio"),
    ("criterion:mean(click) of model against random >= 0 across policy", "difference"),
    ("criterion:no criterion at all", "word"),
    ("criterion:horoscope >= 1", "word"),
    ("source:predictions:rows", "count"),
    ("source:predictions:labelled", "count"),
    ("source:predictions:age", "days"),
    ("value:expected", "money"),
    ("value:break_even", "share"),
    ("value:payback", "share"),
    ("dependency:3", "word"),
    ("assessment:ai-risk", "word"),
]


@pytest.mark.parametrize(("text", "unit"), COUNTED)
def test_what_is_counted_in_what(text: str, unit: str) -> None:
    assert counted(Reference.parse(text)) == unit


ANSWERS = [
    ("rate:recall", "%", True),
    ("criterion:auc >= 0.8", "%", True),
    ("criterion:log_loss <= 0.5", "%", False),
    ("criterion:calibration_error <= 0.05", "%", False),
    ("criterion:gap(recall) <= 0.02 across sex", "%", False),
    ("criterion:quantile(latency_ms, q=0.99) <= 200", "%", False),
    ("criterion:quantile(latency_ms, q=0.99) <= 200", "ms", True),
    ("rate:recall", "ms", False),
    ("source:predictions:age", "ms", False),
    ("source:predictions:age", "days", True),
    ("source:predictions:rows", "people", True),
    ("source:predictions:rows", "uses per person and month", False),
    ("criterion:mean(uses) >= 4", "uses per person and month", True),
    ("value:expected", "%", False),
    ("value:expected", "ms", False),
    ("value:break_even", "%", True),
]


@pytest.mark.parametrize(("text", "unit", "does"), ANSWERS)
def test_what_answers_which_question(text: str, unit: str, does: bool) -> None:
    assert answers(Reference.parse(text), unit) is does
