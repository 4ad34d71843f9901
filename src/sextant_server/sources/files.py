"""Files that come in: bounded, looked at by their first bytes, kept under names of our own.

Nothing of a file is ever executed, unpickled or unpacked in place. What is kept lies in the
folder `sources` of the data folder; a file that was refused leaves nothing behind.
"""

from __future__ import annotations

import errno
import hashlib
import uuid
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.conf import settings

from sextant_server.core.bounds import MEGABYTE, most_bytes
from sextant_server.core.errors import Conflict, Invalid

FOLDER = "sources"
PARQUET = b"PAR1"
GZIP = b"\x1f\x8b"
UNPACKED = 8
"""A packed file may unpack to so many times the largest upload."""
LOOKED_AT = 65_536
SUFFIXES = {
    ".parquet": ".parquet", ".pq": ".parquet", ".csv": ".csv", ".tsv": ".tsv", ".txt": ".csv",
}  # fmt: skip
ALLOWED = "Upload a .parquet, .csv or .tsv file; .csv and .tsv may be packed as .gz."


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that was kept: its path from the data folder on, the SHA-256 and number of bytes."""

    path: str
    content: str
    size: int

    @property
    def place(self) -> Path:
        return Path(settings.SEXTANT.data) / self.path

    def discard(self) -> None:
        """Take the file away again, where nothing came to refer to it."""
        self.place.unlink(missing_ok=True)


def receive(chunks: Iterable[bytes], name: str) -> Stored:
    """Keep an uploaded file; raises Invalid, or Conflict where the disk is full."""
    suffix = _suffix(name)
    folder = Path(settings.SEXTANT.data) / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{uuid.uuid4().hex}{suffix}"
    try:
        content, size = _write(chunks, path)
        _look(path, suffix, name)
    except OSError as error:
        path.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Conflict(
                "The server's disk is full: nothing of the file was kept. Ask whoever runs it for"
                " room, then upload it again.",
                "file",
            ) from None
        raise
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Stored(f"{FOLDER}/{path.name}", content, size)


def _suffix(name: str) -> str:
    path = PurePosixPath(name.replace("\\", "/").casefold())
    packed = path.suffix == ".gz"
    inner = SUFFIXES.get(PurePosixPath(path.stem).suffix if packed else path.suffix)
    if inner is None or (packed and inner == ".parquet"):
        shown = path.name[-40:] or "It"
        raise Invalid(f"'{shown}' is no file of a kind that can be read. {ALLOWED}", "file")
    return inner + (".gz" if packed else "")


def _write(chunks: Iterable[bytes], path: Path) -> tuple[str, int]:
    most, size, hashed = most_bytes(), 0, hashlib.sha256()
    with path.open("xb") as out:
        path.chmod(0o600)
        for chunk in chunks:
            size += len(chunk)
            if size > most:
                raise Invalid(
                    f"The file is larger than {most // MEGABYTE:,} MB. Put it into a folder that"
                    " the server may read, and register its path.",
                    "file",
                )
            hashed.update(chunk)
            out.write(chunk)
    if not size:
        raise Invalid("The file is empty (0 bytes). Write the table again.", "file")
    return hashed.hexdigest(), size


def _look(path: Path, suffix: str, name: str) -> None:
    """Hold the file's name against its bytes."""
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
        file.seek(-min(4, path.stat().st_size), 2)
        tail = file.read(4)
    if suffix == ".parquet":
        if not (head.startswith(PARQUET) and tail == PARQUET):
            text = "It looks like text: name it .csv." if _is_text(head) else "Write it again."
            raise Invalid(f"'{name[-60:]}' is no Parquet file, whatever its name. {text}", "file")
        return
    if head.startswith(PARQUET):
        raise Invalid(f"'{name[-60:]}' is a Parquet file. Name it .parquet.", "file")
    if suffix.endswith(".gz"):
        if not head.startswith(GZIP):
            raise Invalid(f"'{name[-60:]}' is not packed with gzip, whatever its name.", "file")
        head = _unpacked_head(path)
    if not _is_text(head):
        raise Invalid(f"'{name[-60:]}' is no text, so no CSV. {ALLOWED}", "file")


def _unpacked_head(path: Path) -> bytes:
    """The first unpacked bytes, after counting all of them: a small file can hold a huge one."""
    most, size, head = most_bytes() * UNPACKED, 0, b""
    unpacking = zlib.decompressobj(wbits=31)
    try:
        with path.open("rb") as file:
            data = file.read(LOOKED_AT)
            while data:
                piece = unpacking.decompress(data, MEGABYTE)
                head = head or piece[:LOOKED_AT]
                size += len(piece)
                if size > most:
                    raise Invalid(
                        f"The file unpacks to more than {most // MEGABYTE:,} MB from"
                        f" {path.stat().st_size:,} bytes. Upload a Parquet file instead.",
                        "file",
                    )
                data = unpacking.unconsumed_tail or unpacking.unused_data or file.read(LOOKED_AT)
                if unpacking.eof:
                    unpacking = zlib.decompressobj(wbits=31)
    except zlib.error as error:
        raise Invalid(f"The file cannot be unpacked ({error}). Pack it again.", "file") from None
    return head


def _is_text(head: bytes) -> bool:
    """Whether bytes can begin a text: no NUL, and UTF-8 or at least no control characters."""
    control = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return bool(head) and b"\x00" not in head and not head.startswith(b"\x80") and not control
