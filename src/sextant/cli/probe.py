"""`sextant probe`: is it feasible at all? The exit status says what is required would be."""

from __future__ import annotations

import sys
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
from sextant.cli.output import csv_text, unwritable
from sextant.cli.written import share_of

if TYPE_CHECKING:
    from sextant.probing import ProbeResult


@click.command("probe")
@click.argument("data", metavar="DATA")
@click.option("--target", required=True, metavar="COLUMN", help="What is to be predicted.")
@click.option("--positive", metavar="VALUE", help="The target's value that matters.")
@click.option("--task", metavar="TASK", help="binary, multiclass or regression, if not plain.")
@click.option("--measure", metavar="NAME", help="Compare by accuracy or by auc.")
@click.option("--rule", metavar="RULE",
              help="What is done today: 'age > 60 and job in {student, retired}'.")  # fmt: skip
@click.option("--required", multiple=True, metavar="CRITERION",
              help="Must hold: 'recall >= 0.8'. Again for another.")  # fmt: skip
@click.option("--threshold", type=float, default=0.5, show_default=True,
              help="Called positive from this chance on.")  # fmt: skip
@click.option("--unit", metavar="COLUMN", help="Rows of one unit stay in one part.")
@click.option("--time", metavar="COLUMN", help="What came before teaches what came after.")
@click.option("--keep", multiple=True, metavar="COLUMN",
              help="Not set aside, though it looks like a leak. Again for another.")  # fmt: skip
@click.option("--ignore", multiple=True, metavar="COLUMN", help="Not read. Again for another.")
@click.option("--leak", type=float, default=0.8, show_default=True,
              help="A column of at least this AUC alone is set aside.")  # fmt: skip
@click.option("--more", type=int, metavar="LABELS",
              help="What are so many more worth? As many again if not said.")  # fmt: skip
@click.option("--label-cost", metavar="PRICE", help="Of one label: '2 EUR'.")
@click.option("--folds", type=int, default=5, show_default=True, help="Parts of the rows.")
@click.option("--rows", type=int, default=50_000, show_default=True,
              help="Read so many at the most, drawn by chance.")  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True, help="Of everything drawn.")
@click.option("--confidence", metavar="PERCENT", default="95%", show_default=True)
@click.option("--predictions", type=click.Path(path_type=Path), metavar="FILE",
              help="Write the better model's answers to unlearned rows, as CSV.")  # fmt: skip
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE",
              help="Keep the model to beat as JSON, for sextant baseline.")  # fmt: skip
@answer_options
def command(
    data: str,
    form: str | None,
    html: Path | None,
    quiet: bool,
    predictions: Path | None,
    baseline: Path | None,
    **given: Any,
) -> None:
    """Is it feasible at all? What a labelled table promises, before anything is built.

    Columns that give the target away are set aside. Then: the best without a model, a simple and a
    strong model on rows that did not teach them, what more labels are worth, labels that look
    wrong, weak segments, and what to do next. Needs the extra sextant[lab].

    Exit status: what is required would be 0 met, 1 missed, 3 undecided; 0 where nothing is
    required; 2 unusable input.
    """
    from sextant.probing import probe
    from sextant.reports.probe.terminal import render

    for file in (predictions, baseline):
        if file is not None and (problem := unwritable(file)):
            stop([problem], form)

    def ask(progress: Progress | None) -> ProbeResult:
        given["confidence"] = share_of(given["confidence"], "--confidence")
        return probe(data, progress=progress, **given)

    result = asked(ask, form, html, quiet)
    if predictions is not None:
        written(predictions, csv_text(result.answers), form, "Predictions")
    if baseline is not None:
        written(baseline, json_text(result.baseline()) + "\n", form, "The baseline")
    shown(result, form, partial(render, result.record))
    if result.verdict is not None:
        sys.exit(STATUS[result.verdict])
