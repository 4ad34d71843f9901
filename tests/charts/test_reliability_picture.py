"""The reliability picture: sound XML, no word unescaped, every mark inside its frame."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextant.charts import Bin, reliability
from sextant.charts.reliability import INSET, LEFT, SIDE, SIZE

SHARE = st.floats(0, 1)
ANY = st.floats(allow_nan=False)
BINS = st.builds(Bin, SHARE, SHARE, SHARE, SHARE, st.integers(1, 10**9))
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")))
HOSTILE = ['"><script>x</script>', "' onload='x", "a & b < c", "]]>", "&amp;", "%s{}", "ünï🙂"]


def drawn(bins: list[Bin], label: str = "Reliability") -> ET.Element:
    return ET.fromstring(reliability(bins, label))


def numbers(root: ET.Element, tag: str, mark: str, *names: str) -> list[tuple[float, ...]]:
    return [
        tuple(float(one.get(name, "nan")) for name in names)
        for one in root.iter(tag)
        if one.get("class") == mark
    ]


@given(st.lists(BINS, max_size=12), TEXT)
def test_it_is_sound_xml_that_reads_its_label_out(bins: list[Bin], label: str) -> None:
    root = drawn(bins, label)
    assert (root.tag, root.get("role"), root.get("aria-label")) == ("svg", "img", label)
    assert len(list(root.iter("circle"))) == len(bins)


@pytest.mark.parametrize("label", HOSTILE)
def test_a_label_is_text_and_nothing_else(label: str) -> None:
    plain, hostile = drawn([], "plain"), drawn([], label)
    assert hostile.get("aria-label") == label
    assert [one.tag for one in hostile.iter()] == [one.tag for one in plain.iter()]
    assert set(hostile.attrib) == set(plain.attrib)


@given(st.lists(BINS, max_size=12))
def test_a_strict_policy_lets_it_be_drawn(bins: list[Bin]) -> None:
    for one in drawn(bins).iter():
        assert one.tag not in {"style", "script", "image", "use", "a", "foreignObject"}
        assert not [name for name in one.attrib if name in {"style", "href"} or name[:2] == "on"]


@given(st.lists(st.builds(Bin, ANY, ANY, ANY, ANY, st.just(1)), max_size=12))
def test_every_mark_stands_inside_the_frame(bins: list[Bin]) -> None:
    root = drawn(bins)
    spans = numbers(root, "line", "span", "x1", "y1", "x2", "y2")
    ends = [end for x1, y1, x2, y2 in spans for end in ((x1, y1), (x2, y2))]
    points = numbers(root, "circle", "estimate", "cx", "cy")
    assert len(ends) == 2 * len(bins)
    for x, y in [*points, *ends]:
        assert LEFT <= x <= LEFT + SIDE
        assert INSET <= y <= INSET + SIDE


def test_the_frame_stands_inside_the_picture() -> None:
    root = drawn([])
    assert root.get("viewBox") == f"0 0 {SIZE} {SIZE}"
    axis = next(one for one in root.iter("path") if one.get("class") == "axis")
    for number in re.findall(r"\d+", axis.get("d", "")):
        assert 0 <= int(number) <= SIZE


def test_a_calibrated_score_stands_on_the_diagonal() -> None:
    """The frame is 188 wide from (44, 8): a quarter is 47, so (44 + 47, 8 + 188 - 47)."""
    root = drawn([Bin(0.25, 0.25, 0.2, 0.3, 40)])
    assert numbers(root, "circle", "estimate", "cx", "cy") == [(91.0, 149.0)]
    assert numbers(root, "line", "diagonal", "x1", "y1", "x2", "y2") == [(44.0, 196.0, 232.0, 8.0)]


def test_more_that_came_true_stands_higher_and_a_higher_score_further_right() -> None:
    root = drawn([Bin(0.2, 0.1, 0.0, 0.2, 40), Bin(0.6, 0.9, 0.8, 1.0, 40)])
    (x1, y1), (x2, y2) = numbers(root, "circle", "estimate", "cx", "cy")
    assert x1 < x2
    assert y1 > y2


@given(BINS)
def test_the_estimate_stands_on_its_span(one: Bin) -> None:
    low, share, high = sorted((one.low, one.share, one.high))
    root = drawn([Bin(one.score, share, low, high, one.n)])
    ((x, y),) = numbers(root, "circle", "estimate", "cx", "cy")
    ((at, bottom, top),) = numbers(root, "line", "span", "x1", "y1", "y2")
    assert at == x
    assert top <= y <= bottom
