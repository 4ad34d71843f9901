"""`sextant export`: a product of a server as files that `sextant apply` takes back."""

from __future__ import annotations

from pathlib import Path

import click

from sextant.cli.output import refuse, say, write
from sextant.cli.remote import RemoteError, Server


@click.command("export")
@click.argument("product")
@click.option("--server", metavar="URL", help="The server; or set SEXTANT_SERVER.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), default=Path(),
    show_default="the folder you are in", help="The folder to write to.",
)  # fmt: skip
def command(product: str, server: str | None, output: Path) -> None:
    """Write PRODUCT (its short name) to files: what it is, its contract, its sources' names."""
    from sextant.cli.folder import CONTRACT, PRODUCT, SOURCES, product_text, sources_text

    try:
        remote = Server.named(server)
        about = remote.get("products", product)
        people = remote.get("products", product, "people")["people"]
        sources = remote.get("products", product, "sources")
        contracts = remote.get("products", product, "contracts")
    except RemoteError as error:
        refuse(error.problems)
    files = {PRODUCT: product_text(about, people), SOURCES: sources_text(sources)}
    current = [one for state in ("draft", "locked") for one in contracts if one["state"] == state]
    if current:
        files[CONTRACT] = current[0]["text"]
    try:
        output.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            write(output / name, text)
    except OSError as error:
        refuse([f"{output} cannot be written ({error.strerror}). Choose another with -o."])
    say("\n".join(f"Wrote {output / name}" for name in files))
