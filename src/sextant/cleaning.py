"""The Python interface of cleaning: a recipe drafted, and applied with its lineage."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from os import getpid
from pathlib import Path
from typing import Any, ClassVar

from sextant import __version__
from sextant.engines.cleaning import cleaned, opened, written
from sextant.engines.csvfile import broken_lines
from sextant.engines.errors import SourceError
from sextant.engines.fingerprint import fingerprint
from sextant.engines.source import open_files, open_source
from sextant.reports.rendered import Rendered
from sextant.studies.cleaning.recipe import digest, recipe_of
from sextant.studies.cleaning.result import Cleaned
from sextant.studies.cleaning.suggesting import suggested
from sextant.studies.quality.profiling import Asked, profiled
from sextant.studies.representation.given import text_of

WRITES = {".csv", ".parquet"}


@dataclass(frozen=True, slots=True, repr=False)
class CleanResult(Rendered):
    """What a recipe did: steps, rows and columns before and after. Prints as a report."""

    reports: ClassVar[str] = "cleaning"
    cleaned: Cleaned

    def to_dict(self) -> dict[str, Any]:
        """The lineage: the JSON object of `sextant clean --json` (schema 1)."""
        from sextant.reports.cleaning.as_dict import as_dict

        return as_dict(self.cleaned)


def clean(
    data: str | Path,
    recipe: str | Path | Mapping[str, Any],
    out: str | Path,
    *,
    today: date | None = None,
) -> CleanResult:
    """Apply a recipe to files and write the rows to a new one, `.csv` or `.parquet`.

    `recipe`: a mapping, or a YAML file. Rows keep their order; the input is never written. The
    result names the digest of the rows that went in, of the recipe and of the rows that came out,
    and what each step changed. Raises `ContractError` or `SourceError`, and then writes nothing.
    """
    steps = recipe_of(recipe if isinstance(recipe, Mapping) else text_of(Path(recipe)))
    day, code, end = today or date.today(), f"sextant {__version__}", Path(out)
    if end.suffix not in WRITES:
        raise SourceError([f"{end} is no .csv and no .parquet file. Name it by one of these."])
    part = end.with_name(f"{end.stem}.{getpid()}.part{end.suffix}")
    source = opened(str(data), part, end)
    after, done = cleaned(source, steps.steps)
    aside = () if source.typed else tuple(broken_lines(source.session).items())
    before = fingerprint(source)
    try:
        written(after, len(steps.steps), part)
        result = open_files([part], end.name)
        now = fingerprint(result)
        plain = Asked(sample=0)
        profiles = [profiled(plain, one, None, day, code) for one in (open_source(data), result)]
        part.replace(end)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    return CleanResult(
        Cleaned(
            source.name, end.name, before.hex, now.hex, steps,
            digest(steps), (before.rows, now.rows), done, profiles[0].columns,
            profiles[1].columns, aside, day.isoformat(), code,
        )
    )  # fmt: skip


def suggest_recipe(data: Any, *, ignore: tuple[str, ...] = ()) -> str:
    """A recipe as YAML, drafted from a profile of the table, to be edited. Raises `SourceError`.

    `ignore`: columns in which copies may differ. Columns with personal data get no step that names
    a value.
    """
    asked = Asked(ignore=tuple(ignore))
    return suggested(profiled(asked, open_source(data), None, date.today(), ""))
