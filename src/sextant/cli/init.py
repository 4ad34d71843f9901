"""`sextant init`: look at a file, guess its columns' roles, write a contract to edit."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sextant.contracts.file.draft import Draft
    from sextant.engines.profile import ColumnProfile


@click.command("init")
@click.argument("data")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("contract.yaml"),
    show_default=True, help="Where to write the contract.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Overwrite the file if it is there.")
def command(data: str, output: Path, force: bool) -> None:
    """Look at DATA (Parquet or CSV), say what its columns hold, write a commented contract."""
    from sextant.contracts.file.draft import draft_text
    from sextant.engines.errors import SourceError
    from sextant.engines.profile import profile
    from sextant.engines.source import open_source

    if output.exists() and not force:
        click.echo(f"{output} is already there. Choose another with -o, or --force.", err=True)
        sys.exit(2)
    try:
        columns = profile(open_source(data))
    except SourceError as error:
        for problem in error.problems:
            click.echo(problem, err=True)
        sys.exit(2)
    if not columns:
        click.echo(f"{data} has no column that can be read.", err=True)
        sys.exit(2)
    click.echo(f"{columns[0].rows:,} rows in {data}")
    for line in _table(columns):
        click.echo(line)
    source = data if Path(data).is_absolute() else os.path.relpath(data, output.parent)
    draft = _draft(columns, source)
    output.write_text(draft_text(draft, str(output)), encoding="utf-8")
    click.echo(f"\nWrote {output}. Edit it, then: sextant check {output}")


def _draft(columns: list[ColumnProfile], source: str) -> Draft:
    from sextant.contracts.file.draft import Draft
    from sextant.engines.roles import AGE_BANDS, guess, is_age, two_classes

    roles = guess(columns)
    positive = None
    if roles.label and not two_classes(roles.label):
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
        segments=tuple(
            (one.name.casefold(), one.name, AGE_BANDS if is_age(one) else ())
            for one in roles.segments
        ),
        column=columns[0].name,
    )


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
