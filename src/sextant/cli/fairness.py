"""`sextant fairness`: who is hurt, by which definition, and what cannot be equal at once."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click

from sextant.cli.answering import STATUS, answer_options, asked, noted, shown
from sextant.cli.written import columns_of, share_of


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
    "--counts", is_flag=True,
    help="The file is a report of another tool: a line for each group, with tp, fp, fn and tn, or"
    " a count and rates. CSV or JSON.",
)  # fmt: skip
@click.option(
    "--look",
    type=click.IntRange(min=1),
    default=1,
    help="The number of this look, if not the first.",
)
@answer_options
def command(
    data: str, form: str | None, html: Path | None, quiet: bool, counts: bool, **given: Any
) -> None:
    """Who is hurt by a model's decisions, and how sure is that?

    Takes a table, its columns named by options, or a contract, whose segments are the groups. A
    table of every group's rates, each definition of fairness with a verdict, which of them cannot
    hold together here, and which groups are too small to be judged.

    Exit status: 0 every bound that was named is kept (or none was named), 1 one is broken,
    3 undecided, 2 unusable input.
    """
    from sextant.fairness_review import fairness
    from sextant.reports.fairness.terminal import render

    if counts:
        _of_counts(data, form, html, quiet, given)
    result = asked(
        lambda progress: fairness(data, **arguments(given), progress=progress), form, html, quiet
    )
    shown(result, form, partial(render, result.to_dict()))
    noted(result.fairness.notes, form)
    sys.exit(STATUS[result.verdict] if result.verdict else 0)


def _of_counts(
    data: str, form: str | None, html: Path | None, quiet: bool, given: dict[str, Any]
) -> NoReturn:
    """The review of another tool's report; ends the command."""
    from sextant.fairness_reported import ReportedRates, fairness_counts
    from sextant.reports.fairness import bare, terminal

    result = asked(lambda progress: fairness_counts(data, **counted(given)), form, html, quiet)
    record = result.to_dict()
    if isinstance(result, ReportedRates):
        shown(result, form, partial(bare.terminal, record))
    else:
        shown(result, form, partial(terminal.render, record))
        noted(result.fairness.notes, form)
    sys.exit(STATUS[result.verdict] if result.verdict else 0)


ROWS_ONLY = ("label", "positive", "score", "scale", "prediction", "threshold", "unit", "time",
             "start", "end", "source")  # fmt: skip


def counted(given: dict[str, Any]) -> dict[str, Any]:
    """The options as `sextant.fairness_counts` takes them.

    Raises ValueError for an option that says something of rows.
    """
    flags = {"start": "from", "end": "to", "source": "data"}
    if wrong := [name for name in ROWS_ONLY if given.get(name) is not None]:
        flag = flags.get(wrong[0], wrong[0])
        raise ValueError(f"--{flag} speaks of rows, and --counts has none. Leave one out.")
    found = {name: given[name] for name in ("selected", "look") if given.get(name) is not None}
    found["confidence"] = share_of(given["confidence"], "--confidence")
    found["bounds"] = dict(_bound(one) for one in given["bounds"])
    return found | {"by": list(given["by"])}


def arguments(given: dict[str, Any]) -> dict[str, Any]:
    """The options as `sextant.fairness` takes them. Raises ValueError for what is no number."""
    from sextant.fairness_review import groups_written

    plain = ("prediction", "threshold", "selected", "unit", "time", "start", "end", "source",
             "look")  # fmt: skip
    found = {name: given[name] for name in plain if given.get(name) is not None}
    found |= columns_of(given)
    if "confidence" in given:
        found["confidence"] = share_of(given["confidence"], "--confidence")
    if given.get("bounds"):
        found["bounds"] = dict(_bound(one) for one in given["bounds"])
    if given["by"]:
        found["by"] = groups_written(given["by"])
    return found


def _bound(written: str) -> tuple[str, float]:
    name, equals, value = written.partition("=")
    if not equals:
        raise ValueError(f"--bound {written!r} names no share. Write {name}=0.1 or {name}=10%.")
    return name.strip(), share_of(value, "--bound")
