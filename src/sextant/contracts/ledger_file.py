"""A ledger in a file beside its contract: read, written in one step, kept from other runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sextant.contracts.ledger import Ledger, LedgerError, ledger_from_text, ledger_text, unreadable


def ledger_path(contract: Path) -> Path:
    """`launch.yaml` keeps its looks in `launch.looks.json`."""
    return contract.with_name(contract.stem + ".looks.json")


def read_ledger(path: Path) -> Ledger:
    """The ledger of a file; empty where there is none.

    Raises `LedgerError` where the file is damaged: the count of looks must not start again.
    """
    if not path.exists():
        return Ledger()
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise unreadable(path.name, error) from None
    return ledger_from_text(text, path.name)


def write_ledger(path: Path, ledger: Ledger) -> None:
    """Write the ledger in one step: a reader sees the old or the new, never a part."""
    try:
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        part.write_text(ledger_text(ledger), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise LedgerError(
            f"The looks cannot be counted in {path.name} ({error.strerror}). "
            "Make the folder writable, or keep the count yourself with --look N."
        ) from None


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Keep other runs on the same contract waiting, where the system can lock files."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    try:
        handle = os.open(path.parent, os.O_RDONLY)
    except OSError:
        yield
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
