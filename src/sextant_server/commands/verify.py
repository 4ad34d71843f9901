"""`sextant verify`: is what was recorded still what was recorded?"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from sextant_server.commands import prepare

if TYPE_CHECKING:
    from sextant_server.audit.seals import Kind

BROKEN = 1
SHOWN = 20


@click.command("verify")
def command() -> None:
    """Verify the audit log, and every record that it seals.

    Each digest, each link, the heads that were published; then each locked contract, each
    evidence with its states, each decision. Exit status: 0 whole, 1 tampered with, 2 could not be
    read.
    """
    prepare.load()
    prepare.database()
    from django.conf import settings

    from sextant_server.audit.seals import check
    from sextant_server.audit.verify import verify

    found = verify(settings.SEXTANT.audit_heads)
    whole = _told("audit log", list(found.faults))
    if whole:
        click.echo(f"audit log: {found.entries} entries, {found.heads} published heads, whole")
    for dotted in settings.SEXTANT_SEALED:
        module, _, name = dotted.rpartition(".")
        kind: Kind = getattr(import_module(module), name)
        count, faults = check(kind)
        if _told(kind.name, faults):
            click.echo(f"{kind.name}: {count} sealed, whole")
        else:
            whole = False
    if not whole:
        sys.exit(BROKEN)
    click.echo(f"head {found.digest}")


def _told(what: str, faults: list[str]) -> bool:
    """Say what is wrong; True where nothing is."""
    for fault in faults[:SHOWN]:
        click.echo(f"{what}: {fault}")
    if len(faults) > SHOWN:
        click.echo(f"{what}: {len(faults) - SHOWN} more faults")
    return not faults
