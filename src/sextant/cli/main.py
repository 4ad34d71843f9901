"""The `sextant` command. Subcommands are imported only when they are called."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points
from io import TextIOWrapper
from types import TracebackType
from typing import Any

import click

from sextant import __version__
from sextant.cli.output import interrupted

COMMANDS = {
    "check": "Measure a contract's criteria on its data and judge them.",
    "tally": "Keep the states of every day, to check any range without the rows.",
    "states": "What do kept states hold: days, rows, sources, versions?",
    "compare": "Is version B of a model better than version A, on the same rows?",
    "drift": "What changed since the reference: columns, shares, scores?",
    "estimate": "What would labels show, where there are none yet?",
    "fairness": "Who is hurt by a model's decisions, and how sure is that?",
    "judge": "What is a judge worth, and which rows should people judge next?",
    "calibration": "Do scores mean what they say, and would recalibrating help?",
    "threshold": "Where to cut a score: what each threshold costs, and which may be the cheapest.",
    "mitigate": "What would make decisions fairer, and what would it cost?",
    "weak": "Where does the model err more often than elsewhere?",
    "profile": "Is the data good, enough, allowed? Columns, suspicions, rules.",
    "clean": "Clean a file by a recipe, or draft one.",
    "enough": "Are there rows enough to decide a contract, before it is built?",
    "probe": "Is it feasible at all? What a labelled table promises.",
    "baseline": "Let a kept baseline answer the rows of a file.",
    "init": "Look at a file, guess its columns' roles, write a contract to edit.",
    "lock": "Lock a contract before its results are seen.",
    "metrics": "List the metrics, or explain one.",
    "gate": "Ask a server's people for a decision, and wait for it.",
    "apply": "Make a server's product what a folder's files say.",
    "export": "Write a server's product to files.",
    "completion": "Print the completion script of your shell.",
}


FAULT = 70
"""The exit status of a fault in the program, after EX_SOFTWARE: 1 is kept for *missed*."""


class Commands(click.Group):
    """A group that knows its commands by name and summary before it imports them.

    Other packages add theirs through the entry point group `sextant.commands`.
    """

    def __call__(self, *args: Any, **extra: Any) -> Any:
        """Run as a program of its own: also where a terminal cannot show every character."""
        sys.excepthook = _fault
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")
        return self.main(*args, **extra)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command. An interrupt ends with 130, never with the 1 that says *missed*."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, False, **extra)
        try:
            status = super().main(args, prog_name, complete_var, False, **extra)
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)
        except click.Abort:
            interrupted("the answer is not complete.")
        sys.exit(status if isinstance(status, int) else 0)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS, *sorted(_added())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            command = importlib.import_module(f"sextant.cli.{cmd_name}").command
        elif cmd_name in (added := _added()):
            command = added[cmd_name].load()
        else:
            return None
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = list(COMMANDS.items())
        for name in sorted(_added()):
            added = self.get_command(ctx, name)
            rows.append((name, added.get_short_help_str(limit=70) if added else ""))
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            import difflib

            close = difflib.get_close_matches(args[0], self.list_commands(ctx), n=1)
            hint = f" Did you mean '{close[0]}'?" if close else ""
            ctx.fail(f"There is no command '{args[0]}'.{hint}")


def _fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    sys.__excepthook__(kind, error, trace)
    click.echo("This is a fault in Sextant and no verdict. Please report it.", err=True)
    raise SystemExit(FAULT)


def _added() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group="sextant.commands")}


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sextant")
def main() -> None:
    """Steer an AI product by evidence.

    Exit status of check, compare and calibration: 0 met, 1 missed, 3 undecided, 2 unusable input.
    """
