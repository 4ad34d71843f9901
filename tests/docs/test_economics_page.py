"""The page on value models: its example runs and says what it shows, every input is listed."""

import re
from pathlib import Path

import pytest

from sextant.strategy.economics import INPUTS

PAGE = (Path(__file__).parents[2] / "docs/economics.md").read_text(encoding="utf-8")


def test_the_example_runs_and_prints_what_the_page_says(capsys):
    code, shown = (
        re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)[1] for kind in ("python", "text")
    )
    exec(compile(code, "economics.md", "exec"), {})
    assert capsys.readouterr().out == shown


@pytest.mark.parametrize("one", INPUTS, ids=lambda one: one.name)
def test_every_input_is_listed(one):
    left = "it is needed" if one.needed else one.open_means
    assert f"| `{one.name}` | {one.asks} |" in PAGE
    assert left in PAGE
