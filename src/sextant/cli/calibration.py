"""`sextant calibration`: do scores mean what they say, and would recalibrating help?"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sextant.cli.check import STATUS, Progress, colour, json_text, stop
from sextant.cli.compare import segment_of, share_of
from sextant.cli.output import interrupted, say, unwritable, write

if TYPE_CHECKING:
    from sextant.calibrating import CalibrationResult


@click.command("calibration")
@click.argument("data", metavar="CONTRACT|TABLE")
@click.option("--label", metavar="COLUMN", help="What came true.")
@click.option("--positive", metavar="VALUE", help="The label's positive class.")
@click.option("--score", metavar="COLUMN", help="The probability that it comes true.")
@click.option("--scale", type=float, help="The score that stands for certainty: 100, 1000.")
@click.option(
    "--segment", "segments", multiple=True, metavar="NAME[=COLUMN][:EDGES]",
    help="sex · sex=SEX · age=AGEP:25,45,65. Again for another.",
)  # fmt: skip
@click.option("--unit", metavar="COLUMN", help="Rows of one unit are dependent.")
@click.option("--time", metavar="COLUMN", help="The time, for --since, --from and --to.")
@click.option("--from", "start", metavar="WHEN", help="First moment of the period, included.")
@click.option("--to", "end", metavar="WHEN", help="Last moment of the period, included.")
@click.option(
    "--within", metavar="NUMBER", default="5%", show_default=True,
    help="How far a bin may be off: 0.05 or 5%.",
)  # fmt: skip
@click.option("--bins", type=int, default=10, show_default=True, help="At most so many bins.")
@click.option("--confidence", metavar="PERCENT", default="95%", show_default=True)
@click.option("--since", metavar="WHEN", help="Test recalibrations on rows from then on.")
@click.option("--fit-on", metavar="COLUMN=VALUE", help="Fit them on these rows, test on others.")
@click.option("--data", "source", metavar="PATH", help="Read this instead of the contract's.")
@click.option(
    "--export", type=click.Path(path_type=Path), metavar="FILE",
    help="Write the best recalibration: .json, .csv or .py.",
)  # fmt: skip
@click.option("--json", "form", flag_value="json", help="Print one JSON object (schema 1).")
@click.option("--markdown", "form", flag_value="markdown", help="Print a pull-request comment.")
@click.option("--html", type=click.Path(path_type=Path), help="Also write the report page here.")
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def command(
    data: str,
    form: str | None,
    html: Path | None,
    export: Path | None,
    quiet: bool,
    **given: Any,
) -> None:
    """Do scores mean what they say: of 100 rows scored 80, do about 80 come true?

    Takes a contract, or a table with --score and --label. Isotonic, Platt and beta recalibration
    are measured on rows that they were not fitted on.

    Exit status: 0 yes, 1 no, 3 undecided, 2 unusable input.
    """
    from sextant.calibrating import calibration
    from sextant.contracts.problems import ContractError
    from sextant.engines.errors import Cancelled, SourceError

    for path in filter(None, (html, export)):
        if problem := unwritable(path):
            stop([problem], form)
    progress = None if quiet else Progress("Reading")
    try:
        result = calibration(data, **_arguments(given), progress=progress)
        exported = None if export is None else _exported(result, export)
    except (ContractError, SourceError) as error:
        stop([str(problem) for problem in error.problems], form)
    except ValueError as error:
        stop([str(error)], form)
    except (Cancelled, KeyboardInterrupt):
        interrupted("the study is not complete.")
    finally:
        if progress:
            progress.clear()
    if html is not None:
        _written(html, result.to_html(), "Report", form)
    if export is not None and exported is not None:
        _written(export, exported, "Recalibration", form)
    say(_shown(result, form))
    sys.exit(STATUS[result.verdict])


def _arguments(given: dict[str, Any]) -> dict[str, Any]:
    """The options as `sextant.calibration` takes them. Raises ValueError for what is no number."""
    names = ("unit", "time", "start", "end", "bins", "since", "source")
    found = {name: given[name] for name in names if given[name] is not None}
    for role, extra in (("label", "positive"), ("score", "scale")):
        column, more = given[role], given[extra]
        if column is not None:
            found[role] = column if more is None else {"column": column, extra: more}
        elif more is not None:
            raise ValueError(f"--{extra} is of no {role}. Add --{role} COLUMN.")
    if given["segments"]:
        found["segments"] = dict(segment_of(one) for one in given["segments"])
    found["within"] = share_of(given["within"], "--within")
    found["confidence"] = share_of(given["confidence"], "--confidence")
    if given["fit_on"] is not None:
        column, equals, value = given["fit_on"].partition("=")
        if not equals:
            raise ValueError(f"--fit-on {given['fit_on']!r} names no value. Write split=train.")
        found["fit_on"] = (column, value)
    return found


def _exported(result: CalibrationResult, path: Path) -> str:
    """The best recalibration as its file's ending says. Raises ValueError for another ending."""
    from sextant.reports.reliability.export import ENDINGS, exported

    if path.suffix.lower() not in ENDINGS:
        remedy = f"Name one that ends in {', '.join(ENDINGS)}."
        raise ValueError(f"A recalibration cannot be written to {path.name}. {remedy}")
    return exported(result.mapping, result.record, path.suffix.lower())


def _written(path: Path, text: str, what: str, form: str | None) -> None:
    try:
        write(path, text)
    except OSError as error:
        stop([f"{path} cannot be written: {error.strerror}. Name another file."], form)
    click.echo(f"{what}: {path}", err=True)


def _shown(result: CalibrationResult, form: str | None) -> str:
    if form == "json":
        return json_text(result.to_dict())
    if form == "markdown":
        return result.to_markdown()
    from sextant.reports.reliability.terminal import render

    width = shutil.get_terminal_size((100, 24)).columns
    return render(result.record, width=width, colour=colour())
