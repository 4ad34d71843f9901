"""`sextant worker`: does what waits in the queue, and what is due every so often."""

from __future__ import annotations

import click

from sextant_server.commands import prepare


@click.command("worker")
@click.option("--jobs", type=click.IntRange(1), help="End after so many jobs.")
def command(jobs: int | None) -> None:
    """Work on runs and letters until a signal ends it; the job in hand is finished first."""
    prepare.load()
    prepare.database()
    prepare.heads()
    from sextant_server.jobs.worker import work

    work(jobs)
