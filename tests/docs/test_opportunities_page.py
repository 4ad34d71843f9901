"""The page about opportunities is true: its examples run, its numbers are those of the code."""

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

from sextant.strategy.opportunities.patterns import patterns

PAGE = (Path(__file__).parent.parent.parent / "docs/opportunities.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_example_runs_and_says_what_stands_below_it() -> None:
    said = io.StringIO()
    with redirect_stdout(said):
        for language, text in BLOCK.findall(PAGE):
            if language == "python":
                exec(compile(text, "docs/opportunities.md", "exec"), {})
    expected = [text for language, text in BLOCK.findall(PAGE) if language == "text"]
    assert said.getvalue() == "".join(expected)


def test_the_numbers_are_those_of_the_code() -> None:
    from sextant_server.strategy.opportunities.known import SELDOM
    from sextant_server.strategy.opportunities.queries import REVIEW_DAYS

    assert f"nobody has looked at for {REVIEW_DAYS} days" in PAGE
    assert SELDOM == 12
    assert "less often than twelve times a year" in PAGE


def test_as_many_patterns_as_it_says() -> None:
    assert "Three go deep" in PAGE
    assert "five are shorter" in PAGE
    assert len(patterns()) == 8
