"""`sextant tally`: scan once, keep the states of every day in a folder."""

from __future__ import annotations

from pathlib import Path

import click

from sextant.cli.answering import Progress, json_text, stop
from sextant.cli.output import interrupted, say


@click.command("tally")
@click.argument("source")
@click.argument("contract", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--states",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FOLDER",
    help="The folder that keeps the states; it is made where there is none.",
)
@click.option(
    "--by",
    type=click.Choice(["day", "month", "year", "number"]),
    default="day",
    show_default=True,
    help="How the time is cut; number: a time that holds numbers.",
)
@click.option(
    "--segments",
    metavar="NAMES",
    default="",
    help="Keep everything by these segments of the contract too, such as sex,age.",
)
@click.option("--from", "start", metavar="WHEN", help="First day to tally, included.")
@click.option("--to", "end", metavar="WHEN", help="Last day to tally, included.")
@click.option(
    "--replace",
    "late",
    flag_value="replace",
    help="A day's rows are these now, whatever the states have seen.",
)
@click.option(
    "--add", "late", flag_value="add", help="These rows came late: add them to their days."
)
@click.option("--json", "form", flag_value="json", help="Print one JSON object (schema 1).")
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def command(
    source: str,
    contract: Path,
    states: Path,
    by: str,
    segments: str,
    start: str | None,
    end: str | None,
    late: str | None,
    form: str | None,
    quiet: bool,
) -> None:
    """Keep the states of every day of SOURCE, so that CONTRACT is checked without its rows.

    Exit status: 0 kept, 2 unusable input, of which nothing was kept.
    """
    from sextant.contracts.problems import ContractError
    from sextant.engines.errors import Cancelled, SourceError
    from sextant.states.state import StateError
    from sextant.tallying import tally

    progress = None if quiet else Progress("Reading")
    names = tuple(name.strip() for name in segments.split(",") if name.strip())
    try:
        result = tally(
            source, contract, states, by=by, start=start, end=end, segments=names,  # type: ignore[arg-type]
            late=late or "refuse", progress=progress,  # type: ignore[arg-type]
        )  # fmt: skip
    except (ContractError, SourceError) as error:
        stop([str(problem) for problem in error.problems], form)
    except StateError as error:
        stop([str(error)], form)
    except (Cancelled, KeyboardInterrupt):
        interrupted("days that were written are whole; tally again for the others.")
    finally:
        if progress:
            progress.clear()
    say(json_text(result.to_dict()) if form == "json" else repr(result))
