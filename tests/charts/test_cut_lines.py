"""The lines over the threshold: well-formed, named, marked, without colour alone."""

from __future__ import annotations

import math
from xml.etree import ElementTree as ET

import pytest

from sextant.charts import Line, Mark, cut_lines

POINTS = [(x / 10, x / 20, x / 20 - 0.02, x / 20 + 0.02) for x in range(11)]


def drawn(**more: object) -> ET.Element:
    lines = more.pop("lines", [Line("recall", POINTS), Line("precision", POINTS[::1])])
    return ET.fromstring(cut_lines(lines, label="a < b & c", counts="of 100", **more))


def test_it_is_read_out_and_its_lines_are_named() -> None:
    root = drawn(unit="%", factor=100.0)
    assert root.get("aria-label") == "a < b & c"
    words = [one.text for one in root.iter("text")]
    assert {"recall", "precision", "threshold", "of 100, %"} <= set(words)
    dashes = {
        one.get("stroke-dasharray") for one in root.iter("path") if one.get("class") == "mean"
    }
    assert len(dashes) == 2


def test_marks_and_the_range_stand_where_they_belong() -> None:
    root = drawn(marks=[Mark(0.2, "today 0.2", "today"), Mark(0.9, "best", "best")],
                 range_=(0.8, 1.0))  # fmt: skip
    lines = list(root.iter("line"))
    assert float(lines[0].get("x1", 0)) < float(lines[1].get("x1", 0))
    (stretch,) = root.iter("rect")
    at = float(stretch.get("x", 0))
    assert at < float(lines[1].get("x1", 0)) < at + float(stretch.get("width", 0))


def test_no_line_crosses_the_name_of_the_mark_before_it() -> None:
    root = drawn(marks=[Mark(0.5, "best 0.5", "best"), Mark(0.4, "today 0.4", "today")])
    groups = [one for one in root.iter("g") if (one.get("class") or "").startswith("mark")]
    assert [one.get("class") for one in groups] == ["mark today", "mark best"]
    first, second = (next(one.iter("line")) for one in groups)
    name = next(groups[0].iter("text"))
    assert float(first.get("y1", 0)) < float(name.get("y", 0)) <= float(second.get("y1", 0))


@pytest.mark.parametrize("value", [0.0, 5e-9, 1e12])
def test_a_flat_line_is_drawn(value: float) -> None:
    flat = [(x / 10, value, value, value) for x in range(3)]
    root = drawn(lines=[Line("", flat)])
    for one in root.iter("path"):
        assert "nan" not in one.get("d", "")


def test_undefined_points_are_left_out() -> None:
    odd = [*POINTS, (1.0, math.nan, math.nan, math.nan)]
    assert "nan" not in cut_lines([Line("x", odd)], label="", counts="")
