"""`sextant lock`: sign a contract's content before its results are seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from sextant.cli.output import refuse, say


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
        refuse(error.problems)
    say(f"Locked {contract} as {digest}")
