"""`sextant judge`: ask a judge, see what it is worth, draw what people should judge next."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sextant.cli.answering import STATUS, Progress, answer_options, asked, shown, stop
from sextant.cli.output import interrupted, say, unwritable, write
from sextant.cli.written import segment_of, share_of

if TYPE_CHECKING:
    from sextant.endpoint.running import Run


@click.group("judge", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Judges with few human labels.

    A judge is a column of verdicts on every row; people judged some rows, drawn at random.
    """


@command.command("agree")
@click.argument("data", metavar="TABLE")
@click.option("--human", required=True, metavar="COLUMN", help="What people said of some rows.")
@click.option("--judge", required=True, metavar="COLUMN", help="A judge's verdict on every row.")
@click.option("--positive", metavar="VALUE", help="The verdict that counts, of several.")
@click.option("--at-least", type=float, metavar="NUMBER", help="The score that counts as a pass.")
@click.option("--promise", metavar="BOUND", help="'>= 80%' · '>= 80% in every segment'.")
@click.option(
    "--rater", "raters", multiple=True, metavar="COLUMN",
    help="One person's verdicts, for agreement among people. Again for another.",
)  # fmt: skip
@click.option("--swapped", metavar="COLUMN", help="The judge on the same pairs, other order.")
@click.option(
    "--answers", nargs=2, metavar="FIRST SECOND",
    help="What verdicts call the answer shown first, and the other: 1 2, A B.",
)  # fmt: skip
@click.option("--lengths", nargs=2, metavar="COLUMN COLUMN", help="Both answers, or their lengths.")
@click.option(
    "--favours", multiple=True, metavar="NAME=COLUMN",
    help="A column that names the answer which a bias would favour. Again for another.",
)  # fmt: skip
@click.option(
    "--segment", "segments", multiple=True, metavar="NAME[=COLUMN][:EDGES]",
    help="topic · age=AGEP:25,45,65. Again for another.",
)  # fmt: skip
@click.option("--stratum", metavar="NAME", help="Labels were drawn at random inside this segment.")
@click.option("--unit", metavar="COLUMN", help="Rows of one unit are dependent.")
@click.option(
    "--scale", type=click.Choice(["nominal", "ordinal", "interval"]),
    help="What lies between two verdicts, for Krippendorff's α.",
)  # fmt: skip
@click.option("--confidence", metavar="PERCENT", default="95%", show_default=True)
@click.option("--look", type=click.IntRange(min=1), default=1, help="The number of this look.")
@answer_options
def agree(data: str, form: str | None, html: Path | None, quiet: bool, **given: Any) -> None:
    """What would people say of all rows, and how far is the judge to be trusted?

    Exit status with --promise: 0 kept, 1 not kept, 3 undecided; without it 0. 2 for unusable input.
    """
    from sextant.judging import judge
    from sextant.reports.judges.terminal import render

    result = asked(
        lambda progress: judge(data, **_arguments(given), progress=progress), form, html, quiet,
        "nothing was written.",
    )  # fmt: skip
    shown(result, form, partial(render, result.to_dict()))
    sys.exit(STATUS[result.verdict] if result.verdict else 0)


def _arguments(given: dict[str, Any]) -> dict[str, Any]:
    """The options as `sextant.judge` takes them. Raises ValueError for what is none."""
    taken = ("human", "judge", "positive", "at_least", "promise", "swapped", "stratum", "unit",
             "scale", "look")  # fmt: skip
    found = {name: given[name] for name in taken if given[name] is not None}
    found["raters"] = given["raters"]
    found["confidence"] = share_of(given["confidence"], "--confidence")
    for name in ("answers", "lengths"):
        if given[name]:
            found[name] = tuple(given[name])
    if given["segments"]:
        found["segments"] = dict(segment_of(one) for one in given["segments"])
    favours = {}
    for written in given["favours"]:
        name, equals, column = written.partition("=")
        if not (name and equals and column):
            raise ValueError(f"--favours {written!r} names no column. Write 'own answer=mine'.")
        favours[name] = column
    if favours:
        found["favours"] = favours
    return found


@command.command("next")
@click.argument("data", metavar="TABLE")
@click.option("--human", required=True, metavar="COLUMN", help="What people said so far.")
@click.option("--judge", required=True, metavar="COLUMN", help="A judge's verdict on every row.")
@click.option("--key", required=True, metavar="COLUMN", help="What tells the rows apart.")
@click.option("--rows", required=True, type=click.IntRange(min=1), help="How many to draw.")
@click.option("--positive", metavar="VALUE", help="The verdict that counts, of several.")
@click.option("--at-least", type=float, metavar="NUMBER", help="The score that counts as a pass.")
@click.option("--mean", is_flag=True, help="The mean of a score is what counts.")
@click.option(
    "--by", type=click.Choice(["random", "judge"]), default="random", show_default=True,
    help="From all rows alike, or inside the judge's verdicts.",
)  # fmt: skip
@click.option("--bands", metavar="EDGES", help="Cut the judge's numbers here: 0.2,0.5,0.8.")
@click.option("--seed", default="1", show_default=True, help="The same seed draws the same rows.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The CSV to write.")
def next_(data: str, bands: str | None, out: Path, **given: Any) -> None:
    """Which rows should people judge next? Drawn at random inside strata, so that estimates hold.

    Writes key, stratum and probability of each row, in a random order.
    """
    from sextant.contracts.problems import ContractError
    from sextant.engines.errors import SourceError
    from sextant.judging import label_next

    if problem := unwritable(out):
        stop([problem], None)
    try:
        edges = [float(edge) for edge in bands.split(",")] if bands else []
    except ValueError:
        stop([f"--bands {bands!r} holds no numbers. Write 0.2,0.5,0.8."], None)
    try:
        drawing = label_next(data, bands=edges, **given)
    except (ContractError, SourceError) as error:
        stop([str(problem) for problem in error.problems], None)
    try:
        write(out, drawing.to_csv())
    except OSError as error:
        stop([f"{out} cannot be written: {error.strerror}. Name another file."], None)
    lines = [f"{len(drawing.rows):,} rows to judge are in {out}, in a random order (seed "
             f"{drawing.seed})."]  # fmt: skip
    lines += [
        f"  {one.name:<24} {one.drawn:>7,} of {one.rows - one.judged:,} left, {one.judged:,} judged"
        for one in drawing.strata
    ]
    if drawing.by == "judge":
        lines.append(f"When they are judged: sextant judge agree … --stratum {drawing.stratum}")
    say("\n".join(lines))


@command.command("run")
@click.argument("data", metavar="TABLE")
@click.option(
    "--rubric", required=True, type=click.Path(path_type=Path), help="What the judge is asked."
)
@click.option("--endpoint", required=True, metavar="URL", help="An OpenAI-compatible address.")
@click.option("--model", required=True, metavar="NAME", help="The model that judges.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The CSV to write.")
@click.option(
    "--journal", type=click.Path(path_type=Path),
    help="Where answers are kept; OUT.journal.ndjson by default.",
)  # fmt: skip
@click.option("--column", default="judge", show_default=True, help="What its verdicts are called.")
@click.option(
    "--key-env", default="OPENAI_API_KEY", show_default=True, metavar="VARIABLE",
    help="The environment variable that holds the key.",
)  # fmt: skip
@click.option("--max-cost", type=click.FloatRange(min=0), help="Never spend more than this.")
@click.option("--max-requests", type=click.IntRange(min=1), help="Ask no more than so often now.")
@click.option("--per-minute", type=click.FloatRange(min=0.01), help="Requests a minute at most.")
@click.option("--at-once", type=click.IntRange(1, 64), default=4, show_default=True)
@click.option("--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True)
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def run_(
    data: str,
    out: Path,
    journal: Path | None,
    key_env: str,
    max_cost: float | None,
    max_requests: int | None,
    quiet: bool,
    **given: Any,
) -> None:
    """Ask a judge about every row; a run that stopped goes on, and nothing is paid twice.

    Exit status: 0 every row has an answer, 3 some are left, 2 unusable input, 130 interrupted.
    """
    from sextant.contracts.problems import ContractError
    from sextant.endpoint.client import EndpointError
    from sextant.endpoint.journal import JournalError
    from sextant.engines.errors import SourceError
    from sextant.judge_runs import run_judge

    if problem := unwritable(out):
        stop([problem], None)
    kept = journal or out.with_name(f"{out.name}.journal.ndjson")
    progress = None if quiet else Progress("Judging")
    try:
        done = run_judge(
            data, journal=kept, key=os.environ.get(key_env) or None, most_cost=max_cost,
            most_requests=max_requests, progress=progress, **given,
        )  # fmt: skip
        write(out, done.to_csv())
    except (ContractError, SourceError) as error:
        stop([str(problem) for problem in error.problems], None)
    except (EndpointError, JournalError) as error:
        stop([str(error)], None)
    except OSError as error:
        stop([f"{out} cannot be written: {error.strerror}. Name another file."], None)
    finally:
        if progress:
            progress.clear()
    say("\n".join(_told(done.run, out, kept)))
    if done.run.stopped == "interrupted":
        interrupted("what was answered is kept; the same command goes on.")
    sys.exit(3 if done.run.left else 0)


STOPPED = {
    "budget": "Stopped before --max-cost could be exceeded",
    "requests": "Stopped at --max-requests",
    "interrupted": "Stopped by you",
}


def _told(run: Run, out: Path, journal: Path) -> list[str]:
    lines = [f"{run.asked:,} answers now, {run.kept:,} from earlier runs; {out}, {journal}."]
    if run.spent:
        lines.append(f"Spent so far, over all runs: {run.spent:.6g}.")
    lines += [f"  no verdict: {problem} {n:,}" for problem, n in run.problems]
    if run.left:
        why = STOPPED.get(run.stopped, f"{run.unanswered:,} got no answer")
        lines.append(f"{why}: {run.left:,} questions are left. The same command goes on.")
    return lines
