"""`sextant manage` and `sextant-server`: Django's own commands with checked settings."""

from __future__ import annotations

import sys

import click

from sextant_server.commands import prepare


def run(arguments: list[str]) -> None:
    """Run one of Django's commands."""
    prepare.load()
    from django.core.management import call_command, execute_from_command_line

    execute_from_command_line(["sextant manage", *arguments])
    if arguments[:1] == ["migrate"]:
        call_command("createcachetable", verbosity=0)


@click.command("manage", context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run a command of Django: migrate, check, clearsessions, shell, …"""
    run(list(arguments) or ["help"])


def main() -> None:
    """The program `sextant-server`."""
    run(sys.argv[1:] or ["help"])
