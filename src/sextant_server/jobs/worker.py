"""A worker: it takes jobs from the queue, and does what is due every so often."""

from __future__ import annotations

import logging
import os
import socket
import threading
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker

from sextant_server.jobs import actions

log = logging.getLogger("sextant.jobs")
LOOKS = 0.3
"""Seconds between two looks at an empty queue."""
TICKS = 2.0
"""Seconds between two looks at what is due."""


def work(max_jobs: int | None = None) -> None:
    """Work until a signal ends it; the job in hand is finished first."""
    name = f"{socket.gethostname()[:40]}-{os.getpid()}"
    queue = QueueWorker(
        queue_names=["*"],
        interval=LOOKS,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=max_jobs,
        worker_id=name,
        excluded_queue_names=[],
    )
    queue.configure_signals()
    with Ticking(name):
        queue.run()


class Ticking:
    """A thread that says the worker lives, takes up lost jobs, and calls what is due."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.started = timezone.now()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> None:
        actions.beat(self.name, self.started, self.started)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._thread is not threading.current_thread():
            self._thread.join(10)
        actions.forget(self.name)

    def _run(self) -> None:
        try:
            while not self._done.wait(TICKS):
                try:
                    tick(self.name, self.started)
                except DatabaseError:
                    log.exception("tick.failed")
        finally:
            connections.close_all()


def tick(name: str, started: datetime) -> None:
    """One look at what is due. What fails is logged, and tried again at its next turn."""
    now = timezone.now()
    actions.beat(name, started, now)
    actions.take_up_again(now)
    for dotted, seconds in settings.SEXTANT_TICKS.items():
        if not actions.due(dotted, timedelta(seconds=seconds), now):
            continue
        module, _, function = dotted.rpartition(".")
        try:
            getattr(import_module(module), function)(now)
        except Exception:
            log.exception("tick.failed", extra={"tick": dotted})
