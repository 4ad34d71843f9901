"""`sextant backup` and `sextant restore`: everything of an installation in one file."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sextant import __version__
from sextant_server.commands import prepare

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

DATABASE, SOURCES, HEADS, KEY, ABOUT = (
    "database", "sources", "audit-heads.jsonl", "secret-key", "about.json",
)  # fmt: skip


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--with-key", is_flag=True, help="Also the secret key: keep the file as safe as it.")
def backup(file: Path, with_key: bool) -> None:
    """Write database, uploads and audit heads to FILE, while the server runs."""
    prepare.load()
    from django.conf import settings
    from django.db import connection

    if file.exists():
        prepare.stop(f"{file} is already there. Name another file.")
    data, part = Path(settings.SEXTANT.data), file.with_name(f"{file.name}.part")
    with tempfile.TemporaryDirectory(prefix="sextant-backup-") as folder:
        copy = Path(folder) / DATABASE
        _dump(connection, copy)
        about = Path(folder) / ABOUT
        vendor = connection.vendor
        about.write_text(json.dumps({"version": __version__, "database": vendor}))
        try:
            with tarfile.open(part, "w:gz", compresslevel=3) as archive:
                archive.add(about, ABOUT)
                archive.add(copy, DATABASE)
                for path, name in (
                    (data / SOURCES, SOURCES),
                    (settings.SEXTANT.audit_heads, HEADS),
                    (data / KEY, KEY if with_key else ""),
                ):
                    if name and path.exists():
                        archive.add(path, name)
            part.chmod(0o600)
            part.replace(file)
        except OSError as error:
            part.unlink(missing_ok=True)
            prepare.stop(f"{file} cannot be written ({error.strerror}). Nothing was kept.")
    click.echo(f"{file}: {file.stat().st_size:,} bytes")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(file: Path) -> None:
    """Put a backup into an empty installation, then verify it."""
    prepare.load()
    from django.conf import settings
    from django.db import connection

    if connection.introspection.table_names():
        prepare.stop("The database is not empty. Restore into a new one: name it in DATABASE_URL.")
    data = Path(settings.SEXTANT.data)
    if (data / SOURCES).exists():
        prepare.stop(f"{data / SOURCES} is already there. Restore into a new folder.")
    with tempfile.TemporaryDirectory(prefix="sextant-restore-") as name:
        folder = Path(name)
        try:
            with tarfile.open(file) as archive:
                _unpack(archive, folder)
            about = json.loads((folder / ABOUT).read_text())
        except (OSError, tarfile.TarError, ValueError, KeyError) as error:
            prepare.stop(f"{file} is no backup of Sextant ({error}).")
        if about["database"] != connection.vendor:
            prepare.stop(
                f"The backup is of {about['database']}, DATABASE_URL names {connection.vendor}."
            )
        connection.close()
        _load(connection, folder / DATABASE)
        if (folder / SOURCES).is_dir():
            shutil.copytree(folder / SOURCES, data / SOURCES)
        for kept, place in ((HEADS, settings.SEXTANT.audit_heads), (KEY, data / KEY)):
            if (folder / kept).exists():
                shutil.copyfile(folder / kept, place)
                place.chmod(0o600)
    click.echo("Restored. Verifying it:")
    from sextant_server.commands.verify import command as verify

    verify.callback()  # type: ignore[misc]


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Files and folders alone, and only inside `folder`. Raises `TarError` at anything else.

    Python's own filter for this came with 3.11.4.
    """
    for member in archive:
        place = (folder / member.name).resolve()
        held = archive.extractfile(member) if member.isfile() else None
        if not place.is_relative_to(folder.resolve()) or not (held or member.isdir()):
            raise tarfile.ExtractError(f"{member.name} is no file inside it")
        if held is None:
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            continue
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with held, place.open("wb") as file:
            shutil.copyfileobj(held, file)


def _dump(connection: BaseDatabaseWrapper, to: Path) -> None:
    """A consistent copy of the database while others write."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(to)])
        return
    _postgresql("pg_dump", connection, "--format=custom", f"--file={to}")


def _load(connection: BaseDatabaseWrapper, copy: Path) -> None:
    if connection.vendor == "sqlite":
        shutil.copyfile(copy, connection.settings_dict["NAME"])
        return
    _postgresql("pg_restore", connection, "--no-owner", "--exit-on-error", str(copy))


def _postgresql(program: str, connection: BaseDatabaseWrapper, *arguments: str) -> None:
    """PostgreSQL's own program, which must be of the server's version or newer."""
    found = shutil.which(program)
    if not found:
        prepare.stop(f"{program} is not installed. Install PostgreSQL's client programs.")
    held = connection.settings_dict
    to = ["--dbname"] if program == "pg_restore" else []
    where = {"--host": held["HOST"], "--port": held["PORT"], "--username": held["USER"]}
    options = [word for name, value in where.items() if value for word in (name, str(value))]
    tail = [*to, held["NAME"], *arguments] if to else [*arguments, held["NAME"]]
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        [found, *options, *tail], check=False, capture_output=True, text=True,
        env={"PGPASSWORD": held["PASSWORD"]},
    )  # fmt: skip
    if done.returncode:
        prepare.stop(f"{program} failed: {done.stderr.strip()[-400:]}")
