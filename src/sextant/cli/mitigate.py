"""`sextant mitigate`: what would make decisions fairer, and what it would cost."""

from __future__ import annotations

import shutil
from typing import Any

import click

from sextant.cli.check import json_text, stop
from sextant.cli.fairness import arguments
from sextant.cli.output import say


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
@click.option("--json", "form", flag_value="json", help="Print one JSON object (schema 1).")
@click.option("--markdown", "form", flag_value="markdown", help="Print a pull-request comment.")
def command(
    data: str, form: str | None, features: tuple[str, ...], ways: tuple[str, ...], seed: int,
    **given: Any,
) -> None:  # fmt: skip
    """What would make these decisions fairer between groups, and what would it cost?

    Thresholds per group need scores; reductions and reweighing train on --feature columns. Each way
    is fitted on half of the rows and measured on the other half. Needs the extra sextant[lab].

    Exit status: 0 whatever is found, 2 unusable input.
    """
    from sextant.contracts.problems import ContractError
    from sextant.engines.errors import SourceError
    from sextant.mitigating import mitigate

    try:
        found = arguments({"prediction": None, "selected": None, "unit": None, "time": None,
                           "start": None, "end": None, "look": None, **given})  # fmt: skip
        result = mitigate(data, **found, features=features, ways=ways, seed=seed)
    except (ContractError, SourceError) as error:
        stop([str(problem) for problem in error.problems], form)
    except ValueError as error:
        stop([str(error)], form)
    if form == "json":
        say(json_text(result.to_dict()))
    elif form == "markdown":
        say(result.to_markdown())
    else:
        from sextant.reports.mitigation import terminal

        say(terminal(result.to_dict(), shutil.get_terminal_size((100, 24)).columns))
