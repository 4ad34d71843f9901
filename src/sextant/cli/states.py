"""`sextant states`: what a folder of kept states holds, and which rows they have seen."""

from __future__ import annotations

from pathlib import Path

import click

from sextant.cli.answering import json_text, stop
from sextant.cli.output import say


@click.command("states")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "form", flag_value="json", help="Print one JSON object (schema 1).")
def command(folder: Path, form: str | None) -> None:
    """Say which days FOLDER holds, of which rows, and what is missing; every file is checked.

    Exit status: 0 all files are whole, 2 one is damaged or the folder holds none.
    """
    from sextant.reports.stored import holding_record, holding_text
    from sextant.states.state import StateError
    from sextant.studies.stored.holding import holding

    try:
        record = holding_record(holding(folder))
    except StateError as error:
        stop([str(error)], form)
    say(json_text(record) if form == "json" else holding_text(record))
