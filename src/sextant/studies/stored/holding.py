"""What a folder of states holds: every file with the rows it has seen, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sextant.states.state import StateError
from sextant.studies.stored.folder import Kept, current, files_in, header, layout_in
from sextant.studies.stored.layout import Layout
from sextant.studies.stored.part import Header
from sextant.studies.stored.spans import between, order


@dataclass(frozen=True, slots=True)
class File:
    """One file: what it is of, and whether a newer version has taken its place."""

    header: Header
    current: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """All of a folder; `missing`: spans between the first and the last without a file."""

    folder: Path
    layout: Layout
    files: tuple[File, ...]
    missing: tuple[str, ...]
    size: int


def holding(folder: Path) -> Holding:
    """Every file's header, its checksum checked. Raises StateError."""
    layout = layout_in(folder)
    if layout is None:
        remedy = "Write them first: sextant tally SOURCE CONTRACT -o FOLDER."
        raise StateError("There are no states in", folder, remedy)

    def place(one: Kept) -> tuple[bool, tuple[float, str], int]:
        span = (0.0, one.name) if one.undated else order(one.name, layout.by)
        return (not one.undated, span, one.version)

    now = {one.path for one in current(folder).values()}
    files = files_in(folder)
    found = tuple(File(header(one), one.path in now) for one in sorted(files, key=place))
    names = sorted(
        {one.name for one in files if not one.undated}, key=lambda name: order(name, layout.by)
    )
    wanted = between(names[0], names[-1], layout.by) if names else []
    missing = tuple(name for name in wanted if name not in set(names))
    return Holding(folder, layout, found, missing, sum(one.path.stat().st_size for one in files))
