"""`sextant demo`: an installation with two real products inside, served on this machine."""

from __future__ import annotations

import os
import shutil
import time
from datetime import date
from pathlib import Path

import click

from sextant_server.commands import prepare
from sextant_server.commands.serve import run


@click.command("demo")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--data", default="demo", show_default=True, type=click.Path(path_type=Path, exists=True),
    help="The folder with the two products' contracts and data.",
)  # fmt: skip
@click.option("--folder", type=click.Path(path_type=Path), help="Where the installation is kept.")
@click.option("--serve/--no-serve", default=True, help="Only fill it, or serve it, too.")
def command(port: int, data: Path, folder: Path | None, serve: bool) -> None:
    """Fill an installation with two real products, print its accounts, serve it."""
    place = (folder or data / "installation").absolute()
    _begin(place)
    for name in [name for name in os.environ if name.startswith("SEXTANT_")]:
        del os.environ[name]
    os.environ["SEXTANT_DATA"] = str(place)
    os.environ["SEXTANT_URL"] = f"http://127.0.0.1:{port}"
    os.environ["SEXTANT_LOG_LEVEL"] = "WARNING"
    os.environ["DATABASE_URL"] = ""
    os.environ["SEXTANT_FOLDERS"] = str(data.absolute())
    prepare.load()
    prepare.database()
    prepare.heads()
    from sextant_server.demo.seed import accounts, is_whole, seed

    if not is_whole(place):
        began = time.monotonic()
        click.echo("Telling five stories: people, bets, contracts, runs, gates …", err=True)
        seed(place, data, date.today())
        click.echo(f"… told in {time.monotonic() - began:.0f} s", err=True)
    click.echo(f"Open http://127.0.0.1:{port} and log in as one of", err=True)
    click.echo("\n".join(accounts(place)), err=True)
    if serve:
        run("127.0.0.1", port, 1, True)


def _begin(place: Path) -> None:
    """Take away an installation that a demonstration began and did not finish; nothing else."""
    from sextant_server.demo.marks import BEGUN, WHOLE

    if place.exists() and not (place / WHOLE).exists():
        if not (place / BEGUN).exists() and any(place.iterdir()):
            prepare.stop(f"{place} holds something else. Name another folder: --folder.")
        shutil.rmtree(place)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    (place / BEGUN).touch()
