"""A statement's rows as a stream of NumPy columns: what is held at once does not grow with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from sextant.engines.duck import Progress
from sextant.engines.errors import Cancelled, SourceError
from sextant.engines.source import Source, unreadable

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column's cells; `known` is False where there is none, and None where all are there."""

    values: Array
    known: NDArray[np.bool_] | None


@dataclass(frozen=True, slots=True)
class Words:
    """A column of texts: their letters one behind the other, and where each ends."""

    ends: NDArray[np.int32]
    letters: Array
    known: NDArray[np.bool_] | None

    def at(self, row: int) -> str:
        return self.letters[self.ends[row] : self.ends[row + 1]].tobytes().decode()


Column = Numbers | Words


def batches(
    source: Source, statement: str, progress: Progress | None = None
) -> Iterator[tuple[int, list[Column]]]:
    """Number of rows and the columns of each batch, about 130,000 rows long.

    Raises `SourceError` where the table breaks on reading, `Cancelled` on interrupt, or where
    `progress` raises it between two batches.
    """
    import nanoarrow

    session, seen = source.session, 0
    session.queries.append(statement)
    try:
        for batch in nanoarrow.c_array_stream(session.connection.sql(statement)):
            yield batch.length, [_column(one) for one in batch.view().children]
            seen += batch.length
            if progress is not None:
                progress(min(seen / max(source.rows_hint, seen), 0.99))
    except KeyboardInterrupt:
        session.connection.interrupt()
        raise Cancelled from None
    except duckdb.Error as error:
        raise SourceError([unreadable(source.name, error, source.remedy)]) from None
    except RuntimeError as error:  # what DuckDB says while the stream is read
        told = duckdb.Error(str(error).partition("failed (5): ")[2] or str(error))
        raise SourceError([unreadable(source.name, told, source.remedy)]) from None


def _column(view: Any) -> Column:
    buffers = [None if one is None else np.asarray(one) for one in view.buffers]
    known, values = buffers[:2]
    assert values is not None
    held: NDArray[np.bool_] | None = None
    if view.null_count:
        assert known is not None
        held = np.unpackbits(known, count=view.length, bitorder="little").view(np.bool_)
    if view.storage_type != "string":
        return Numbers(values, held)
    letters = buffers[2]
    return Words(values, np.zeros(0, "S1") if letters is None else letters, held)
