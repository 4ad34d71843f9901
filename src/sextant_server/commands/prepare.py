"""What every command of the server does first: settings checked, folder there, Django loaded."""

from __future__ import annotations

import importlib.util
import os
import secrets
import sys
from pathlib import Path
from typing import NoReturn

import click

UNUSABLE = 2


def stop(message: str) -> NoReturn:
    """End with the exit status of unusable input."""
    click.echo(message, err=True)
    sys.exit(UNUSABLE)


def load() -> None:
    """Load Django with checked settings; say every reason where they are refused."""
    if importlib.util.find_spec("django") is None:
        stop("The server's parts are not installed. Install them: pip install 'sextant[server]'")
    import django

    from sextant_server.core.environment import UnsafeSettings, read

    own_folder(os.environ)
    try:
        read(os.environ)
    except UnsafeSettings as unsafe:
        reasons = "\n".join(f"  {problem}" for problem in unsafe.problems)
        stop(f"Sextant does not start:\n{reasons}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sextant_server.settings")
    django.setup()


def own_folder(environ: os._Environ[str]) -> None:
    """Make the data folder, readable by its owner alone, and on this machine alone a secret key."""
    from urllib.parse import urlsplit

    from sextant_server.core.environment.reading import KEY_FILE, is_loopback
    from sextant_server.core.environment.variables import BY_NAME

    data = Path(environ.get("SEXTANT_DATA") or BY_NAME["SEXTANT_DATA"].default)
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        url = environ.get("SEXTANT_URL") or BY_NAME["SEXTANT_URL"].default
        alone = is_loopback(urlsplit(url).hostname or "")
        if alone and not environ.get("SEXTANT_SECRET_KEY") and not (data / KEY_FILE).exists():
            _write_once(data / KEY_FILE, secrets.token_urlsafe(50))
    except OSError as error:
        stop(f"SEXTANT_DATA: {data} cannot be written ({error.strerror}). Name another folder.")


def _write_once(path: Path, text: str) -> None:
    """Write a file that only its owner reads; another process may have been first."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text + "\n")


def database() -> None:
    """Set up an empty database; stop before one that needs an upgrade, or does not answer."""
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    from sextant_server.core.health import pending_migrations

    try:
        empty = not connection.introspection.table_names()
        pending = 0 if empty else pending_migrations()
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        stop(f"DATABASE_URL: the database does not answer ({reason}).")
    if empty:
        click.echo("Setting up the empty database", err=True)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
    elif pending:
        stop(
            f"The database lacks {pending} migrations. Back it up, then run: sextant manage migrate"
        )


def heads() -> None:
    """Stop where the head of the audit log could not be published."""
    from django.conf import settings

    path = settings.SEXTANT.audit_heads
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640))
    except OSError as error:
        stop(f"SEXTANT_AUDIT_HEADS: {path} cannot be appended to ({error.strerror}).")
