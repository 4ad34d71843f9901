"""`sextant weak`: where the model errs more often than elsewhere, confirmed on held-out rows."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sextant.cli.check import Progress, colour, json_text, stop
from sextant.cli.fairness import arguments, written
from sextant.cli.output import interrupted, say, unwritable

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
@click.option("--json", "form", flag_value="json", help="Print one JSON object (schema 1).")
@click.option("--markdown", "form", flag_value="markdown", help="Print a pull-request comment.")
@click.option("--html", type=click.Path(path_type=Path), help="Also write the report page here.")
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def command(data: str, form: str | None, html: Path | None, quiet: bool, **given: Any) -> None:
    """Where does the model err more often than elsewhere?

    Searches combinations of columns on one half of the rows and tests what it finds on the other,
    so that with 95 % confidence nothing is named by chance. Of a contract the segments are
    searched, of a table every column that plays no other part.

    Exit status: 0 whatever is found, 2 unusable input.
    """
    from sextant.contracts.problems import ContractError
    from sextant.engines.errors import Cancelled, SourceError
    from sextant.segment_search import weak_segments

    if html is not None and (problem := unwritable(html)):
        stop([problem], form)
    progress = None if quiet else Progress("Reading")
    try:
        found = arguments(given)
        by = found.pop("by", None)
        more = {name: given[name] for name in ("error", "depth", "min_rows", "seed")}
        result = weak_segments(data, columns=by, **found, **more, progress=progress)
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


def _shown(result: WeakSegments, form: str | None) -> str:
    if form == "json":
        return json_text(result.to_dict())
    if form == "markdown":
        return result.to_markdown()
    from sextant.reports.weak_segments.terminal import render

    width = shutil.get_terminal_size((100, 24)).columns
    return render(result.to_dict(), width=width, colour=colour())
