"""Paths that people name: only inside the allowed folders, whatever links and dots say."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from sextant_server.core.errors import Invalid

MOST_FILES = 2_000
CHUNK = 1 << 20


def matching(path: str) -> list[Path]:
    """The files of a path or glob, as they really lie. Raises Invalid with the remedy.

    What lies outside is refused alike whether it exists or not.
    """
    folders = settings.SEXTANT.folders
    if not folders:
        raise Invalid(
            "The server may read no folder: whoever runs it names some in SEXTANT_FOLDERS. Upload"
            " the file instead.",
            "path",
        )
    allowed = " or ".join(str(folder) for folder in folders)
    if "://" in path or "\x00" in path or not Path(path).is_absolute():
        raise Invalid(f"Write the whole path of a file in {allowed}.", "path")
    if ".." in Path(path).parts:
        raise Invalid("A path with '..' is not read. Write it without.", "path")
    if not _inside(_fixed(path), folders):
        raise Invalid(f"The path lies in no allowed folder. Name a file in {allowed}.", "path")
    found = [Path(path)] if Path(path).is_file() else sorted(
        Path(one) for one in glob.glob(path, recursive=True)  # noqa: PTH207 - a pattern from the root
    )  # fmt: skip
    files = [file.resolve() for file in found if file.is_file()]
    if not files:
        raise Invalid(f"No file matches {path}. Check the path.", "path")
    if len(files) > MOST_FILES:
        raise Invalid(f"{len(files):,} files match; at most {MOST_FILES:,} are read.", "path")
    if not all(_inside(file, folders) for file in files):
        raise Invalid(
            f"The path leads out of the allowed folders. Name a file in {allowed}.", "path"
        )
    return files


def lying(files: Iterable[str]) -> list[Path]:
    """Files that were found once, as they really lie now.

    Raises Invalid where one is gone, or leads out of the folders that are allowed today.
    """
    found = [Path(file).resolve() for file in files]
    if not all(_inside(file, settings.SEXTANT.folders) and file.is_file() for file in found):
        raise Invalid("A file is gone, or leads out of the allowed folders. Check it.", "path")
    return found


def _fixed(path: str) -> Path:
    """The part of a pattern before its first wildcard, as it really lies."""
    parts: list[str] = []
    for part in Path(path).parts:
        if glob.has_magic(part):
            break
        parts.append(part)
    return Path(*parts).resolve()


def _inside(path: Path, folders: tuple[Path, ...]) -> bool:
    return any(path == folder or folder in path.parents for folder in folders)


def content_of(files: list[Path]) -> tuple[str, int]:
    """The SHA-256 over the bytes of all files, in order, and how many bytes they are."""
    hashed, size = hashlib.sha256(), 0
    for file in files:
        with file.open("rb") as opened:
            while chunk := opened.read(CHUNK):
                hashed.update(chunk)
                size += len(chunk)
    return hashed.hexdigest(), size
