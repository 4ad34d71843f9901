"""What all commands share: how they answer, how they refuse, how they write a file."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import click

UNUSABLE, CANNOT_SAY, INTERRUPTED = 2, 74, 130


def say(text: str) -> None:
    """Print an answer. A reader that left early, as `head -1` does, is no error."""
    try:
        click.echo(text)
    except BrokenPipeError:
        _drop()
    except OSError as error:
        _drop()
        click.echo(f"The answer cannot be written: {error.strerror}.", err=True)
        sys.exit(CANNOT_SAY)


def _drop() -> None:
    """What is not written yet goes nowhere: else Python tries again at its end, and exits 120."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def refuse(problems: Iterable[object]) -> NoReturn:
    """Say every problem on standard error and stop with status 2."""
    for problem in problems:
        click.echo(str(problem), err=True)
    sys.exit(UNUSABLE)


def interrupted(what: str) -> NoReturn:
    """Say what an interrupt left undone and stop with the status that shells give it."""
    click.echo(f"Interrupted: {what}", err=True)
    sys.exit(INTERRUPTED)


def unwritable(path: Path) -> str | None:
    """Why a file cannot be written there, before any work is done for it."""
    folder = path.parent
    try:
        if path.is_dir():
            return f"{path} is a folder. Name a file in it."
    except OSError as error:
        return f"{path} cannot be written: {error.strerror}. Name another file."
    if not folder.is_dir():
        return f"There is no folder {folder}. Make it, or name another file than {path}."
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"The folder {folder} cannot be written to. Name another file than {path}."
    return None


def write(path: Path, text: str) -> None:
    """Write a file in one step: a reader sees the old one or the new one, never a part."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def csv_text(table: Mapping[str, Any]) -> str:
    """Columns of equal length as CSV; a cell that is no number is empty."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(table)
    rows.writerows(zip(*(_plain(one) for one in table.values()), strict=True))
    return text.getvalue()


def _plain(column: Any) -> list[Any]:
    return ["" if cell != cell else cell for cell in column.tolist()]
