"""Open what the user named: Parquet, CSV, globs, Arrow tables, pandas and Polars frames."""

from __future__ import annotations

import glob
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import duckdb

from sextant.contracts.problems import suggest
from sextant.engines import csvfile
from sextant.engines.duck import Session, connect, literal
from sextant.engines.errors import SourceError

Kind = Literal["number", "single", "boolean", "text", "time", "other"]
PARQUET = {".parquet", ".pq"}
CSV = {".csv", ".tsv", ".txt", ".gz", ".zst"}
RELATION = "source"
COPY = "Copy the file here and name it."
AGAIN = "Export it again as Parquet or as UTF-8 CSV."
ONE_TYPE = "Give every column one type."


@dataclass(frozen=True, slots=True)
class Source:
    """An opened table. `typed` False (CSV): every column is text and is read value by value."""

    name: str
    session: Session
    columns: Mapping[str, Kind]
    typed: bool
    rows_hint: int
    repeated: frozenset[str] = frozenset()
    remedy: str = AGAIN

    def check_columns(self, wanted: Mapping[str, str]) -> list[str]:
        """Problems of columns (name → what it is for) that are absent, or there twice."""
        problems = []
        for name, use in wanted.items():
            if name in self.repeated:
                problems.append(
                    f"Column '{name}' ({use}) stands more than once in {self.name}. Rename one."
                )
            elif name not in self.columns:
                remedy = suggest(name, self.columns, "columns")
                problems.append(f"Column '{name}' ({use}) is not in {self.name}. {remedy}")
        return problems


def open_source(data: Any, base: Path | None = None) -> Source:
    """Open a path, a glob or a table in memory. Relative paths start from `base`.

    Raises `SourceError` where there is no file, it is empty, or it cannot be read.
    """
    if isinstance(data, str | Path):
        return _open_files(str(data), base or Path())
    return _open_memory(data)


def _open_files(name: str, base: Path) -> Source:
    return open_files(find_files(name, base), name)


def open_files(files: list[Path], name: str) -> Source:
    """Open files that were found and admitted; `name` is what errors and evidence call them.

    Raises `SourceError` where one is gone or empty, they mix types, or they cannot be read.
    """
    admitted(files, name)
    return described(Session(connect(files)), files, name)


def admitted(files: list[Path], name: str) -> str:
    """The one suffix of files that are there. Raises `SourceError` where they are not."""
    if gone := [file for file in files if not file.is_file()]:
        raise SourceError([f"{name}: the file {gone[0].name} is gone. Put it back."])
    suffixes = {_suffix(file) for file in files}
    if len(suffixes) > 1:
        raise SourceError([f"{name} mixes file types ({', '.join(sorted(suffixes))}). Name one."])
    suffix = suffixes.pop()
    for file in files:
        if file.stat().st_size == 0:
            raise SourceError([f"{file} is empty (0 bytes). Write the predictions again."])
    return suffix


def described(session: Session, files: list[Path], name: str, view: str = RELATION) -> Source:
    """Files that the session may read as a view. Raises `SourceError` where it cannot."""
    if admitted(files, name) in PARQUET:
        listed = ", ".join(literal(str(file)) for file in files)
        query = f"SELECT * FROM read_parquet([{listed}], union_by_name = true)"
        return _describe(session, query, name, files, view=view)
    try:
        layouts = [(file, csvfile.layout(file, session)) for file in files]
    except duckdb.Error as error:
        raise SourceError([unreadable(name, error)]) from None
    source = _describe(session, csvfile.reader(layouts), name, files, typed=False, view=view)
    return replace(source, repeated=frozenset().union(*(one.repeated for _, one in layouts)))


def find_files(name: str, base: Path) -> list[Path]:
    """The files of a path or a glob. Raises `SourceError` where there is none to read."""
    if "://" in name:
        raise SourceError([f"{name} is an address, and nothing is fetched from a network. {COPY}"])
    try:
        pattern = str(base / Path(name).expanduser())
        exact = Path(pattern).exists()
        found = [pattern] if exact else glob.glob(pattern, recursive=True)  # noqa: PTH207
        files = sorted(Path(file).resolve() for file in found)
    except (OSError, RuntimeError, ValueError) as error:
        raise SourceError([f"{name[:80]!r} is no path: {error!s:.80}. Check the path."]) from None
    if not files:
        raise SourceError([f"No file matches {name} (looked in {base.resolve()}). Check the path."])
    for file in files:
        if file.is_dir():
            raise SourceError([f"{name} is a folder. Name its files, such as {name}/*.parquet."])
        if _suffix(file) not in PARQUET | CSV:
            raise SourceError(
                [f"{file.name} is neither Parquet nor CSV. Name a .parquet, .csv or .tsv file."]
            )
    return files


def _suffix(file: Path) -> str:
    suffix = file.suffix.lower()
    if suffix in {".gz", ".zst"}:
        return Path(file.stem).suffix.lower() or suffix
    return suffix


def _describe(
    session: Session,
    query: str,
    name: str,
    files: list[Path],
    typed: bool = True,
    view: str = RELATION,
) -> Source:
    try:
        session.connection.execute(f'CREATE VIEW "{view}" AS {query}')
        columns = _columns(session, view)
        hint = _rows_hint(session, typed, files, view)
    except duckdb.Error as error:
        raise SourceError([unreadable(name, error)]) from None
    return Source(name, session, columns, typed, hint)


def unreadable(name: str, error: duckdb.Error, remedy: str = AGAIN) -> str:
    """DuckDB's complaint about a file as one line with a remedy."""
    if isinstance(error, duckdb.OutOfMemoryException):
        return f"{name} makes more groups than memory can hold. Name fewer or coarser segments."
    detail = str(error).splitlines()[0][:300].rstrip(".")
    if "state machine" in detail:
        detail = "its lines end in two ways, with and without a carriage return"
    return f"{name} cannot be read: {detail}. {remedy}"


def _open_memory(data: Any) -> Source:
    return described_memory(Session(connect(())), data)


def described_memory(session: Session, data: Any, view: str = RELATION) -> Source:
    """A table in memory as a view of the session. Raises `SourceError` for what is no table."""
    if hasattr(data, "to_pyarrow") and not hasattr(data, "shape"):
        data = data.to_pyarrow()
    elif hasattr(data, "read_all"):  # a stream is spent after one reading
        data = data.read_all()
    module = type(data).__module__.split(".")[0]
    name = (
        f"a {type(data).__name__}" if module == "builtins" else f"a {module} {type(data).__name__}"
    )
    try:
        session.connection.register(f"given_{view}", data)
        session.connection.execute(f'CREATE VIEW "{view}" AS SELECT * FROM "given_{view}"')
        columns = _columns(session, view)
        hint = _rows_hint(session, True, [], view)
    except (duckdb.Error, TypeError, RuntimeError):  # RuntimeError: a cast in DuckDB's own code
        remedy = "Give a path, an Arrow table, or a pandas or Polars frame."
        raise SourceError([f"{name} cannot be read as a table. {remedy}"]) from None
    labels = data.columns if hasattr(data, "iloc") else getattr(data, "column_names", ())
    names = Counter(str(label) for label in labels)
    repeated = frozenset(one for one, times in names.items() if times > 1)
    return Source(name, session, columns, True, hint, repeated, ONE_TYPE)


def _columns(session: Session, view: str) -> dict[str, Kind]:
    return {row[0]: kind_of(row[1]) for row in session.rows(f'DESCRIBE "{view}"')}


def kind_of(sql_type: str) -> Kind:
    """The kind of a DuckDB type name."""
    head = sql_type.upper().split("(")[0]
    if sql_type.endswith("]"):
        return "other"
    if head in {"FLOAT", "REAL"}:
        return "single"
    if head.lstrip("U") in {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"}:
        return "number"
    if head in {"DOUBLE", "DECIMAL", "BIGNUM", '"NULL"'}:
        return "number"
    if head == "BOOLEAN":
        return "boolean"
    if head in {"VARCHAR", "ENUM", "UUID"}:
        return "text"
    if head.startswith(("DATE", "TIMESTAMP")):
        return "time"
    return "other"


def _rows_hint(session: Session, typed: bool, files: list[Path], view: str) -> int:
    """About how many rows there are, without a scan: it only sizes a sample."""
    if typed:
        return int(session.rows(f'SELECT count(*) FROM "{view}"')[0][0])
    return sum(file.stat().st_size for file in files) // 40
