"""`sextant compare`: two versions on the same rows; the exit status says which is better."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from sextant.cli.answering import (
    STATUS,
    answer_options,
    asked,
    colour,
    json_text,
    noted,
    stop,
    width,
)
from sextant.cli.output import say
from sextant.cli.written import columns_of, segment_of, share_of

TASKS = ["binary", "multiclass", "regression", "ranking", "generation", "agent"]
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
@click.option(
    "--trade", "trades", multiple=True, metavar="TRADEOFF",
    help="'1% of recall is worth 2% of precision' · 'precision may cost 1% of recall'. Again for"
    " another. Then these give the exit status.",
)  # fmt: skip
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
@click.option("--server", metavar="URL", help="Let a server judge: send it states, never rows.")
@click.option("--product", metavar="NAME", help="The product's short name on that server.")
@answer_options
def command(
    data: tuple[str, ...],
    form: str | None,
    html: Path | None,
    quiet: bool,
    audience: Any,
    server: str | None,
    product: str | None,
    **given: Any,
) -> None:
    """Is version B better than version A, on the same rows?

    Takes one table with both versions' columns (--a, --b); or A's table and B's, joined by --key;
    or a contract, whose own version is B. A version is a column, or COLUMN@THRESHOLD. Without
    --metric accuracy is asked for, of a contract its first primary promise; the others inform.

    Exit status: 0 B is better (or not worse than --margin allows), 1 worse, 3 undecided, 2 unusable
    input. With --trade: 0 every trade-off is worth it, 1 one is not, 3 undecided.
    """
    from sextant.comparison import compare
    from sextant.reports.comparison.terminal import render
    from sextant.reports.tradeoffs import terminal
    from sextant.studies.tradeoffs.weighing import joint

    if len(data) > 2:
        stop([f"{len(data)} tables were named. Two versions are compared: name two."], form)
    if server or product:
        from sextant.cli.remote_compare import compare_there

        if html is not None:
            stop(["--html is not there with --server. The study has a page, and a file."], form)
        try:
            arguments = _arguments(given)
        except ValueError as error:
            stop([str(error)], form)
        compare_there(data, arguments, server, product, form, quiet)
    result = asked(
        lambda progress: compare(*data, **_arguments(given), progress=progress), form, html, quiet,
        "nothing was recorded and no look was counted.",
    )  # fmt: skip
    if form == "json":
        say(json_text(result.to_dict(audience)))
    elif form == "markdown":
        say(result.to_markdown(audience))
    else:
        say(render(result.comparison, width=width(), colour=colour(), audience=audience))
        for one in result.trades:
            say(terminal(one, width()))
    noted(result.comparison.notes, form)
    weighed = [one.verdict for one in result.trades]
    sys.exit(STATUS[joint(weighed) if weighed else result.verdict])


def _arguments(given: dict[str, Any]) -> dict[str, Any]:
    """The options as `sextant.compare` takes them. Raises ValueError for what is no number."""
    found = {
        name: given[name]
        for name in ("key", "metrics", "trades", "unit", "time", "start", "end", "threshold",
                     "task", "source", "look")
        if given[name] is not None
    }  # fmt: skip
    found |= columns_of({"label": given["label"], "positive": given["positive"]})
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
