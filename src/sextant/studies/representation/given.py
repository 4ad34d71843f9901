"""A population as it is given: a declaration, a file of one, or a table to count in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sextant.contracts.model import Segment
from sextant.contracts.problems import suggest
from sextant.engines.errors import SourceError
from sextant.engines.source import open_source
from sextant.studies.representation.declared import MARGIN, Population, population_of
from sextant.studies.representation.judging import counted_in

SUFFIXES = {".yaml", ".yml"}


def population_given(
    given: Any, segments: Sequence[Segment], cross: Sequence[str] = (), margin: float | None = None
) -> Population | None:
    """The population that a mapping or a .yaml file declares, or that another table shows.

    Of a table the shares of every segment are taken, and of those named in `cross` together.
    Raises `ContractError` or `SourceError` with every problem.
    """
    problems = []
    if margin is not None and not 0 < margin < 1:
        problems.append(f"A margin of {margin:g} is no share between 0 and 1. Write 0.2.")
    named = {one.name: one for one in segments}
    problems += [
        f"'{name}' is to be crossed and is no segment. {suggest(name, named, 'segments')}"
        for name in cross if name not in named
    ]  # fmt: skip
    if given is None and (cross or margin is not None):
        problems.append("cross and margin belong to no population. Name one.")
    declares = isinstance(given, Mapping) or (
        isinstance(given, str | Path) and Path(given).suffix.lower() in SUFFIXES
    )
    if declares and cross:
        problems.append("A declaration says itself what is crossed. Write sex x age: {…} there.")
    if given is not None and not declares and not segments:
        problems.append("Of a table as population the groups are not known. Name segments.")
    if problems:
        raise SourceError(problems)
    if given is None:
        return None
    if declares:
        found = population_of(given if isinstance(given, Mapping) else text_of(Path(given)))
        return found if margin is None else replace(found, margin=margin)
    splits: list[tuple[Segment, ...]] = [(one,) for one in segments]
    splits += [tuple(named[name] for name in dict.fromkeys(cross))] if cross else []
    return counted_in(open_source(given), splits, MARGIN if margin is None else margin)


def text_of(path: Path) -> str:
    """The text of a file. Raises `SourceError` where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise SourceError([f"{path} cannot be read: {why}. Check the path."]) from None
