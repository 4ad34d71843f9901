"""`sextant serve`: the web application in Granian, and beside it a worker."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import click

from sextant_server.commands import prepare

THREADS = 4
ENDS = 20
"""Seconds that a request in hand has to be answered once the server is told to end."""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--worker/--no-worker", default=True, help="Start a background worker, too.")
def command(host: str, port: int, workers: int, worker: bool) -> None:
    """Serve the web application. Settings come from the environment: docs/server.md."""
    if not os.environ.get("SEXTANT_URL"):
        os.environ["SEXTANT_URL"] = f"http://127.0.0.1:{port}"
    prepare.load()
    _refuse_open_http(host)
    prepare.database()
    prepare.heads()
    run(host, port, workers, worker)


def _refuse_open_http(host: str) -> None:
    from django.conf import settings

    from sextant_server.core.environment.reading import is_loopback

    if not is_loopback(host) and not settings.SEXTANT.https:
        prepare.stop(
            f"--host: {host} can be reached from elsewhere, but SEXTANT_URL is"
            f" {settings.SEXTANT.url}. Set it to the https address, behind a reverse proxy."
        )


def _collect_static() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def run(host: str, port: int, workers: int, worker: bool) -> None:
    """Serve until a signal ends it; the worker ends with it."""
    from sextant_server.commands.beside import Beside

    signal.signal(signal.SIGTERM, _end)  # before Granian listens for it: nothing is left behind
    _collect_static()
    with Beside(worker):
        _serve(host, port, workers)


def _end(*_: object) -> NoReturn:
    sys.exit(128 + signal.SIGTERM)


def _load(_: str) -> Callable[..., Any]:
    """The application, in a process of Granian's that ends when told to while it loads.

    It is forked with its parent's handlers, which would take the signal and do nothing.
    """
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, signal.SIG_DFL)
    from sextant_server.wsgi import application

    return application


def _serve(host: str, port: int, workers: int) -> None:
    from django.conf import settings
    from django.db import connections
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from sextant_server.commands.ending import Server

    connections.close_all()  # the workers are other processes and open their own
    click.echo(f"Sextant serves {settings.SEXTANT.url}", err=True)
    Server(
        "sextant_server.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        workers_kill_timeout=ENDS,
        blocking_threads=THREADS,
        websockets=False,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve(target_loader=_load)
