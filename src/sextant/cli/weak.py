"""`sextant weak`: where the model errs more often than elsewhere, confirmed on held-out rows."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sextant.cli.answering import Progress, answer_options, asked, shown
from sextant.cli.fairness import arguments

if TYPE_CHECKING:
    from sextant.segment_search import WeakSegments


@click.command("weak")
@click.argument("data", metavar="CONTRACT|TABLE")
@click.option(
    "--by", multiple=True, metavar="COLUMN",
    help="sex · sex=SEX · age=AGEP:25,45,65. Again for another. By default every column.",
)  # fmt: skip
@click.option("--label", metavar="COLUMN", help="The true answers.")
@click.option("--positive", metavar="VALUE", help="The label's positive class.")
@click.option("--score", metavar="COLUMN", help="The scores.")
@click.option("--scale", type=float, help="The score that stands for certainty: 100, 1000.")
@click.option("--prediction", metavar="COLUMN", help="The decisions, instead of scores.")
@click.option("--threshold", type=float, help="A row is flagged from this score on.")
@click.option(
    "--error", type=click.Choice(["wrong", "missed", "wrongly_flagged"]), default="wrong",
    show_default=True, help="Which errors are searched.",
)  # fmt: skip
@click.option("--depth", type=click.IntRange(1, 3), default=2, show_default=True,
              help="So many columns at once.")  # fmt: skip
@click.option("--min-rows", type=click.IntRange(min=20), default=100, show_default=True,
              help="The least rows of a segment.")  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True, help="Of the split in two halves.")
@click.option("--unit", metavar="COLUMN", help="Rows of one unit are dependent.")
@click.option("--time", metavar="COLUMN", help="The time, for --from and --to.")
@click.option("--from", "start", metavar="WHEN", help="First moment of the period, included.")
@click.option("--to", "end", metavar="WHEN", help="Last moment of the period, included.")
@click.option("--data", "source", metavar="PATH", help="Read this instead of the contract's.")
@answer_options
def command(data: str, form: str | None, html: Path | None, quiet: bool, **given: Any) -> None:
    """Where does the model err more often than elsewhere?

    Searches combinations of columns on one half of the rows and tests what it finds on the other,
    so that with 95 % confidence nothing is named by chance. Of a contract the segments are
    searched, of a table every column that plays no other part.

    Exit status: 0 whatever is found, 2 unusable input.
    """
    from sextant.reports.weak_segments.terminal import render
    from sextant.segment_search import weak_segments

    def ask(progress: Progress | None) -> WeakSegments:
        found = arguments(given)
        by = found.pop("by", None)
        more = {name: given[name] for name in ("error", "depth", "min_rows", "seed")}
        return weak_segments(data, columns=by, **found, **more, progress=progress)

    result = asked(ask, form, html, quiet)
    shown(result, form, partial(render, result.to_dict()))
