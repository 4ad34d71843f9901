"""Pictures of money: the grade reads from the form, texts are escaped, everything stays inside."""

import re
from xml.etree import ElementTree as ET

import pytest

from sextant.charts import Axis, SwingBar, money_bar, money_domain, tornado, value_curve

EVIL = '<script>"&'


def bar(grade: str) -> str:
    return money_bar(-40, 120, 310, grade, domain=money_domain([-40, 310]), label=EVIL)


def numbers(drawn: str, name: str) -> list[float]:
    return [float(x) for x in re.findall(rf' {name}="([-\d.]+)%"', drawn)]


def test_each_grade_has_a_form_of_its_own() -> None:
    measured, estimated, believed = (bar(one) for one in ("measured", "estimated", "believed"))
    assert 'fill-opacity="0.34"' in measured
    assert 'stroke-dasharray="5 4"' not in measured
    assert "M0 -6L6 0L0 6L-6 0Z" in estimated
    assert 'stroke-dasharray="5 4"' in believed
    assert "<rect" not in believed
    with pytest.raises(ValueError, match="'guessed' is no grade"):
        bar("guessed")


def test_a_bar_stays_inside_and_shows_zero() -> None:
    drawn = bar("believed")
    assert all(0 <= x <= 100 for x in numbers(drawn, "x1") + numbers(drawn, "x2"))
    assert 'class="zero"' in drawn


def test_everything_is_escaped_and_well_formed() -> None:
    bars = [SwingBar(EVIL, EVIL, -5, 9), SwingBar("b", "1 to 2", 4, 1)]
    axis = Axis(EVIL, EVIL, EVIL)
    points = [(0.1, 1.0, 0.0, 2.0), (0.9, 3.0, 2.0, 5.0)]
    curve = value_curve(points, rival=1.0, at=0.5, range_=(0.2, 0.6), across=axis, up=axis,
                        tick=EVIL, label=EVIL)  # fmt: skip
    for drawn in (bar("measured"), tornado(bars, 2.0, EVIL, EVIL), curve):
        assert "<script" not in drawn
        assert "style=" not in drawn
        ET.fromstring(drawn)
        assert 'role="img" aria-label="&lt;script&gt;&quot;&amp;"' in drawn


def test_a_swing_goes_from_the_middle_to_either_side() -> None:
    drawn = tornado([SwingBar("people", "8 to 12", -10, 30)], 10.0, "x", "€10")
    low, high = re.findall(
        r'<rect class="(?:low|high)" x="([\d.]+)%" y="\d+" width="([\d.]+)%"', drawn
    )
    assert float(low[0]) + float(low[1]) == pytest.approx(float(high[0]), abs=0.01)
    assert float(low[1]) == pytest.approx(float(high[1]), abs=0.01)


def test_a_flat_curve_and_equal_ends_are_drawn() -> None:
    axis = Axis("0 %", "100 %", "recall")
    drawn = value_curve([(0.5, 1.0, 1.0, 1.0)] * 2, rival=1.0, at=None, range_=(0.5, 0.5),
                        across=axis, up=axis, tick="", label="x")  # fmt: skip
    ET.fromstring(drawn)
    assert 'class="bound"' not in drawn
