"""The normal text: one spelling for one promise, and it reads back as itself."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextant.contracts.grammar import Setting, parse_criterion
from sextant.contracts.model import Segment

SEGMENTS = {
    name: Segment(name, name.upper()) for name in ("sex", "age", "x", "in", "two words", 'say "a"')
}
SETTING = Setting(segments=SEGMENTS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("recall >= 80%", "recall>=0.80"),
        ("recall >= 0.8", "recall(threshold=0.5) >= 0.80"),
        ("recall >= 0.8", "recall() >= .8 with 95% confidence"),
        ("recall >= 0.8 in every sex, age", "recall >= 0.8 in every age, sex"),
        ("recall >= 0.8 in every sex x age", "recall >= 0.8 in every age x sex"),
        ("fbeta(beta=2) >= 0.8", "fbeta(threshold=50%, beta=2.0) >= 0.8"),
        ("quantile(ms, q=0.95) <= 300", "quantile(q=95%, column=ms) <= 3e2"),
        ("out_of_set(a, values=[1, 2]) <= 1%", "out_of_set(a, values=[2, 1.0, 1]) <= 0.01"),
        ("mean(a) >= 0", 'mean("a") >= -0'),
    ],
)
def test_two_spellings_of_one_promise(one: str, other: str) -> None:
    first, second = parse_criterion(one, SETTING), parse_criterion(other, SETTING)
    assert replace(first, written="") == replace(second, written="")


def test_a_threshold_is_shown_only_where_it_is_not_the_contracts() -> None:
    assert parse_criterion("recall(threshold=0.7) >= 0.8", SETTING).text.startswith("recall(thr")
    strict = replace(SETTING, threshold=0.7)
    assert parse_criterion("recall(threshold=0.7) >= 0.8", strict).text == "recall >= 0.8"


def test_a_declared_decision_counts_unless_a_threshold_is_written() -> None:
    decided = replace(SETTING, roles=frozenset({"label", "score", "prediction"}))
    plain = parse_criterion("recall >= 0.8", decided)
    cut = parse_criterion("recall(threshold=0.5) >= 0.8", decided)
    assert plain.quantity.call["threshold"] is None
    assert cut.quantity.call["threshold"] == 0.5
    assert plain.text != cut.text


def quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


names = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12
).map(quoted)
segments = st.sampled_from(sorted(SEGMENTS))
columns = st.one_of(names, st.sampled_from(["ms", "income", "of", "x", "in"]).map(quoted))
shares = st.floats(0.001, 0.999)
numbers = st.floats(-1e12, 1e12, allow_nan=False)
items = st.one_of(st.integers(-(10**15), 10**15).map(str), numbers.map(repr), names)


@st.composite
def metrics(draw: st.DrawFn) -> str:
    column, share = draw(columns), draw(shares)
    listed = ", ".join(draw(st.lists(items, min_size=1, max_size=4)))
    forms = [
        "recall",
        f"recall(threshold={share!r})",
        f"rate({column})",
        f"out_of_set({column}, values=[{listed}])",
        f"fbeta(beta={0.1 + share!r})",
    ]
    return draw(st.sampled_from(forms))


@st.composite
def criteria(draw: st.DrawFn) -> str:
    metric, share = draw(metrics()), draw(shares)
    one, other = draw(st.lists(segments, min_size=2, max_size=2, unique=True))
    first, second = quoted(one), quoted(other)
    value, against = draw(st.lists(names, min_size=2, max_size=2, unique=True))
    forms = [
        f"{metric} >= {share!r}",
        f"{metric} <= {share * 100!r}% in every {first}, {second}",
        f"{metric} >= {share!r} in every {first} x {second}",
        f"{metric} >= {share!r} in {first} = {value}",
        f"gap({metric}) <= {share!r} across {first}",
        f"ratio({metric}) >= {share!r} across {first}",
        f"{metric} of {value} against {against} >= {-share!r} across {first}",
    ]
    tail = draw(st.sampled_from(["", " with 99% confidence", " with 99.9% confidence"]))
    return draw(st.sampled_from(forms)) + tail


@given(criteria())
def test_the_normal_text_is_a_fixed_point(written: str) -> None:
    first = parse_criterion(written, SETTING)
    again = parse_criterion(first.text, SETTING)
    assert again.text == first.text
    assert replace(again, written="") == replace(first, written="")
