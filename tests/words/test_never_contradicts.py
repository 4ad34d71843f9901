"""What a sentence or a table shows never contradicts the verdict beside it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextant.contracts.evidence import RowResult
from sextant.contracts.model import Call, Contract, Criterion, Data, Quantity
from sextant.stats.estimate import Estimate
from sextant.stats.needed import decided
from sextant.words import sentence
from sextant.words.figures import figures

CONTRACT = Contract("p", "o", "binary", Data("d"), ())
shares = st.floats(0, 1, allow_nan=False).map(lambda x: round(x, 7))


def row(op, bound, low, value, high, metric="recall"):
    criterion = Criterion("c", "c", Quantity(Call(metric)), op, bound)
    estimate = Estimate(value, low, high, 500, "exact")
    verdict = decided(estimate, bound, op) or "undecided"
    return RowResult(criterion, (), estimate, 0.95, verdict, 500, 500)


def seen(low, high, bound, op):
    """The verdict that a reader would draw from the digits alone."""
    if op == ">=":
        return "met" if low >= bound else "missed" if high < bound else "undecided"
    return "met" if high <= bound else "missed" if low > bound else "undecided"


def numbers(text):
    return [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


@pytest.mark.parametrize(("metric", "turned"), [("recall", False), ("accuracy", True)])
@given(op=st.sampled_from([">=", "<="]), bound=shares, ends=st.tuples(shares, shares, shares))
def test_the_sentence(metric, turned, op, bound, ends):
    found = row(op, bound, *sorted(ends), metric)
    said = sentence(found, CONTRACT)
    low, high = numbers(re.search(r"\((.*?)\)", said)[1])
    promised = re.search(r"(at least|at most) ([\d,.]+) was promised", said)
    shown = numbers(promised[2])[0] if promised else 0.0
    read = {"at least": ">=", "at most": "<="}[promised[1]] if promised else "<="
    assert (read != op) == turned or not promised
    assert seen(low, high, shown, read) == found.verdict
    assert low < high or found.estimate.high - found.estimate.low < 1e-12


@given(st.sampled_from([">=", "<="]), shares, st.tuples(shares, shares, shares))
def test_the_table(op, bound, ends):
    found = row(op, bound, *sorted(ends))
    shown = figures(found, CONTRACT)
    low, high = numbers(shown.interval)
    assert seen(low, high, numbers(shown.bound)[0], op) == found.verdict


def test_a_narrow_miss_gets_more_digits():
    said = sentence(row(">=", 0.8, 0.79951, 0.7996, 0.79969), CONTRACT)
    assert "about 7,996 are found (7,995 to 7,997); at least 8,000 was promised" in said
