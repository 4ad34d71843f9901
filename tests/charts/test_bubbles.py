"""Effort against value: what is drawn, what is never drawn over, what is escaped."""

import re
from itertools import combinations
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from sextant.charts import Bubble, bubbles
from sextant.charts.axis import linear_ticks, log_ticks
from sextant.charts.bubbles import FRAME
from sextant.charts.labels import Box, placed


def one(number: int = 1, name: str = "Fraud check", **fields: float | str) -> Bubble:
    held = {"least": 2.0, "most": 4.0, "value": 50.0, "low": -10.0, "high": 90.0,
            "grade": "measured", **fields}  # fmt: skip
    return Bubble(number, name, **held)  # type: ignore[arg-type]


def many(count: int) -> list[Bubble]:
    random = np.random.default_rng(4)
    held = []
    for number in range(1, count + 1):
        least, value = random.uniform(1, 20), random.normal(0, 100)
        spread = random.uniform(5, 60)
        grade = ("measured", "estimated", "believed")[number % 3]
        ends = {"low": value - spread, "high": value + spread}
        name = f"A bet of number {number}"
        held.append(
            one(number, name, least=least, most=2 * least, value=value, grade=grade, **ends)
        )
    return held


def drawn(bets: list[Bubble], **fields: float) -> ET.Element:
    return ET.fromstring(
        bubbles(bets, "Effort against value", "thousand EUR", "{:g}".format, **fields)
    )


def names(picture: ET.Element) -> list[str]:
    return [text.text or "" for text in picture.iter("text") if text.get("class") == "bet"]


def test_a_bet_has_a_mark_by_its_grade_and_both_its_ranges() -> None:
    picture = drawn([one(), one(2, "Search", grade="believed")])
    marks = [group.get("class") for group in picture.iter("g") if "mark " in group.get("class", "")]
    assert marks == ["mark measured", "mark believed"]
    kinds = [line.get("class") for line in picture.iter("line")]
    assert kinds.count("span") == kinds.count("effort") == 2
    assert names(picture) == ["Fraud check", "Search"]
    assert picture.get("aria-label") == "Effort against value"


def test_zero_is_always_shown() -> None:
    picture = drawn([one(value=100, low=90, high=110)])
    assert [line.get("class") for line in picture.iter("line")].count("zero") == 1


def test_up_to_25_have_names_and_more_have_numbers() -> None:
    assert all(name.startswith("A bet") or name.isdigit() for name in names(drawn(many(25))))
    assert sum(name.startswith("A bet") for name in names(drawn(many(12)))) >= 10
    assert all(name.isdigit() for name in names(drawn(many(26))))


@pytest.mark.parametrize("seed", range(5))
def test_no_label_covers_another_or_leaves_the_frame(seed: int) -> None:
    random = np.random.default_rng(seed)
    spots = random.uniform((90, 30), (700, 380), (25, 2))
    points = [(float(x), float(y), f"A bet of number {at}") for at, (x, y) in enumerate(spots)]
    taken = [Box(x - 7, y - 7, x + 7, y + 7) for x, y, _ in points]
    found = [label for label in placed(points, taken, [], FRAME, 13, 11) if label is not None]
    assert len(found) >= 20
    for label in found:
        assert label.box.within(FRAME)
        assert not any(label.box.meets(mark) for mark in taken)
    assert not any(a.box.meets(b.box) for a, b in combinations(found, 2))


def test_names_are_escaped_and_nothing_is_styled_inline() -> None:
    text = bubbles([one(1, "<b>&\"'</b>")], '"><script>', "<EUR>", "{:g}".format, small=3, worth=10)
    assert "<b>" not in text
    assert "<script>" not in text
    assert not re.search(r"\sstyle=|\son\w+=", text)
    assert names(ET.fromstring(text)) == ["<b>&\"'</b>"]


def test_long_names_are_cut_and_degenerate_ranges_are_drawn() -> None:
    picture = drawn([one(1, "x" * 80, least=1, most=1, value=0, low=0, high=0)])
    assert names(picture) == ["x" * 23 + "…"]
    assert "nan" not in ET.tostring(picture, encoding="unicode")


def test_an_effort_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        drawn([one(least=0)])


def test_ticks() -> None:
    assert linear_ticks(-12, 47) == [-10, 0, 10, 20, 30, 40]
    assert linear_ticks(0, 1) == [0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert linear_ticks(3, 3) == [3]
    assert log_ticks(0.8, 25) == [1, 2, 5, 10, 20]
