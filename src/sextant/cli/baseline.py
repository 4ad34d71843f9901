"""`sextant baseline`: what the model to beat says of the rows of a file."""

from __future__ import annotations

from pathlib import Path

import click

from sextant.cli.output import csv_text, interrupted, refuse, say, unwritable, write


@click.command("baseline")
@click.argument("kept", metavar="BASELINE", type=click.Path(path_type=Path))
@click.argument("data", metavar="DATA")
@click.option("--output", required=True, type=click.Path(path_type=Path), metavar="FILE",
              help="Write the rows with the baseline's answers here, as CSV.")  # fmt: skip
def command(kept: Path, data: str, output: Path) -> None:
    """Let a kept baseline answer the rows of a file.

    BASELINE is what sextant probe --baseline wrote: numbers, no code. FILE gets the rows of DATA
    and a column baseline, which sextant compare takes as the version to beat. Exit status 2 is
    input that cannot be used.
    """
    from sextant.baselines import baseline
    from sextant.engines.errors import SourceError

    if problem := unwritable(output):
        refuse([problem])
    try:
        found = baseline(kept, data)
        write(output, csv_text(found.table))
    except SourceError as error:
        refuse(error.problems)
    except OSError as error:
        refuse([f"{output} cannot be written: {error.strerror}. Name another file."])
    except KeyboardInterrupt:
        interrupted("nothing is written.")
    rows = len(next(iter(found.answers.values())))
    say(f"{rows:,} rows with the answers of the baseline: {output}")
