"""`sextant apply`: make a server's product what a folder's files say; twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from sextant.cli.output import refuse, say
from sextant.cli.remote import RemoteError, Server


@click.command("apply")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--server", metavar="URL", help="The server; or set SEXTANT_SERVER.")
@click.option("--reason", default="", help="Why the locked contract needs another one.")
def command(folder: Path, server: str | None, reason: str) -> None:
    """Begin or change the product of FOLDER, its people, sources and draft.

    A contract that is locked stays as it is: another text becomes the draft that is to supersede
    it. Signing, locking and uploading take a step of their own. Exit status: 0 done; 2 refused, a
    draft with problems, or an upload that is not there.
    """
    from sextant.cli.folder import FolderError

    try:
        remote = Server.named(server)
        said = list(_applied(remote, folder, reason))
    except FolderError as error:
        refuse([error])
    except RemoteError as error:
        refuse(error.problems)
    changed = [line for line, _ in said if line]
    say("\n".join(changed) if changed else "Nothing changed.")
    if problems := [problem for _, found in said for problem in found]:
        refuse(problems)


def _applied(remote: Server, folder: Path, reason: str) -> Iterator[tuple[str, list[str]]]:
    """Each change as a sentence (empty: nothing changed), with the problems that are left."""
    from sextant.cli.folder import CONTRACT, read_product, read_sources

    about, people = read_product(folder)
    sources = read_sources(folder)
    slug = str(about["slug"])
    yield from _product(remote, slug, about)
    yield from _people(remote, slug, people)
    yield from _sources(remote, slug, sources)
    if (folder / CONTRACT).exists():
        text = (folder / CONTRACT).read_text(encoding="utf-8")
        yield from _contract(remote, slug, text, reason)


def _product(remote: Server, slug: str, about: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    plain = {name: _plain(value) for name, value in about.items()}
    try:
        held = remote.get("products", slug)
    except RemoteError as error:
        if error.status != 404:
            raise
        remote.send("POST", plain, "products")
        yield f"Began product {slug}.", []
        return
    names = [name for name in plain if name != "slug" and not _same(plain[name], held[name])]
    if names:
        merged = {name: held[name] for name in held if name in plain} | plain
        merged["version"] = held["version"]
        remote.send("PUT", merged, "products", slug)
        yield f"Changed {', '.join(sorted(names))} of product {slug}.", []


def _people(
    remote: Server, slug: str, people: list[dict[str, str]]
) -> Iterator[tuple[str, list[str]]]:
    if not people:
        return
    folded = [one | {"email": one["email"].strip().lower()} for one in people]
    wanted = sorted(folded, key=lambda one: (one["part"], one["email"]))
    if remote.get("products", slug, "people")["people"] != wanted:
        remote.send("PUT", {"people": wanted}, "products", slug, "people")
        yield f"Set the people of product {slug}.", []


def _sources(
    remote: Server, slug: str, sources: list[dict[str, str]]
) -> Iterator[tuple[str, list[str]]]:
    """Paths are registered; files cannot come from a list of names, so absent ones are named."""
    held = {one["name"] for one in remote.get("products", slug, "sources")}
    for source in sources:
        if source["name"] in held:
            continue
        if source["kind"] == "folder":
            wanted = {"name": source["name"], "path": source["path"]}
            remote.send("POST", wanted, "products", slug, "sources")
            yield f"Registered source {source['name']}.", []
        else:
            missing = f"Source '{source['name']}' is an upload. Upload its file on the server."
            yield "", [missing]


def _contract(remote: Server, slug: str, text: str, reason: str) -> Iterator[tuple[str, list[str]]]:
    clean = text.replace("\r\n", "\n").rstrip() + "\n"
    contracts = remote.get("products", slug, "contracts")
    current = [one for state in ("draft", "locked") for one in contracts if one["state"] == state]
    if current and current[0]["text"] == clean:
        if current[0]["state"] == "draft":
            checked = remote.send("POST", {"text": clean}, "products", slug, "contracts", "check")
            yield "", _problems(checked)
        return
    version = current[0]["version"] if current and current[0]["state"] == "draft" else None
    asked = {"text": clean, "version": version, "reason": reason}
    kept = remote.send("PUT", asked, "products", slug, "contracts", "draft")
    yield f"Wrote the draft, contract {kept['contract']['number']}.", _problems(kept)


def _problems(answer: dict[str, Any]) -> list[str]:
    return [
        f"contract.yaml, line {one['line']}: {one['what']} {one['remedy']}".rstrip()
        for one in answer["problems"]
    ]


def _same(wanted: Any, held: Any) -> bool:
    """Whether a file's value is the server's: 500 is 500.0000 there."""
    if isinstance(wanted, int | float) and not isinstance(wanted, bool) and held is not None:
        return Decimal(str(wanted)) == Decimal(str(held))
    return bool(wanted == held)


def _plain(value: Any) -> Any:
    """Dates as text, so that they are JSON."""
    return value.isoformat() if hasattr(value, "isoformat") else value
