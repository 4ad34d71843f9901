"""`sextant init`: look at a file, guess its columns' roles, write a contract to edit."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sextant.cli.output import interrupted, refuse, say, unwritable, write

if TYPE_CHECKING:
    from sextant.contracts.file.draft import Draft
    from sextant.engines.profile import ColumnProfile


@click.command("init")
@click.argument("data")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("contract.yaml"),
    show_default=True, help="Where to write the contract.",
)  # fmt: skip
@click.option(
    "--risk/--no-risk", default=None,
    help="A model that looks for a risk in people: propose to bound how many are challenged"
    " without cause. By default the label's name tells: fraud, default, abuse …",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
def command(data: str, output: Path, risk: bool | None, force: bool) -> None:
    """Look at DATA (Parquet or CSV), say what its columns hold, write a commented contract."""
    from sextant.contracts.file.draft import draft_text
    from sextant.engines.errors import Cancelled, SourceError
    from sextant.engines.profile import profile
    from sextant.engines.source import open_source

    if output.exists() and not force:
        refuse([f"{output} is already there. Choose another with -o, or --force."])
    if problem := unwritable(output):
        refuse([problem])
    try:
        columns = profile(open_source(data))
    except SourceError as error:
        refuse(error.problems)
    except (Cancelled, KeyboardInterrupt):
        interrupted("no contract was written.")
    if not columns:
        refuse([f"{data} has no column that can be read."])
    source = data if Path(data).is_absolute() else os.path.relpath(data, output.parent)
    try:
        write(output, draft_text(_draft(columns, source, risk), str(output)))
    except OSError as error:
        refuse([f"{output} cannot be written: {error.strerror}. Choose another with -o."])
    head = f"{columns[0].rows:,} rows in {data}"
    edit = f"\nWrote {output}. Edit it, then: sextant check {output}"
    say("\n".join([head, *_table(columns), edit]))


def _draft(columns: list[ColumnProfile], source: str, risk: bool | None = None) -> Draft:
    from sextant.contracts.file.draft import Draft
    from sextant.engines.roles import bands_of, guess, risk_of
    from sextant.engines.tasks import done_column, effort_columns, rubrics, two_classes

    roles = guess(columns)
    done = done_column(columns)
    positive = None
    if roles.task == "binary" and roles.label and not two_classes(roles.label):
        positive = roles.label.values[-1]
    return Draft(
        source=source,
        label=roles.label.name if roles.label else None,
        positive=positive,
        score=roles.score.name if roles.score else None,
        scale=roles.scale,
        prediction=roles.prediction.name if roles.prediction else None,
        time=roles.time.name if roles.time else None,
        unit=roles.unit.name if roles.unit else None,
        segments=tuple((one.name.casefold(), one.name, bands_of(one)) for one in roles.segments),
        column=columns[0].name,
        task=roles.task,
        done=done.name if done else None,
        rubrics=tuple((one.name, not two_classes(one)) for one in rubrics(columns)),
        spent=tuple(one.name for one in effort_columns(columns)),
        risk=_risk(risk, risk_of(roles.label.name if roles.label else None, positive)),
    )


def _risk(said: bool | None, named: str) -> str:
    """Why it is taken for a risk model: somebody said so, or the label's name does."""
    if said is None:
        return named
    return (named or "It looks for a risk in people") if said else ""


def _table(columns: list[ColumnProfile]) -> list[str]:
    width = min(max(len(one.name) for one in columns), 32)
    lines = []
    for one in columns:
        gaps = f"{one.missing / one.rows:.1%} missing" if one.missing and one.rows else ""
        if one.values:
            held = ", ".join(one.values[:6]) + (" …" if len(one.values) > 6 else "")
        elif one.numeric:
            held = f"{one.low:g} to {one.high:g}"
        else:
            held = f"about {one.distinct:,} values"
        lines.append(f"  {one.name[:width]:<{width}}  {one.kind:<8} {held}  {gaps}".rstrip())
    return lines
