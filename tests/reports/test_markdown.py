"""Markdown for pull requests: a whole table, nothing taken for markup."""

from dataclasses import replace

from sextant.reports.markdown import render


def test_headline_table_and_basis(evidence):
    text = render(evidence)
    assert text.startswith("### ✕ Not ready to launch: one promise is missed")
    assert "| ● met | `auc >= 0.85` | 0.904 | 0.902 – 0.906 | 68,785 |" in text
    assert "| | ◐ undecided: two or more | 78.1 % | 73.8 – 82.0 | 411 |" in text
    assert "- Contract: `9f3c00000000`, locked" in text


def test_every_row_of_the_table_has_the_same_cells(evidence):
    rows = [line for line in render(evidence).splitlines() if line.startswith("|")]
    assert {row.count("|") for row in rows} == {6}


def test_data_cannot_become_markup(evidence):
    result = evidence.criteria[1]
    row = replace(result.rows[0], segment=(("sex", "a|b <img src=x> `c` [d](e)\nf"),))
    text = render(replace(evidence, criteria=(replace(result, rows=(row,)),)))
    assert r"a\|b \<img src=x\> \`c\` \[d\](e) f" in text
