"""`sextant profile`: is the data good, enough, allowed? The exit status says what rules say."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sextant.cli.answering import (
    STATUS,
    Progress,
    answer_options,
    asked,
    json_text,
    shown,
    stop,
    written,
)
from sextant.cli.output import unwritable
from sextant.cli.written import segment_of, share_of

if TYPE_CHECKING:
    from sextant.profiling import ProfileResult, SheetResult

SHEETS: dict[str, Callable[[SheetResult], str]] = {
    ".md": lambda one: one.to_markdown(),
    ".html": lambda one: one.to_html(),
    ".json": lambda one: json_text(one.to_dict()),
}


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
              help="Write the suggested rules here, to edit; .yaml: as criteria.")  # fmt: skip
@click.option("--sheet", type=click.Path(path_type=Path), metavar="FILE",
              help="Write the data sheet here: .md, .html or .json.")  # fmt: skip
@click.option("--states", type=click.Path(path_type=Path), metavar="FILE",
              help="Keep the columns' states here (.states), for `sextant drift`.")  # fmt: skip
@click.option("--contract", type=click.Path(path_type=Path), metavar="FILE",
              help="For the sheet: a contract, whose parts use fields.")  # fmt: skip
@click.option("--about", type=click.Path(path_type=Path), metavar="FILE",
              help="For the sheet: owner, licence, purposes (.yaml).")  # fmt: skip
@click.option("--population", metavar="FILE",
              help="Whom the rows stand for: a .yaml, or a table by --segment.")  # fmt: skip
@click.option("--cross", metavar="NAMES", help="Segments crossed in that table: sex,age.")
@click.option("--margin", metavar="PERCENT",
              help="By so much of its share a group may be smaller.  [20%]")  # fmt: skip
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
    sheet: Path | None,
    contract: Path | None,
    about: Path | None,
    **given: Any,
) -> None:
    """Is the data good, enough, allowed?

    Columns, rows that stand twice, columns that give the label away, personal data in a sample,
    what changed since a reference, and rules. A rule with a share (%) speaks of what will come and
    its interval decides; any other is a fact of this table.

    Exit status: of the rules and the population 0 met, 1 missed (a group is under-represented),
    3 undecided; 0 without either; 2 unusable input.
    """
    from sextant.contracts.grammar.ruling import fragment
    from sextant.profiling import profile
    from sextant.reports.quality.terminal import render

    states: Path | None = given.pop("states")
    if problem := _unfit(write_rules, sheet, states, bool(contract or about)):
        stop([problem], form)
    made: list[SheetResult] = []

    def ask(progress: Progress | None) -> ProfileResult:
        given["confidence"] = share_of(given["confidence"], "--confidence")
        if given["margin"] is not None:
            given["margin"] = share_of(given["margin"], "--margin")
        given["cross"] = [one.strip() for one in (given["cross"] or "").split(",") if one.strip()]
        given["segments"] = dict(segment_of(one) for one in given["segments"])
        found = profile(data, **given)
        if sheet is not None:
            made.append(found.sheet(contract, about))
        return found

    result = asked(ask, form, html, quiet)
    if write_rules is not None:
        as_criteria = write_rules.suffix in {".yaml", ".yml"}
        plain = "".join(f"{one}\n" for one in result.suggested)
        text = fragment(result.suggested) if as_criteria else plain
        written(write_rules, text, form, "Rules")
    if sheet is not None:
        written(sheet, SHEETS[sheet.suffix](made[0]), form, "Data sheet")
    if states is not None:
        _keep(states, result, form)
    shown(result, form, partial(render, result.to_dict()))
    if result.verdict is not None:
        sys.exit(STATUS[result.verdict])


def _unfit(rules: Path | None, sheet: Path | None, states: Path | None, about: bool) -> str | None:
    """Why a file that was asked for cannot be written."""
    for path in (rules, sheet, states):
        if path is not None and (problem := unwritable(path)):
            return problem
    if sheet is None and about:
        return "--contract and --about belong to no sheet. Add --sheet FILE."
    if sheet is not None and sheet.suffix not in SHEETS:
        return f"{sheet} is no {', '.join(SHEETS)}. Name the sheet by one of these."
    if states is not None and states.suffix != ".states":
        return f"{states} does not end in .states. Name the states so."
    return None


def _keep(path: Path, result: ProfileResult, form: str | None) -> None:
    from sextant.states.state import StateError

    try:
        path.write_bytes(result.state.dump())
    except (OSError, StateError) as error:
        stop([f"{path} cannot be written: {error}"], form)
    click.echo(f"States: {path}", err=True)
