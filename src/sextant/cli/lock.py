"""`sextant lock`: sign a contract's content before its results are seen."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click


@click.command("lock")
@click.argument("contract", type=click.Path(path_type=Path))
@click.option("--by", default="", help="Who signs.")
def command(contract: Path, by: str) -> None:
    """Write the digest of CONTRACT into it. From then on an edit is refused, not obeyed."""
    from sextant.contracts.file.lock import lock_file
    from sextant.contracts.problems import ContractError

    try:
        digest = lock_file(contract, date.today(), by)
    except ContractError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        sys.exit(2)
    click.echo(f"Locked {contract} as {digest}")
