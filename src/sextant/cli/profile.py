"""`sextant profile`: is the data good, enough, allowed? The exit status says what rules say."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sextant.cli.answering import STATUS, Progress, answer_options, asked, shown, stop, written
from sextant.cli.output import unwritable
from sextant.cli.written import segment_of, share_of

if TYPE_CHECKING:
    from sextant.profiling import ProfileResult


@click.command("profile")
@click.argument("data", metavar="DATA")
@click.option("--label", metavar="COLUMN", help="The true answers: balance, and what leaks them.")
@click.option("--positive", metavar="VALUE", help="The label's positive value.")
@click.option(
    "--segment", "--segments", "segments", multiple=True, metavar="NAME[=COLUMN][:EDGES]",
    help="sex · sex=SEX · age=AGEP:25,45,65. Again for another.",
)  # fmt: skip
@click.option("--time", metavar="COLUMN", help="Dates: how fresh, how many rows a day.")
@click.option("--reference", metavar="FILE", help="A table of the same kind to compare with.")
@click.option("--rules", type=click.Path(path_type=Path), metavar="FILE",
              help="Rules to check, a line each.")  # fmt: skip
@click.option("--write-rules", type=click.Path(path_type=Path), metavar="FILE",
              help="Write the suggested rules here, to edit.")  # fmt: skip
@click.option("--ignore", multiple=True, metavar="COLUMN",
              help="Left out where rows are compared. Again for another.")  # fmt: skip
@click.option("--sample", type=click.IntRange(min=0), default=2_000, show_default=True,
              help="Rows read for personal data; 0 for none.")  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True, help="Of that sample.")
@click.option("--region", metavar="CODE", help="Phone numbers without + too: DE, US, …")
@click.option("--leak", type=float, default=0.8, show_default=True,
              help="A column of at least this AUC alone is suspected.")  # fmt: skip
@click.option("--confidence", metavar="PERCENT", default="95%", show_default=True)
@answer_options
def command(
    data: str,
    form: str | None,
    html: Path | None,
    quiet: bool,
    write_rules: Path | None,
    **given: Any,
) -> None:
    """Is the data good, enough, allowed?

    Columns, rows that stand twice, columns that give the label away, personal data in a sample,
    what changed since a reference, and rules. A rule with a share (%) speaks of what will come and
    its interval decides; any other is a fact of this table.

    Exit status: of the rules 0 met, 1 missed, 3 undecided; 0 without rules; 2 unusable input.
    """
    from sextant.profiling import profile
    from sextant.reports.quality.terminal import render

    if write_rules is not None and (problem := unwritable(write_rules)):
        stop([problem], form)

    def ask(progress: Progress | None) -> ProfileResult:
        given["confidence"] = share_of(given["confidence"], "--confidence")
        given["segments"] = dict(segment_of(one) for one in given["segments"])
        return profile(data, **given)

    result = asked(ask, form, html, quiet)
    if write_rules is not None:
        written(write_rules, "".join(f"{one}\n" for one in result.suggested), form, "Rules")
    shown(result, form, partial(render, result.to_dict()))
    if result.verdict is not None:
        sys.exit(STATUS[result.verdict])
