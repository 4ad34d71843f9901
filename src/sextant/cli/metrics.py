"""`sextant metrics`: the catalogue, from which the documentation is made too."""

from __future__ import annotations

import json
from typing import Any

import click

from sextant.cli.output import refuse, say


@click.command("metrics")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the catalogue as JSON.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the reference page.")
def command(name: str | None, as_json: bool, as_markdown: bool) -> None:
    """List all metrics, or explain NAME: definition, formula, interval, domain, source."""
    from sextant.contracts.problems import suggest
    from sextant.metrics.catalogue import CATALOGUE
    from sextant.metrics.reference import as_dict, as_markdown_page, entry

    if name is not None and name not in CATALOGUE:
        refuse([f"Metric '{name}' is not known. {suggest(name, CATALOGUE, 'metrics')}"])
    chosen = [CATALOGUE[name]] if name else list(CATALOGUE.values())
    if as_json:
        shown: Any = [as_dict(metric) for metric in chosen]
        say(json.dumps(shown, ensure_ascii=False, indent=1))
    elif as_markdown:
        say(as_markdown_page(chosen))
    elif name:
        say(entry(chosen[0]))
    else:
        width = max(len(metric.name) for metric in chosen)
        say("\n".join(f"{metric.name:<{width}}  {metric.summary}" for metric in chosen))
