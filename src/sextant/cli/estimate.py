"""`sextant estimate`: what would labels show; the exit status never says that all is well."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sextant.cli.answering import STATUS, Progress, answer_options, asked, shown
from sextant.cli.written import columns_of, segment_of, share_of

if TYPE_CHECKING:
    from sextant.estimating import EstimateResult


@click.command("estimate")
@click.argument("reference", metavar="CONTRACT|REFERENCE")
@click.argument("current", metavar="CURRENT")
@click.option("--label", metavar="COLUMN", help="What came true, in the reference.")
@click.option("--positive", metavar="VALUE", help="The label's positive class.")
@click.option("--score", metavar="COLUMN", help="The probability that it comes true.")
@click.option("--scale", type=float, help="The score that stands for certainty: 100, 1000.")
@click.option("--threshold", type=float, help="A row is flagged from this score on. [0.5]")
@click.option(
    "--criterion", "criteria", multiple=True, metavar="TEXT",
    help="'recall >= 80% in every sex'. Again for another.",
)  # fmt: skip
@click.option(
    "--segment", "segments", multiple=True, metavar="NAME[=COLUMN][:EDGES]",
    help="sex · sex=SEX · age=AGEP:25,45,65. Again for another.",
)  # fmt: skip
@click.option("--unit", metavar="COLUMN", help="Rows of one unit are dependent.")
@click.option(
    "--by", "--over", "by", metavar="COLUMN",
    help="Windows of the current rows: a column, or day, week, month, quarter, year of --time.",
)  # fmt: skip
@click.option(
    "--selection", metavar="COLUMN", help="The chance with which a row would be given a label."
)
@click.option("--time", metavar="COLUMN", help="When it was predicted.")
@click.option("--label-time", metavar="COLUMN", help="When the label came.")
@click.option("--as-of", metavar="WHEN", help="Now, for labels that are still to come.")
@click.option(
    "--complete", metavar="PERCENT", default="95%", show_default=True,
    help="Labels are complete when so many have come.",
)  # fmt: skip
@click.option("--data", "source", metavar="PATH", help="Learn from this, not the contract's data.")
@click.option("--from", "start", metavar="WHEN", help="First moment of the reference, included.")
@click.option("--to", "end", metavar="WHEN", help="Last moment of the reference, included.")
@click.option("--confidence", metavar="PERCENT", default="95%", show_default=True)
@answer_options
def command(
    reference: str, current: str, form: str | None, html: Path | None, quiet: bool, **given: Any
) -> None:
    """What would labels of the rows of CURRENT show, if scores mean what they meant before?

    Takes a contract, or a labelled table with --score and --label, and a table without labels.

    Exit status: 1 a criterion is likely missed, 3 anything else, 2 unusable input. It is never 0:
    no labels are no pass.
    """
    from sextant.estimating import estimate
    from sextant.reports.estimate.terminal import render

    def ask(progress: Progress | None) -> EstimateResult:
        return estimate(reference, current, **_arguments(given), progress=progress)

    result = asked(ask, form, html, quiet)
    shown(result, form, partial(render, result.record))
    sys.exit(STATUS[result.verdict])


def _arguments(given: dict[str, Any]) -> dict[str, Any]:
    """The options as `sextant.estimate` takes them. Raises ValueError for what is no number."""
    names = (
        "threshold", "unit", "by", "selection", "time", "label_time", "as_of", "source",
        "start", "end",
    )  # fmt: skip
    found = {name: given[name] for name in names if given[name] is not None}
    found |= columns_of(given)
    found["criteria"] = list(given["criteria"])
    if given["segments"]:
        found["segments"] = dict(segment_of(one) for one in given["segments"])
    found["confidence"] = share_of(given["confidence"], "--confidence")
    found["complete"] = share_of(given["complete"], "--complete")
    return found
