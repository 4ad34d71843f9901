"""`sextant enough`: are there rows enough to decide a contract? The exit status says it."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sextant.cli.answering import STATUS, Progress, answer_options, asked, shown
from sextant.cli.written import share_of

if TYPE_CHECKING:
    from sextant.sizing import EnoughResult


@click.command("enough")
@click.argument("contract", type=click.Path(path_type=Path))
@click.option("--data", metavar="PATH", help="Read this file or glob instead of the contract's.")
@click.option("--expect", multiple=True, metavar="NAME=SHARE",
              help="recall=85%, false_positive_rate=5%, precision=60%, prevalence=9%.")  # fmt: skip
@answer_options
def command(
    contract: Path,
    data: str | None,
    expect: tuple[str, ...],
    form: str | None,
    html: Path | None,
    quiet: bool,
) -> None:
    """Are there rows enough to decide CONTRACT, before anything is built?

    Reads the label alone, by segment; says of every criterion how many rows decide it for a model
    as expected, and how many there are. Without --expect it says what no model could show.

    Exit status: 0 enough, 1 not enough, 3 it cannot be said, 2 unusable input.
    """
    from sextant.reports.enough.terminal import render
    from sextant.sizing import enough

    def ask(progress: Progress | None) -> EnoughResult:
        given = {}
        for one in expect:
            name, equals, value = one.partition("=")
            if not equals:
                raise ValueError(f"--expect {one!r} names no share. Write --expect recall=85%.")
            given[name.strip()] = share_of(value, f"--expect {name.strip()}")
        return enough(contract, data, expect=given)

    result = asked(ask, form, html, quiet)
    shown(result, form, partial(render, result.to_dict()))
    sys.exit(STATUS[result.verdict])
