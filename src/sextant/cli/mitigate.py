"""`sextant mitigate`: what would make decisions fairer, and what it would cost."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click

from sextant.cli.answering import answer_options, asked, shown
from sextant.cli.fairness import arguments


@click.command("mitigate")
@click.argument("data", metavar="CONTRACT|TABLE")
@click.option("--by", multiple=True, required=True, metavar="GROUP", help="sex · sex=SEX.")
@click.option("--label", metavar="COLUMN", help="The true answers.")
@click.option("--positive", metavar="VALUE", help="The label's positive class.")
@click.option("--score", metavar="COLUMN", help="The scores, for thresholds per group.")
@click.option("--scale", type=float, help="The score that stands for certainty: 100, 1000.")
@click.option("--threshold", type=float, help="A row is flagged from this score on.")
@click.option("--feature", "features", multiple=True, metavar="COLUMN",
              help="What to train on. Again for another.")  # fmt: skip
@click.option("--way", "ways", multiple=True, metavar="NAME", help="This way only, and such.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the split in two parts.")
@click.option("--data", "source", metavar="PATH", help="Read this instead of the contract's.")
@answer_options
def command(
    data: str, form: str | None, html: Path | None, quiet: bool, features: tuple[str, ...],
    ways: tuple[str, ...], seed: int, **given: Any,
) -> None:  # fmt: skip
    """What would make these decisions fairer between groups, and what would it cost?

    Thresholds per group need scores; reductions and reweighing train on --feature columns. Each way
    is fitted on half of the rows and measured on the other half. Needs the extra sextant[lab].

    Exit status: 0 whatever is found, 2 unusable input.
    """
    from sextant.mitigating import mitigate
    from sextant.reports.mitigation.terminal import render

    result = asked(
        lambda progress: mitigate(
            data, **arguments(given), features=features, ways=ways, seed=seed, progress=progress
        ),
        form, html, quiet,
    )  # fmt: skip
    shown(result, form, partial(render, result.to_dict()))
