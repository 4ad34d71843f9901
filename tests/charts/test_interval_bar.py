"""The interval bar: where its parts stand, what it says, and what it leaves out."""

import math
import re
from xml.etree import ElementTree as ET

import pytest

from sextant.charts import domain_of, interval_bar, verdict_mark
from sextant.stats.estimate import Estimate

SVG = "http://www.w3.org/2000/svg"
FULL = Estimate(0.78, 0.74, 0.82, 411, "exact")


def drawn(*args, **kwargs):
    """The picture's elements; the page's HTML parser adds the name space itself."""
    text = interval_bar(*args, **kwargs)
    return ET.fromstring(text.replace("<svg", f'<svg xmlns="{SVG}"', 1))


def part(root, name):
    return next(e for e in root.iter() if name in (e.get("class") or "").split())


def at(element, name):
    return float(element.get(name).rstrip("%"))


def test_bar_tick_and_mark_stand_in_order():
    root = drawn(FULL, 0.75, ">=", "undecided", domain=(0.7, 0.9))
    bar, tick, mark = part(root, "span"), part(root, "bound"), part(root, "estimate")
    assert at(bar, "x") < at(tick, "x1") < at(mark, "x") < at(bar, "x") + at(bar, "width")
    assert at(mark, "x") == pytest.approx(4 + 92 * 0.4)


def test_one_scale_for_all_rows_of_a_criterion():
    rows = [FULL, Estimate(0.85, 0.84, 0.86, 9000, "exact")]
    domain = domain_of(rows, 0.75, (0, 1))
    ticks = {at(part(drawn(e, 0.75, ">=", "met", domain=domain), "bound"), "x1") for e in rows}
    assert len(ticks) == 1


def test_the_scale_zooms_and_stays_in_range():
    low, high = domain_of([Estimate(0.9995, 0.999, 1.0, 9000, "exact")], 0.99, (0, 1))
    assert 0.98 < low < 0.99
    assert high == 1
    assert domain_of([Estimate.undefined("no rows")], 0.0) == (-0.12, 0.12)


@pytest.mark.parametrize(
    ("verdict", "shape"), [("met", "circle"), ("missed", "path"), ("undecided", "pattern")]
)
def test_the_shape_says_the_verdict_without_colour(verdict, shape):
    root = drawn(FULL, 0.75, ">=", verdict)
    assert root.get("class") == f"interval {verdict}"
    assert root.findall(f".//{{{SVG}}}{shape}")
    assert bool(root.findall(f".//{{{SVG}}}pattern")) == (verdict == "undecided")
    assert verdict in verdict_mark(verdict)


def test_open_sides_have_an_arrow_and_reach_the_end():
    root = drawn(Estimate(287.0, 281.0, math.inf, 71, "exact"), 300.0, "<=", "undecided")
    bar = part(root, "span")
    assert at(bar, "x") + at(bar, "width") == pytest.approx(100)
    assert part(root, "open").get("x") == "100%"


def test_an_undefined_estimate_shows_only_the_bound():
    text = interval_bar(Estimate.undefined("no positive row"), 0.8, ">=", "undecided")
    assert "no positive row" in text
    assert 'class="span"' not in text
    assert 'class="estimate"' not in text


def test_it_is_read_out():
    root = drawn(FULL, 0.75, ">=", "undecided")
    assert root.get("role") == "img"
    assert root.get("aria-label") == (
        "0.780, interval 0.740 to 0.820, n 411; bound at least 0.75: undecided"
    )


def test_a_strict_policy_holds_and_text_is_escaped():
    text = interval_bar(FULL, 0.75, ">=", "met", label='"><script>x', caption="<b>")
    assert "<script" not in text
    assert "<b>" not in text
    assert not re.search(r"\s(style|on\w+|href)=", text)


def test_equal_input_gives_an_equal_picture_and_keys_keep_ids_apart():
    one, two = (interval_bar(FULL, 0.75, ">=", "undecided", key=key) for key in "ab")
    assert one == interval_bar(FULL, 0.75, ">=", "undecided", key="a")
    ids = [re.search(r'id="(.*?)"', text)[1] for text in (one, two)]
    assert ids[0] != ids[1]


def test_numbers_outside_the_scale_stay_inside_the_picture():
    root = drawn(FULL, 0.95, ">=", "missed", domain=(0.79, 0.8))
    for element in root.iter():
        for name in ("x", "x1", "x2"):
            if element.get(name):
                assert 0 <= at(element, name) <= 100
