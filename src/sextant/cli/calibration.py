"""`sextant calibration`: do scores mean what they say, and would recalibrating help?"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sextant.cli.answering import (
    STATUS,
    Progress,
    answer_options,
    asked,
    shown,
    stop,
    written,
)
from sextant.cli.output import unwritable
from sextant.cli.written import columns_of, segment_of, share_of

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
@answer_options
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
    from sextant.reports.reliability.terminal import render

    if export is not None and (problem := unwritable(export)):
        stop([problem], form)
    exported: list[str] = []

    def ask(progress: Progress | None) -> CalibrationResult:
        result = calibration(data, **_arguments(given), progress=progress)
        if export is not None:
            exported.append(_exported(result, export))
        return result

    result = asked(ask, form, html, quiet, "the study is not complete.")
    if export is not None:
        written(export, exported[0], form, "Recalibration")
    shown(result, form, partial(render, result.record))
    sys.exit(STATUS[result.verdict])


def _arguments(given: dict[str, Any]) -> dict[str, Any]:
    """The options as `sextant.calibration` takes them. Raises ValueError for what is no number."""
    names = ("unit", "time", "start", "end", "bins", "since", "source")
    found = {name: given[name] for name in names if given[name] is not None}
    found |= columns_of(given)
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
