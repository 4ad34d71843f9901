"""The terminal report fits any width and writes no escape codes unless asked."""

from dataclasses import replace

import pytest

from sextant.contracts.evidence import CriterionResult, RowResult
from sextant.reports.terminal import render
from sextant.stats.estimate import Estimate


@pytest.mark.parametrize("width", [40, 60, 80, 100, 160])
def test_no_line_is_wider_than_the_terminal(width, evidence):
    assert max(map(len, render(evidence, width).splitlines())) <= width


def test_the_answer_comes_first_and_the_basis_last(evidence):
    lines = render(evidence, 100).splitlines()
    assert lines[1].startswith("Not ready to launch: one promise is missed")
    text = "\n".join(lines)
    assert text.index("In plain words") < text.index("What it rests on")
    assert text.index("What it rests on") < text.index("9f3c00000000")
    assert "128 rows: no score 120, score not a number 8" in text


def test_a_row_in_full(evidence):
    text = render(evidence, 80)
    row = next(line for line in text.splitlines() if "two or more  " in line)
    assert row.split("  ")[1] == "◐ two or more"
    assert "·╍╍┃╍╍◐╍╍╍─────       78.1 %  73.8 – 82.0        n     411" in row
    assert "    about 390 more labelled people of this group would decide it" in text
    assert "  ◐ 65 and over: no flagged row with a label" in text


def test_narrow_has_no_bars_but_every_number(evidence):
    text = " ".join(render(evidence, 40).split())
    assert "┃" not in text
    assert "◐ two or more 78.1 % (73.8 – 82.0), n 411" in text


def test_colour_only_when_asked(evidence):
    assert "\x1b" not in render(evidence, 80)
    assert "\x1b[31m✕ missed\x1b[0m" in render(evidence, 80, colour=True)


def test_a_group_name_cannot_steer_the_terminal(evidence):
    result = evidence.criteria[1]
    row = replace(result.rows[0], segment=(("sex", "m\x1b[2Jn\x9b\u202e"),))
    text = render(replace(evidence, criteria=(replace(result, rows=(row,)),)), 80)
    assert not {"\x1b", "\x9b", "\u202e"} & set(text)


def test_of_ten_thousand_groups_the_open_ones_come_first(evidence):
    result = evidence.criteria[1]
    exact = Estimate(0.9, 0.85, 0.94, 200, "exact")
    rows = [
        RowResult(result.criterion, (("sex", f"g{i}"),), exact, 0.95, "met", 200, 200)
        for i in range(10_000)
    ]
    low = replace(rows[0].estimate, value=0.5, low=0.4, high=0.6)
    rows[7_000] = replace(rows[7_000], verdict="missed", estimate=low)
    many = CriterionResult(result.criterion, "missed", tuple(rows), (rows[7_000].segment,), 10_000)
    text = render(replace(evidence, criteria=(many,)), 80)
    assert "✕ g7000" in text
    assert "9,980 more groups (9,980 met): --json lists them all" in text
    assert len(text.splitlines()) < 60
