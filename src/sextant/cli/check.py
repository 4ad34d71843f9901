"""`sextant check`: a contract, its data, the verdict; the exit status says it to a pipeline."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sextant.cli.answering import STATUS, Progress, colour, json_text, stop, width, written
from sextant.cli.output import interrupted, say, unwritable

if TYPE_CHECKING:
    from sextant.api import Result


@click.command("check")
@click.argument("contract", type=click.Path(path_type=Path))
@click.option("--data", metavar="PATH", help="Read this file or glob instead of the contract's.")
@click.option("--from", "start", metavar="WHEN", help="First moment of the period, included.")
@click.option("--to", "end", metavar="WHEN", help="Last moment of the period, included.")
@click.option(
    "--states",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Answer from the states that `sextant tally` keeps there, without a row.",
)
@click.option("--partial", is_flag=True, help="With --states: of the days that are there.")
@click.option("--look", type=click.IntRange(min=1), help="The number of this look, if you keep it.")
@click.option("--model", metavar="NAME", help="The model version that made the predictions.")
@click.option(
    "--audience",
    type=click.Choice(["executive", "product", "technical"]),
    default="product",
    show_default=True,
    help="Whom the sentences are for.",
)
@click.option("--json", "form", flag_value="json", help="Print one JSON object (schema 1).")
@click.option("--markdown", "form", flag_value="markdown", help="Print a pull-request comment.")
@click.option("--junit", "form", flag_value="junit", help="Print JUnit XML.")
@click.option("--html", type=click.Path(path_type=Path), help="Also write the report page here.")
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
@click.option("--server", metavar="URL", help="Let a server judge: send it states, never rows.")
@click.option("--product", metavar="NAME", help="The product's short name on that server.")
def command(
    contract: Path,
    data: str | None,
    start: str | None,
    end: str | None,
    states: Path | None,
    partial: bool,
    look: int | None,
    model: str | None,
    audience: str,
    form: str | None,
    html: Path | None,
    quiet: bool,
    server: str | None,
    product: str | None,
) -> None:
    """Measure every criterion of CONTRACT on its data and judge it: met, missed or undecided.

    Exit status: 0 met, 1 missed, 3 undecided, 2 unusable input.
    """
    from sextant import api
    from sextant.contracts.ledger import LedgerError
    from sextant.contracts.problems import ContractError
    from sextant.engines.errors import Cancelled, SourceError
    from sextant.states.state import StateError

    if html is not None and (problem := unwritable(html)):
        stop([problem], form)
    progress = None if quiet else Progress("Reading")
    if partial and states is None:
        stop(["--partial belongs to no states. Add --states FOLDER."], form)
    if (server or product) and states is not None:
        stop(["--states is not there with --server yet. Leave one of them out."], form)
    if server or product:
        from sextant.cli.remote_check import check_there

        check_there(contract, data, (start, end), model, server, product, form, progress)
    try:
        result = api.check(
            contract, data, start=start, end=end, look=look, model=model, progress=progress,
            states=states, partial=partial,
        )  # fmt: skip
    except (ContractError, SourceError) as error:
        stop([str(problem) for problem in error.problems], form)
    except (LedgerError, StateError) as error:
        stop([str(error)], form)
    except (Cancelled, KeyboardInterrupt):
        interrupted("nothing was recorded and no look was counted.")
    finally:
        if progress:
            progress.clear()
    if html is not None:
        written(html, result.to_html(), form)
    say(_shown(result, form, audience))
    if form in {"json", "junit"}:  # the other forms show them
        for note in result.evidence.notes:
            click.echo(note, err=True)
    sys.exit(STATUS[result.verdict])


def _shown(result: Result, form: str | None, audience: Any) -> str:
    if form == "json":
        return json_text(result.to_dict(audience))
    if form == "markdown":
        from sextant.reports.markdown import render as markdown

        return markdown(result.evidence, audience)
    if form == "junit":
        from sextant.reports.junit import render as junit

        return junit(result.evidence, audience)
    from sextant.reports.terminal import render as terminal

    return terminal(result.evidence, width=width(), colour=colour(), audience=audience)
