"""`sextant drift`: what changed since the reference; the exit status says whether anything did."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sextant.cli.answering import STATUS, Progress, answer_options, asked, shown
from sextant.cli.written import share_of

if TYPE_CHECKING:
    from sextant.drifting import DriftResult


@click.command("drift")
@click.argument("reference", metavar="REFERENCE")
@click.argument("current", metavar="[CURRENT]", required=False)
@click.option(
    "--columns", "--column", "columns", multiple=True, metavar="NAME[,NAME]",
    help="Compare these. By default all of the reference. Again for more.",
)  # fmt: skip
@click.option(
    "--by", "--over", "by", metavar="COLUMN",
    help="Windows of the current rows: a column of batches; with --time day, week, month, quarter "
    "or year.",
)  # fmt: skip
@click.option("--time", metavar="COLUMN", help="The column of times that --by cuts.")
@click.option(
    "--since", metavar="DAY",
    help="There is one table: its rows before that day are the reference.",
)  # fmt: skip
@click.option(
    "--season", type=click.Choice(["weekday", "month", "year"]),
    help="Compare with the rows of the reference of the same weekday, month or year.",
)  # fmt: skip
@click.option(
    "--margin", metavar="NUMBER", default="5%", show_default=True,
    help="So large a share of rows must differ for a change to matter.",
)  # fmt: skip
@click.option(
    "--run-length", type=float, metavar="WINDOWS",
    help="Expect at most one false alarm in so many windows: 90.",
)  # fmt: skip
@click.option("--score", metavar="COLUMN", help="Compare the mean of this column too.")
@click.option(
    "--contract", metavar="FILE",
    help="Order changed columns by what they do to its criteria; the reference has its labels.",
)  # fmt: skip
@click.option("--confidence", metavar="PERCENT", default="95%", show_default=True)
@answer_options
def command(
    reference: str,
    current: str | None,
    form: str | None,
    html: Path | None,
    quiet: bool,
    **given: Any,
) -> None:
    """What changed between the rows of REFERENCE and those of CURRENT?

    Without CURRENT, --since cuts REFERENCE in two. Every column is compared by itself, both sides
    taken for random samples: changed, not changed, or undecided with the smallest change that
    these rows would have shown.

    Exit status: 0 nothing changed, 1 something did, 3 undecided, 2 unusable input.
    """
    from sextant.drifting import drift
    from sextant.reports.drift.terminal import render

    def ask(progress: Progress | None) -> DriftResult:
        names = [name for one in given["columns"] for name in one.split(",") if name]
        return drift(
            reference,
            current,
            columns=names,
            by=given["by"],
            time=given["time"],
            since=given["since"],
            season=given["season"],
            margin=share_of(given["margin"], "--margin"),
            confidence=share_of(given["confidence"], "--confidence"),
            run_length=given["run_length"],
            score=given["score"],
            contract=given["contract"],
            progress=progress,
        )

    result = asked(ask, form, html, quiet)
    shown(result, form, partial(render, result.record))
    sys.exit(STATUS[result.verdict])
