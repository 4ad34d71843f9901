"""How a command that asks something of rows asks it, refuses, and says what it found."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn, Protocol, TypeVar

import click

from sextant.cli.output import interrupted, refuse, say, unwritable, write

STATUS = {"met": 0, "missed": 1, "undecided": 3}


class Answer(Protocol):
    """What the library gives back to whoever asks."""

    def to_dict(self) -> dict[str, Any]: ...
    def to_markdown(self) -> str: ...
    def to_html(self) -> str: ...


A = TypeVar("A", bound=Answer)
Command = TypeVar("Command", bound=Callable[..., Any])


class Progress:
    """One line on standard error that fills up; shown only on a terminal."""

    def __init__(self, what: str, stream: Any = None) -> None:
        self.what = what
        self.stream = stream or sys.stderr
        self.shown = False

    def __call__(self, share: float) -> None:
        if _is_terminal(self.stream) and share < 1:
            filled = round(20 * share)
            bar = "█" * filled + "·" * (20 - filled)
            self.stream.write(f"\r{self.what} {bar} {share:4.0%}")
            self.stream.flush()
            self.shown = True

    def clear(self) -> None:
        """Take the line away again."""
        if self.shown:
            self.stream.write("\r" + " " * 40 + "\r")
            self.stream.flush()
            self.shown = False


def answer_options(command: Command) -> Command:
    """The forms of an answer: `form`, `html` and `quiet` of a command."""
    for option in reversed(
        (
            click.option("--json", "form", flag_value="json",
                         help="Print one JSON object (schema 1)."),
            click.option("--markdown", "form", flag_value="markdown",
                         help="Print a pull-request comment."),
            click.option("--html", type=click.Path(path_type=Path),
                         help="Also write the report page here."),
            click.option("--quiet", is_flag=True, help="No progress on standard error."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


def asked(
    ask: Callable[[Progress | None], A],
    form: str | None,
    html: Path | None,
    quiet: bool,
    left: str = "nothing was recorded.",
) -> A:
    """What `ask` gives, its page written where one was asked for.

    Every problem of the options, the contract, the rows or the ledger is said in the form that was
    asked for, and the command stops with status 2; an interrupt says what it `left` undone.
    """
    from sextant.contracts.ledger import LedgerError
    from sextant.contracts.problems import ContractError
    from sextant.engines.errors import Cancelled, SourceError

    if html is not None and (problem := unwritable(html)):
        stop([problem], form)
    progress = None if quiet else Progress("Reading")
    try:
        answer = ask(progress)
    except (ContractError, SourceError) as error:
        stop([str(problem) for problem in error.problems], form)
    except (LedgerError, ValueError) as error:
        stop([str(error)], form)
    except (Cancelled, KeyboardInterrupt):
        interrupted(left)
    finally:
        if progress:
            progress.clear()
    if html is not None:
        written(html, answer.to_html(), form)
    return answer


def shown(answer: Answer, form: str | None, terminal: Callable[..., str]) -> None:
    """Print an answer; `terminal(width=, colour=)` draws it where no other form was asked for."""
    if form == "json":
        say(json_text(answer.to_dict()))
    elif form == "markdown":
        say(answer.to_markdown())
    else:
        say(terminal(width=width(), colour=colour()))


def noted(notes: Iterable[str], form: str | None) -> None:
    """Notes on standard error where the form that was printed does not hold them."""
    if form == "json":
        for note in notes:
            click.echo(note, err=True)


def written(path: Path, text: str, form: str | None, what: str = "Report") -> None:
    """Write a file that was asked for besides, and say so on standard error."""
    try:
        write(path, text)
    except OSError as error:
        stop([f"{path} cannot be written: {error.strerror}. Name another file."], form)
    click.echo(f"{what}: {path}", err=True)


def json_text(value: dict[str, Any]) -> str:
    """Without escapes where the reader's encoding can hold every character."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    plain = not encoding.lower().startswith("utf")
    return json.dumps(value, ensure_ascii=plain, allow_nan=False, indent=1)


def width() -> int:
    """Columns of the terminal; 100 where there is none."""
    return shutil.get_terminal_size((100, 24)).columns


def colour() -> bool:
    """Whether the answer goes to somebody who sees colours and has not declined them."""
    return _is_terminal(sys.stdout) and "NO_COLOR" not in os.environ


def stop(problems: list[str], form: str | None) -> NoReturn:
    """Say every problem, in the form that was asked for, and stop with status 2."""
    if form == "json":
        from sextant.reports.as_dict import errors_as_dict

        say(json_text(errors_as_dict(problems)))
    refuse(problems)


def _is_terminal(stream: Any) -> bool:
    """Whether a stream is a terminal; a stream that was closed at the start is None."""
    return stream is not None and stream.isatty()
