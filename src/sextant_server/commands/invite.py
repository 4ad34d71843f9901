"""`sextant invite`: how the first administrator comes in."""

from __future__ import annotations

import click

from sextant_server.commands import prepare


@click.command("invite")
@click.argument("email")
@click.option("--role", default="admin", show_default=True, help="guest, member or admin.")
def command(email: str, role: str) -> None:
    """Make an invitation and print its link, which works once."""
    prepare.load()
    prepare.database()
    prepare.heads()
    from sextant_server.accounts.acting import OPERATOR
    from sextant_server.accounts.actions import invite
    from sextant_server.accounts.mails import invitation_link
    from sextant_server.core.errors import Refused

    try:
        invitation, key = invite(OPERATOR, email, role)
    except Refused as refused:
        prepare.stop(refused.detail)
    click.echo(f"Works once, until {invitation.expires_at:%d %b %Y}:", err=True)
    click.echo(invitation_link(key))
