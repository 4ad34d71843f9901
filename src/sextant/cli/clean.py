"""`sextant clean`: apply a recipe to a file, or draft one."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sextant.cli.answering import (
    Progress,
    answer_options,
    asked,
    json_text,
    shown,
    stop,
    written,
)
from sextant.cli.output import unwritable

if TYPE_CHECKING:
    from sextant.cleaning import CleanResult


@click.command("clean")
@click.argument("data", metavar="DATA")
@click.option(
    "--recipe", type=click.Path(path_type=Path), metavar="FILE", help="What to do (.yaml)."
)
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), metavar="FILE",
              help="Write the rows here: .csv or .parquet.")  # fmt: skip
@click.option("--suggest", type=click.Path(path_type=Path), metavar="FILE",
              help="Draft a recipe from what is found, and write it here to edit.")  # fmt: skip
@click.option("--ignore", multiple=True, metavar="COLUMN",
              help="For the draft: columns in which copies may differ.")  # fmt: skip
@answer_options
def command(
    data: str,
    recipe: Path | None,
    out: Path | None,
    suggest: Path | None,
    ignore: tuple[str, ...],
    form: str | None,
    html: Path | None,
    quiet: bool,
) -> None:
    """Clean DATA by a recipe into a new file, or draft the recipe.

    The lineage lies beside the new file, as FILE.lineage.json: digests of the rows that went in,
    of the recipe and of what came out, and what every step did. DATA is never written.

    Exit status: 0 done, 2 unusable input.
    """
    from sextant.cleaning import clean, suggest_recipe
    from sextant.contracts.problems import ContractError
    from sextant.engines.errors import SourceError
    from sextant.reports.cleaning.terminal import render

    if (suggest is None) == (recipe is None) or (recipe is None) != (out is None):
        stop(["Say --recipe FILE -o FILE to clean, or --suggest FILE to draft a recipe."], form)
    for path in (suggest, out):
        if path is not None and (problem := unwritable(path)):
            stop([problem], form)
    if suggest is not None:
        try:
            text = suggest_recipe(data, ignore=ignore)
        except (ContractError, SourceError) as error:
            stop([str(problem) for problem in error.problems], form)
        written(suggest, text, form, "Recipe")
        return
    assert recipe is not None
    assert out is not None
    chosen, target = recipe, out

    def ask(progress: Progress | None) -> CleanResult:
        return clean(data, chosen, target)

    result = asked(ask, form, html, quiet, "nothing was written.")
    written(out.with_name(f"{out.name}.lineage.json"), json_text(result.to_dict()), form, "Lineage")
    shown(result, form, partial(render, result.to_dict()))
