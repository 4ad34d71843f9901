"""`sextant fairness`: who is hurt, by which definition, and what cannot be equal at once."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sextant.cli.check import STATUS, Progress, colour, json_text, stop
from sextant.cli.output import interrupted, say, unwritable, write

if TYPE_CHECKING:
    from sextant.fairness_review import FairnessResult


@click.command("fairness")
@click.argument("data", metavar="CONTRACT|TABLE")
@click.option(
    "--by", multiple=True, metavar="GROUP",
    help="sex · sex=SEX · age=AGEP:25,45,65 · 'sex x race'. Again for another.",
)  # fmt: skip
@click.option("--label", metavar="COLUMN", help="The true answers.")
@click.option("--positive", metavar="VALUE", help="The label's positive class.")
@click.option("--score", metavar="COLUMN", help="The scores.")
@click.option("--scale", type=float, help="The score that stands for certainty: 100, 1000.")
@click.option("--prediction", metavar="COLUMN", help="The decisions, instead of scores.")
@click.option("--threshold", type=float, help="A row is flagged from this score on.")
@click.option(
    "--bound", "bounds", multiple=True, metavar="DEFINITION=SHARE",
    help="equalized_odds_difference=5%. Again for another. Bounds that are named decide.",
)  # fmt: skip
@click.option(
    "--selected", type=click.Choice(["helps", "hurts"]), help="What being flagged does to a person."
)
@click.option("--unit", metavar="COLUMN", help="Rows of one unit are dependent.")
@click.option("--time", metavar="COLUMN", help="The time, for --from and --to.")
@click.option("--from", "start", metavar="WHEN", help="First moment of the period, included.")
@click.option("--to", "end", metavar="WHEN", help="Last moment of the period, included.")
@click.option("--confidence", metavar="PERCENT", default="95%", show_default=True)
@click.option("--data", "source", metavar="PATH", help="Read this instead of the contract's.")
@click.option(
    "--look",
    type=click.IntRange(min=1),
    default=1,
    help="The number of this look, if not the first.",
)
@click.option("--json", "form", flag_value="json", help="Print one JSON object (schema 1).")
@click.option("--markdown", "form", flag_value="markdown", help="Print a pull-request comment.")
@click.option("--html", type=click.Path(path_type=Path), help="Also write the report page here.")
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def command(data: str, form: str | None, html: Path | None, quiet: bool, **given: Any) -> None:
    """Who is hurt by a model's decisions, and how sure is that?

    Takes a table, its columns named by options, or a contract, whose segments are the groups. A
    table of every group's rates, each definition of fairness with a verdict, which of them cannot
    hold together here, and which groups are too small to be judged.

    Exit status: 0 every bound that was named is kept (or none was named), 1 one is broken,
    3 undecided, 2 unusable input.
    """
    from sextant.contracts.problems import ContractError
    from sextant.engines.errors import Cancelled, SourceError
    from sextant.fairness_review import fairness

    if html is not None and (problem := unwritable(html)):
        stop([problem], form)
    progress = None if quiet else Progress("Reading")
    try:
        result = fairness(data, **arguments(given), progress=progress)
    except (ContractError, SourceError) as error:
        stop([str(problem) for problem in error.problems], form)
    except ValueError as error:
        stop([str(error)], form)
    except (Cancelled, KeyboardInterrupt):
        interrupted("nothing was recorded.")
    finally:
        if progress:
            progress.clear()
    if html is not None:
        written(html, result.to_html(), form)
    say(_shown(result, form))
    if form == "json":  # the other forms show them
        for note in result.fairness.notes:
            click.echo(note, err=True)
    sys.exit(STATUS[result.verdict] if result.verdict else 0)


def arguments(given: dict[str, Any]) -> dict[str, Any]:
    """The options as `sextant.fairness` takes them. Raises ValueError for what is no number."""
    from sextant.cli.compare import share_of
    from sextant.fairness_review import groups_written

    plain = (
        "prediction",
        "threshold",
        "selected",
        "unit",
        "time",
        "start",
        "end",
        "source",
        "look",
    )
    found = {name: given[name] for name in plain if given.get(name) is not None}
    label, positive = given["label"], given["positive"]
    if label is not None:
        found["label"] = label if positive is None else {"column": label, "positive": positive}
    elif positive is not None:
        raise ValueError("--positive names a class of no label. Add --label COLUMN.")
    score, scale = given["score"], given["scale"]
    if score is not None:
        found["score"] = score if scale is None else {"column": score, "scale": scale}
    elif scale is not None:
        raise ValueError("--scale is of no score. Add --score COLUMN.")
    if "confidence" in given:
        found["confidence"] = share_of(given["confidence"], "--confidence")
    if given.get("bounds"):
        found["bounds"] = dict(_bound(one) for one in given["bounds"])
    if given["by"]:
        found["by"] = groups_written(given["by"])
    return found


def _bound(written: str) -> tuple[str, float]:
    from sextant.cli.compare import share_of

    name, equals, value = written.partition("=")
    if not equals:
        raise ValueError(f"--bound {written!r} names no share. Write {name}=0.1 or {name}=10%.")
    return name.strip(), share_of(value, "--bound")


def written(html: Path, text: str, form: str | None) -> None:
    """The page as a file; said on standard error."""
    try:
        write(html, text)
    except OSError as error:
        stop([f"{html} cannot be written: {error.strerror}. Name another file."], form)
    click.echo(f"Report: {html}", err=True)


def _shown(result: FairnessResult, form: str | None) -> str:
    if form == "json":
        return json_text(result.to_dict())
    if form == "markdown":
        return result.to_markdown()
    from sextant.reports.fairness.terminal import render

    width = shutil.get_terminal_size((100, 24)).columns
    return render(result.to_dict(), width=width, colour=colour())
