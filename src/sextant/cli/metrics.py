"""`sextant metrics`: the catalogue, from which the documentation is made too."""

from __future__ import annotations

import json
import sys
from typing import Any

import click


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
        click.echo(f"Metric '{name}' is not known. {suggest(name, CATALOGUE, 'metrics')}", err=True)
        sys.exit(2)
    chosen = [CATALOGUE[name]] if name else list(CATALOGUE.values())
    if as_json:
        shown: Any = [as_dict(metric) for metric in chosen]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    elif as_markdown:
        click.echo(as_markdown_page(chosen))
    elif name:
        click.echo(entry(chosen[0]))
    else:
        width = max(len(metric.name) for metric in chosen)
        for metric in chosen:
            click.echo(f"{metric.name:<{width}}  {metric.summary}")
