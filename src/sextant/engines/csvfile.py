"""CSV as it is written: its delimiter and header from the first lines, every value as text.

Nothing is sniffed beyond the delimiter, so that no line is skipped and no type guessed from a
sample. Lines that do not fit the header are kept apart and counted.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sextant.engines.duck import Session, literal
from sextant.engines.errors import SourceError

DELIMITERS = ",;\t|"
HEAD_BYTES, HEAD_LINES = 1 << 20, 32
UTF16 = (b"\xff\xfe", b"\xfe\xff")
AS_UTF8 = "Export it again as UTF-8 CSV."


@dataclass(frozen=True, slots=True)
class Layout:
    """The delimiter and the header's names; a name that stands twice is numbered."""

    delimiter: str
    columns: tuple[str, ...]
    repeated: frozenset[str] = frozenset()


def layout(file: Path, session: Session) -> Layout:
    """How a file is laid out. Raises `SourceError` where its first line is no header."""
    if file.suffix.lower() == ".zst":
        return _sniffed(file, session)
    text = _head(file)
    split = {mark: _records(text, mark) for mark in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda mark: _fit(split[mark]))
    header = split[delimiter][0] if split[delimiter] else []
    if not any(cell.strip() for cell in header):
        raise SourceError([f"{file.name} has no header: its first line is empty. Add one."])
    return _named(delimiter, [cell.strip() for cell in header])


def reader(layouts: Sequence[tuple[Path, Layout]]) -> str:
    """One SELECT over all files, columns matched by name; files of one layout are read together."""
    groups: dict[Layout, list[Path]] = {}
    for file, found in layouts:
        groups.setdefault(found, []).append(file)
    return " UNION ALL BY NAME ".join(_read(found, files) for found, files in groups.items())


def broken_lines(session: Session) -> dict[str, int]:
    """Lines that were kept apart while reading, by reason; one record may swallow several."""
    rows = session.rows(BROKEN_LINES)
    names = {False: "line does not fit the header", True: "line is not UTF-8"}
    return {names[not_utf8]: lines for not_utf8, lines in rows}


BROKEN_LINES = """
WITH records AS (
    SELECT file_path, line, bool_and(error_type = 'INVALID ENCODING') AS not_utf8,
        max(rtrim(coalesce(csv_line, ''), chr(10) || chr(13))) AS record
    FROM reject_errors JOIN reject_scans USING (scan_id, file_id)
    GROUP BY ALL
)
SELECT not_utf8, sum(1 + length(record) - length(replace(record, chr(10), '')))::BIGINT
FROM records GROUP BY ALL ORDER BY 1
"""


def _head(file: Path) -> str:
    try:
        with gzip.open(file) if file.suffix.lower() == ".gz" else file.open("rb") as opened:
            raw = opened.read(HEAD_BYTES)
    except (EOFError, OSError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError([f"{file.name} cannot be opened: {reason}. Write it again."]) from None
    if raw.startswith(UTF16):
        raise SourceError([f"{file.name} is UTF-16. {AS_UTF8}"])
    head, _, _ = raw.partition(b"\n")
    try:
        head.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SourceError([f"The header of {file.name} is not UTF-8 text. {AS_UTF8}"]) from None
    if b"\0" in head:
        raise SourceError([f"{file.name} is not text. {AS_UTF8}"])
    whole, end, _ = raw.rpartition(b"\n")
    return (whole if end and len(raw) == HEAD_BYTES else raw).decode("utf-8-sig", "replace")


def _records(text: str, delimiter: str) -> list[list[str]]:
    """The first records; up to a field so long that a quote must be open."""
    found: list[list[str]] = []
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    with suppress(csv.Error):
        found.extend(islice(lines, HEAD_LINES))
    return found


def _fit(records: list[list[str]]) -> tuple[float, int]:
    """The share of records as wide as the header, and that width; one column fits nothing."""
    width = len(records[0]) if records else 0
    if width < 2:
        return (-1.0, width)
    filled = [record for record in records if record]
    return (sum(len(record) == width for record in filled) / len(filled), width)


def _named(delimiter: str, cells: list[str]) -> Layout:
    """SQL takes names that differ in case alone for one, so they are numbered too."""
    taken: Counter[str] = Counter()
    names = []
    for place, cell in enumerate(cells, start=1):
        name = cell or f"column{place}"
        while (folded := name.casefold()) in taken:
            taken[folded] += 1
            name = f"{cell}_{taken[folded] - 1}"
        taken[folded] = 1
        names.append(name)
    repeated = frozenset(name for name, times in Counter(cells).items() if times > 1 and name)
    return Layout(delimiter, tuple(names), repeated)


def _sniffed(file: Path, session: Session) -> Layout:
    source = literal(str(file))
    found = session.rows(f"SELECT Delimiter, Columns FROM sniff_csv({source}, header = true)")
    delimiter, columns = found[0]
    return Layout(delimiter, tuple(column["name"] for column in columns))


def _read(found: Layout, files: list[Path]) -> str:
    listed = ", ".join(literal(str(file)) for file in files)
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in found.columns)
    return (
        f"SELECT * FROM read_csv([{listed}], auto_detect = false, header = true, "
        f"delim = {literal(found.delimiter)}, quote = '\"', escape = '\"', "
        f"columns = {{{columns}}}, store_rejects = true, rejects_limit = 0)"
    )
