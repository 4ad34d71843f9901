"""DuckDB, embedded and locked down: it reads the files that were named and nothing else."""

from __future__ import annotations

import secrets
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from sextant.engines.errors import Cancelled

Progress = Callable[[float], None]
Columns = dict[str, NDArray[Any]]

SETTINGS: dict[str, str | int] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "preserve_insertion_order": "false",
}
MEGABYTES, A_THREAD = 256, 64
"""DuckDB's own buffers, and how much each thread needs; beyond it aggregates spill to a folder."""


def connect(files: Iterable[Path], ordered: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection that can reach `files` only, and can fetch nothing.

    `ordered`: rows keep the order of their files, which costs memory.

    Extensions are neither installed nor loaded on demand, other files and the network are out of
    reach, and no later statement can change these settings. Times with a zone are read in UTC,
    wherever the machine stands.
    """
    spill = f"sextant-spill-{secrets.token_hex(8)}"
    folder = str(Path(tempfile.gettempdir()) / spill)
    settings = SETTINGS | {"preserve_insertion_order": "true" if ordered else "false"}
    connection = duckdb.connect(config={**settings, "temp_directory": folder})
    allowed = ", ".join(literal(str(file)) for file in files)
    connection.execute(f"SET allowed_paths = [{allowed}]")
    connection.execute("SET TimeZone = 'UTC'")
    threads = connection.execute("SELECT current_setting('threads')").fetchall()[0][0]
    connection.execute(f"SET memory_limit = '{max(MEGABYTES, A_THREAD * threads)}MB'")
    connection.execute("SET enable_progress_bar_print = false")  # it would print among answers
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def literal(text: str) -> str:
    """A text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


class Session:
    """One connection whose queries are counted, timed and can be interrupted."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.queries: list[str] = []

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run `sql` and return its rows. Raises `Cancelled` when the user interrupts."""
        self.queries.append(sql)
        with self._cancellable():
            return self.connection.execute(sql).fetchall()

    def columns(self, sql: str, progress: Progress | None = None) -> Columns:
        """Run `sql` and return its columns; report the share done twice a second meanwhile.

        Raises `Cancelled` when the user interrupts, or where `progress` raises it; the query is
        stopped first.
        """
        self.queries.append(sql)
        with _Reporter(self.connection, progress), self._cancellable():
            return self.connection.execute(sql).fetchnumpy()

    @contextmanager
    def _cancellable(self) -> Iterator[None]:
        try:
            yield
        except (KeyboardInterrupt, RuntimeError, duckdb.InterruptException) as error:
            if isinstance(error, RuntimeError) and "interrupted" not in str(error):
                raise
            self.connection.interrupt()
            raise Cancelled from None


class _Reporter:
    """Reports a running query's progress from a thread of its own.

    Where the one who is told raises `Cancelled`, the query is interrupted.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, progress: Progress | None) -> None:
        self.connection, self.progress = connection, progress
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        if self.progress:
            self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.done.set()
        if self.progress:
            self.thread.join()
            self.progress(1.0)

    def _watch(self) -> None:
        assert self.progress is not None
        while not self.done.wait(0.4):
            share = max(self.connection.query_progress(), 0.0)
            try:
                self.progress(min(share / 100, 0.99))
            except Cancelled:
                self._stop()
                return

    def _stop(self) -> None:
        """Interrupt until the query has ended: what comes before it begins is forgotten."""
        self.connection.interrupt()
        while not self.done.wait(0.1):
            self.connection.interrupt()


def filled(column: NDArray[Any], value: Any) -> NDArray[Any]:
    """A column without its mask: missing entries become `value`."""
    if isinstance(column, np.ma.MaskedArray):
        return np.asarray(column.filled(value))
    return column
