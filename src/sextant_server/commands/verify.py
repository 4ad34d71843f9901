"""`sextant verify`: is what was recorded still what was recorded?"""

from __future__ import annotations

import sys

import click

from sextant_server.commands import prepare

BROKEN = 1
SHOWN = 20


@click.command("verify")
def command() -> None:
    """Verify the audit log: every digest, every link, the heads that were published.

    Exit status: 0 whole, 1 tampered with, 2 could not be read.
    """
    prepare.load()
    prepare.database()
    from django.conf import settings

    from sextant_server.audit.verify import verify

    found = verify(settings.SEXTANT.audit_heads)
    for fault in found.faults[:SHOWN]:
        click.echo(f"audit log: {fault}")
    if len(found.faults) > SHOWN:
        click.echo(f"audit log: {len(found.faults) - SHOWN} more faults")
    if not found.whole:
        sys.exit(BROKEN)
    click.echo(f"audit log: {found.entries} entries, {found.heads} published heads, whole")
    click.echo(f"head {found.digest}")
