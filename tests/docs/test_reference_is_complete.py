"""Every metric, command and option is documented."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from sextant.cli.main import COMMANDS, main
from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.reference import as_markdown_page

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_of_metrics_is_the_catalogue():
    written = (DOCS / "metrics.md").read_text(encoding="utf-8")
    assert written.rstrip() == as_markdown_page(list(CATALOGUE.values())), (
        "Write it again: sextant metrics --markdown > docs/metrics.md"
    )


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=CATALOGUE)
def test_a_metric_says_all_that_a_reader_needs(metric):
    for part in (metric.summary, metric.formula, metric.interval, metric.domain, metric.source):
        assert len(part) >= 5
    assert metric.reading.noun
    if metric.unit == "share":
        assert metric.reading.of
        assert metric.reading.are
        assert metric.reading.otherwise


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_options_are_documented(name):
    page = (DOCS / "command-line.md").read_text(encoding="utf-8")
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert f"`sextant {name}" in page
    section = page.split(f"`sextant {name}")[1].split("\n## ")[0]
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert any(option in section for option in parameter.opts), parameter.opts
