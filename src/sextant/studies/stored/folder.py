"""The folder that states are kept in: a file for every span and version, written in one step."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from sextant.contracts.ledger_file import held as waiting
from sextant.metrics.tally import Tally
from sextant.states.state import StateError
from sextant.studies.stored.layout import Layout, layout_from
from sextant.studies.stored.part import Header, opened, part_bytes, part_from

LAYOUT, SUFFIX = "states.json", "states"
UNDATED = "undated-"
_FILE = re.compile(rf"(?P<name>.+)\.(?P<version>[1-9]\d*)\.{SUFFIX}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of states: the span, or `undated-` and a digest of the source; its version."""

    name: str
    version: int
    path: Path

    @property
    def undated(self) -> bool:
        return self.name.startswith(UNDATED)


def place_of(span: str, source: str) -> str:
    """How the file of a span is called; rows without a time are kept per source."""
    return span or UNDATED + blake2b(source.encode(), digest_size=6).hexdigest()


def layout_in(folder: Path) -> Layout | None:
    """What a folder counts; None where nothing was kept there yet. Raises StateError."""
    path = folder / LAYOUT
    try:
        return layout_from(path.read_text(encoding="utf-8"), str(path))
    except FileNotFoundError:
        if folder.is_dir() and files_in(folder):
            remedy = "Restore the file, or tally into a new folder."
            raise StateError("States lie here without what they count", path, remedy) from None
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StateError(f"{path} cannot be read", error, "Restore the file.") from None


def files_in(folder: Path) -> list[Kept]:
    """Every file of states, older versions too, in the order of spans and versions."""
    try:
        paths = list(folder.iterdir())
    except OSError as error:
        remedy = "Name the folder that sextant tally wrote."
        raise StateError(f"{folder} cannot be read", error.strerror, remedy) from None
    found = [
        Kept(match["name"], int(match["version"]), path)
        for path in paths
        if (match := _FILE.fullmatch(path.name))
    ]
    return sorted(found, key=lambda one: (one.name, one.version))


def current(folder: Path) -> dict[str, Kept]:
    """The newest version of every span and of every source's rows without a time."""
    return {one.name: one for one in files_in(folder)}


def read(kept: Kept) -> tuple[Header, Tally]:
    """A span with its states. Raises StateError where the file is not what its name says."""
    header, tally = part_from(_bytes(kept), kept.path.name)
    _named(kept, header)
    return header, tally


def header(kept: Kept) -> Header:
    """What a file is of, its checksum checked. Raises StateError as `read` does."""
    found, _ = opened(_bytes(kept), kept.path.name)
    _named(kept, found)
    return found


def write(folder: Path, place: str, header: Header, tally: Tally) -> Path:
    """Write a span in one step: a reader sees the file whole or not at all."""
    path = folder / f"{place}.{header.version}.{SUFFIX}"
    _written(path, part_bytes(header, tally))
    return path


def write_layout(folder: Path, layout: Layout) -> None:
    """Make the folder, and say in it what it counts. Raises StateError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StateError(f"{folder} cannot be made", error.strerror, "Name another.") from None
    _written(folder / LAYOUT, layout.text().encode())


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other writers of the folder waiting, where the system can lock files."""
    with waiting(folder / LAYOUT):
        yield


def _named(kept: Kept, header: Header) -> None:
    sources = [one.source for one in header.seen]
    name = place_of(header.name, sources[0] if sources else "")
    if (name, header.version) != (kept.name, kept.version):
        said = f"{header.name or 'rows without a time'}, version {header.version}"
        remedy = "Give the file its name again."
        raise StateError(f"{kept.path.name} holds the states of another span", said, remedy)


def _bytes(kept: Kept) -> bytes:
    try:
        return kept.path.read_bytes()
    except OSError as error:
        raise StateError(f"{kept.path} cannot be read", error.strerror, "Restore it.") from None


def _written(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        remedy = "Make room, or name another folder."
        raise StateError(f"{path} cannot be written", error.strerror, remedy) from None
    finally:
        part.unlink(missing_ok=True)
