"""A worker beside the web application: a process of its own, started again should it die."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence

import click

WORKER = (sys.executable, "-m", "sextant", "worker")
AGAIN, ENDS = 2.0, 20.0
"""Seconds until it is started again, and until it is killed when it does not end."""


class Beside:
    """Keeps one worker running; does nothing where none is wanted."""

    def __init__(self, wanted: bool, command: Sequence[str] = WORKER) -> None:
        self.wanted, self.command = wanted, command
        self._done = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._starts = threading.Lock()
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def __enter__(self) -> None:
        if self.wanted:
            self._process = self._started()
            self._thread.start()

    def __exit__(self, *_: object) -> None:
        with self._starts:
            self._done.set()
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(ENDS)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*self.command], start_new_session=True)  # noqa: S603 - our own

    def _keep(self) -> None:
        while not self._done.wait(AGAIN):
            with self._starts:
                if self._done.is_set() or self._process is None or self._process.poll() is None:
                    continue
                click.echo("The worker ended; it is started again.", err=True)
                self._process = self._started()
