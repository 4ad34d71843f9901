"""`sextant threshold`: where to cut a score; the exit status says whether limits can be kept."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from sextant.cli.answering import STATUS, answer_options, asked, noted, shown
from sextant.cli.written import columns_of, segment_of, share_of


@click.command("threshold")
@click.argument("data", metavar="CONTRACT|TABLE")
@click.option("--score", metavar="COLUMN", help="The scores.")
@click.option("--scale", type=float, help="The score that stands for certainty: 100, 1000.")
@click.option("--label", metavar="COLUMN", help="The true answers.")
@click.option("--positive", metavar="VALUE", help="The label's positive class.")
@click.option("--threshold", type=float, help="Today's threshold. 0.5, or the contract's.")
@click.option(
    "--cost", "costs", multiple=True, metavar="KIND=AMOUNT",
    help="false_negative=100 · false_positive=5 · true_positive, true_negative. Again for another.",
)  # fmt: skip
@click.option("--currency", metavar="NAME", help="What costs are counted in.")
@click.option(
    "--limit", "limits", multiple=True, metavar="LIMIT",
    help="'recall >= 80%' · 'precision >= 0.9' · 'friction <= 2%'. Again for another.",
)  # fmt: skip
@click.option("--capacity", type=float, help="So many may be flagged of --volume decisions.")
@click.option("--volume", type=float, help="Decisions a --period.")
@click.option("--period", metavar="NAME", default="day", show_default=True, help="day, week …")
@click.option("--prevalence", metavar="SHARE", help="The share of positives to come: 2%.")
@click.option(
    "--automated-error", metavar="SHARE",
    help="Decide automatically as long as at most so many are wrong; people take the rest.",
)  # fmt: skip
@click.option("--review", type=float, help="What a person's look costs.")
@click.option("--band", metavar="LOW,HIGH", help="Judge this band: people decide between.")
@click.option(
    "--equalise", metavar="MEASURE", help="recall, false_positive_rate, flagged or precision."
)
@click.option(
    "--segment", "segments", multiple=True, metavar="NAME[=COLUMN][:EDGES]",
    help="sex · sex=SEX · age=AGEP:25,45,65. Again for another.",
)  # fmt: skip
@click.option("--unit", metavar="COLUMN", help="Rows of one unit are dependent.")
@click.option("--time", metavar="COLUMN", help="The time, for --from and --to.")
@click.option("--from", "start", metavar="WHEN", help="First moment of the period, included.")
@click.option("--to", "end", metavar="WHEN", help="Last moment of the period, included.")
@click.option("--confidence", metavar="PERCENT", default="95%", show_default=True)
@click.option("--data", "source", metavar="PATH", help="Read this instead of the contract's.")
@answer_options
def command(data: str, form: str | None, html: Path | None, quiet: bool, **given: Any) -> None:
    """Where to cut a score: what each threshold costs, and which may be the cheapest.

    Takes a table (--score, --label) or a contract. Without costs every error counts as one.

    Exit status: 0 some threshold is shown to keep every --limit (or none was asked for), 1 every
    threshold breaks one, 3 undecided, 2 unusable input.
    """
    from sextant.reports.thresholds.terminal import render
    from sextant.thresholding import thresholds

    result = asked(
        lambda progress: thresholds(data, **_arguments(given), progress=progress), form, html, quiet
    )
    shown(result, form, partial(render, result.to_dict()))
    noted(result.exploration.notes, form)
    sys.exit(STATUS[result.verdict] if result.exploration.limits else 0)


def _arguments(given: dict[str, Any]) -> dict[str, Any]:
    """The options as `sextant.thresholds` takes them. Raises ValueError for what is no number."""
    found = {
        name: given[name]
        for name in ("threshold", "limits", "capacity", "volume", "period", "review", "equalise",
                     "unit", "time", "start", "end", "source")
        if given[name] is not None
    }  # fmt: skip
    found |= columns_of(given)
    for name in ("prevalence", "automated_error"):
        if given[name] is not None:
            found[name] = share_of(given[name], f"--{name.replace('_', '-')}")
    found["confidence"] = share_of(given["confidence"], "--confidence")
    if given["band"] is not None:
        found["band"] = [share_of(one, "--band") for one in given["band"].split(",")]
    if given["segments"]:
        found["segments"] = dict(segment_of(one) for one in given["segments"])
    costs: dict[str, Any] = dict(_cost(one) for one in given["costs"])
    if given["currency"] is not None:
        costs["currency"] = given["currency"]
    return found | ({"costs": costs} if costs else {})


def _cost(written: str) -> tuple[str, float]:
    """`false_negative=100` as a kind and its amount."""
    kind, _, amount = written.partition("=")
    try:
        return kind.strip(), float(amount)
    except ValueError:
        problem = f"--cost {written!r} names no amount."
        raise ValueError(f"{problem} Write --cost false_negative=100.") from None
