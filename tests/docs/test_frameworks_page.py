"""The page on frameworks: its example runs, every key is explained, the list is current."""

import re
from pathlib import Path

import pytest

from sextant.strategy.frameworks import framework_from_text, shipped
from sextant.strategy.frameworks.file import dimensions, outcomes, questions, reading
from sextant.strategy.frameworks.reference import as_markdown

PAGE = (Path(__file__).parents[2] / "docs/frameworks.md").read_text(encoding="utf-8")
YAML, PYTHON = (
    re.search(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)[1] for kind in ("yaml", "python")
)


def test_the_example_runs_and_prints_what_the_page_says(capsys):
    exec(compile(PYTHON, "frameworks.md", "exec"), {"text": YAML})
    written = re.findall(r"^print\(.*\) +# (.*)$", PYTHON, re.MULTILINE)
    assert capsys.readouterr().out.splitlines() == written


def test_the_list_is_current():
    heading = "## The frameworks that come with Sextant\n"
    assert PAGE.split(heading)[1].strip() == as_markdown(shipped().values()).strip(), (
        "Write it again: python scripts/frameworks.py"
    )


@pytest.mark.parametrize(
    "key", sorted({*reading.KNOWN, *questions.KNOWN, *dimensions.KNOWN, *outcomes.KNOWN})
)
def test_every_key_of_a_file_is_explained(key):
    assert re.search(rf"[`{{ ]{key}[`:,]", PAGE), key


def test_the_example_of_each_is_a_part_of_a_framework():
    part = re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)[1]
    head = YAML[: YAML.index("scales:")]
    scale = "scales:\n  likelihood: {likely: Often., unlikely: Seldom.}\n"
    rest = "outcomes:\n  a: {verdict: met, when: {worst: unlikely}, says: A.}\n"
    last = "  b: {verdict: missed, says: B.}\n"
    framework = framework_from_text(head + scale + part + rest + last)
    assert framework.dimensions["worst"].of == ("bias_likelihood", "security_likelihood")
    asks = framework.questions["bias_likelihood"].asks
    assert asks == "How likely is it that the product harms certain groups of people?"
