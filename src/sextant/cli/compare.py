"""`sextant compare`: two versions on the same rows; the exit status says which is better."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sextant.cli.check import STATUS, Progress, colour, json_text, stop
from sextant.cli.output import interrupted, say, unwritable, write

if TYPE_CHECKING:
    from sextant.comparison import ComparisonResult

TASKS = ["binary", "multiclass", "regression", "generation", "agent"]
AUDIENCES = ["executive", "product", "technical"]


@click.command("compare")
@click.argument("data", nargs=-1, required=True, metavar="CONTRACT|TABLE [TABLE]")
@click.option("--a", "--against", "a", metavar="COLUMN", help="Version A, the one to beat.")
@click.option("--b", metavar="COLUMN", help="Version B. A contract's own by default.")
@click.option("--key", metavar="COLUMN", help="What tells the rows of two tables apart.")
@click.option(
    "--metric", "metrics", multiple=True, metavar="QUESTION",
    help="recall · 'recall by 1%' · 'recall within 2% in every sex'. Again for another.",
)  # fmt: skip
@click.option("--margin", metavar="NUMBER", help="B may be so much worse: 0.01 or 1%.")
@click.option("--label", metavar="COLUMN", help="The true answers.")
@click.option("--positive", metavar="VALUE", help="The label's positive class.")
@click.option(
    "--segment", "segments", multiple=True, metavar="NAME[=COLUMN][:EDGES]",
    help="sex · sex=SEX · age=AGEP:25,45,65. Again for another.",
)  # fmt: skip
@click.option("--unit", metavar="COLUMN", help="Rows of one unit are dependent.")
@click.option("--time", metavar="COLUMN", help="The time, for --from and --to.")
@click.option("--from", "start", metavar="WHEN", help="First moment of the period, included.")
@click.option("--to", "end", metavar="WHEN", help="Last moment of the period, included.")
@click.option("--threshold", type=float, help="A row is positive from this score on.")
@click.option("--scale", type=float, help="The score that stands for certainty: 100, 1000.")
@click.option("--decisions", is_flag=True, help="A and B hold decisions, not scores.")
@click.option("--task", type=click.Choice(TASKS), help="What is predicted.")
@click.option("--confidence", metavar="PERCENT", default="95%", show_default=True)
@click.option("--name-a", metavar="NAME", help="What sentences call version A.")
@click.option("--name-b", metavar="NAME", help="What sentences call version B.")
@click.option("--data", "source", metavar="PATH", help="Read this instead of the contract's.")
@click.option("--look", type=click.IntRange(min=1), help="The number of this look, if you keep it.")
@click.option(
    "--audience", type=click.Choice(AUDIENCES), default="product", show_default=True,
    help="Whom the sentences are for.",
)  # fmt: skip
@click.option("--json", "form", flag_value="json", help="Print one JSON object (schema 1).")
@click.option("--markdown", "form", flag_value="markdown", help="Print a pull-request comment.")
@click.option("--html", type=click.Path(path_type=Path), help="Also write the report page here.")
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def command(
    data: tuple[str, ...],
    form: str | None,
    html: Path | None,
    quiet: bool,
    audience: Any,
    **given: Any,
) -> None:
    """Is version B better than version A, on the same rows?

    Takes one table with both versions' columns (--a, --b); or A's table and B's, joined by --key;
    or a contract, whose own version is B. A version is a column, or COLUMN@THRESHOLD. Without
    --metric accuracy is asked for, of a contract its first primary promise; the others inform.

    Exit status: 0 B is better (or not worse than --margin allows), 1 worse, 3 undecided, 2 unusable
    input.
    """
    from sextant.comparison import compare
    from sextant.contracts.ledger import LedgerError
    from sextant.contracts.problems import ContractError
    from sextant.engines.errors import Cancelled, SourceError

    if len(data) > 2:
        stop([f"{len(data)} tables were named. Two versions are compared: name two."], form)
    if html is not None and (problem := unwritable(html)):
        stop([problem], form)
    progress = None if quiet else Progress("Reading")
    try:
        result = compare(*data, **_arguments(given), progress=progress)
    except (ContractError, SourceError) as error:
        stop([str(problem) for problem in error.problems], form)
    except (LedgerError, ValueError) as error:
        stop([str(error)], form)
    except (Cancelled, KeyboardInterrupt):
        interrupted("nothing was recorded and no look was counted.")
    finally:
        if progress:
            progress.clear()
    if html is not None:
        _report(html, result, form)
    say(_shown(result, form, audience))
    if form == "json":  # the other forms show them
        for note in result.comparison.notes:
            click.echo(note, err=True)
    sys.exit(STATUS[result.verdict])


def _arguments(given: dict[str, Any]) -> dict[str, Any]:
    """The options as `sextant.compare` takes them. Raises ValueError for what is no number."""
    found = {
        name: given[name]
        for name in ("key", "metrics", "unit", "time", "start", "end", "threshold", "task",
                     "source", "look")
        if given[name] is not None
    }  # fmt: skip
    label, positive = given["label"], given["positive"]
    if label is not None:
        found["label"] = label if positive is None else {"column": label, "positive": positive}
    elif positive is not None:
        raise ValueError("--positive names a class of no label. Add --label COLUMN.")
    for which in ("a", "b"):
        if given[which] is not None:
            found[which] = _version(given[which], given["scale"], given["decisions"])
    if given["segments"]:
        found["segments"] = dict(segment_of(one) for one in given["segments"])
    if given["margin"] is not None:
        found["margin"] = share_of(given["margin"], "--margin")
    found["confidence"] = share_of(given["confidence"], "--confidence")
    if (given["name_a"] is None) != (given["name_b"] is None):
        raise ValueError(
            "One version has a name and the other has none. Give --name-a and --name-b."
        )
    if given["name_a"] is not None:
        found["names"] = (given["name_a"], given["name_b"])
    return found


def _version(written: str, scale: float | None, decisions: bool) -> Any:
    from sextant.studies.comparison.roles import AT

    if scale is None and not decisions:
        return written
    match = AT.fullmatch(written)
    found: dict[str, Any] = {"column": match[1] if match else written, "scale": scale}
    found |= {"threshold": float(match[2])} if match else {}
    return found | ({"decisions": True} if decisions else {})


def segment_of(written: str) -> tuple[str, Any]:
    """`age=AGEP:25,45,65` as a name and its column, with its bands."""
    name, _, column = written.partition("=")
    column, colon, edges = (column or name).rpartition(":") if ":" in written else (
        column or name, "", ""
    )  # fmt: skip
    name = name.partition(":")[0]
    if not colon:
        return name, column
    try:
        bands = [float(edge) for edge in edges.split(",")]
    except ValueError:
        problem = f"The edges '{edges}' of segment '{name}' are no numbers."
        raise ValueError(f"{problem} Write --segment {name}={column}:25,45,65.") from None
    return name, {"column": column, "bands": [int(b) if b.is_integer() else b for b in bands]}


def share_of(written: str, option: str) -> float:
    """0.01 or 1%."""
    text = written.strip()
    percent = text.endswith("%")
    try:
        value = float(text.removesuffix("%"))
    except ValueError:
        raise ValueError(f"{option} {written!r} is no number. Write 0.01 or 1%.") from None
    return value / 100 if percent else value


def _report(html: Path, result: ComparisonResult, form: str | None) -> None:
    try:
        write(html, result.to_html())
    except OSError as error:
        stop([f"{html} cannot be written: {error.strerror}. Name another file."], form)
    click.echo(f"Report: {html}", err=True)


def _shown(result: ComparisonResult, form: str | None, audience: Any) -> str:
    if form == "json":
        return json_text(result.to_dict(audience))
    if form == "markdown":
        return result.to_markdown(audience)
    from sextant.reports.comparison.terminal import render

    width = shutil.get_terminal_size((100, 24)).columns
    return render(result.comparison, width=width, colour=colour(), audience=audience)
