"""Run a query: in one scan where memory allows, else in as many as it takes."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import numpy as np

from sextant.engines.duck import Columns, Progress, Session
from sextant.engines.query import Query, numbers, statement
from sextant.engines.rollup import Keys

MOST_SETS, MOST_KEYS = 48, 60
"""To one scan: every set costs each thread close to 1 MB, and a GROUPING(…) numbers 63 keys."""

Answers = Mapping[Keys, Columns]


def run(query: Query, session: Session, progress: Progress | None) -> Answers:
    """The groups of every grouping set, as columns.

    The database holds the groups of all sets of a statement in memory at once and may have room
    for some of them only (units by score bins by segments are about as many as there are rows):
    then each half of the sets gets a scan of its own. Raises `Cancelled` on interrupt.
    """
    waiting, answers = _split(query), dict[Keys, Columns]()
    while waiting:
        listed = waiting.pop(0)
        try:
            columns = session.columns(statement(query, listed), progress)
        except duckdb.OutOfMemoryException:
            if len(listed) == 1:
                raise
            waiting[:0] = [listed[: len(listed) // 2], listed[len(listed) // 2 :]]
        else:
            answers |= _sorted_out(columns, listed, numbers(query, listed))
    return answers


def _split(query: Query) -> list[list[Keys]]:
    """The different sets of keys, as many in one statement as it can number."""
    parts: list[list[Keys]] = [[]]
    for keys in dict.fromkeys(one.keys for one in query.sets):
        held = {key for one in [*parts[-1], keys] for key in one}
        if len(parts[-1]) == MOST_SETS or len(held) > MOST_KEYS:
            parts.append([])
        parts[-1].append(keys)
    return parts


def _sorted_out(
    columns: Columns, listed: list[Keys], numbered: Mapping[tuple[int, int], Keys]
) -> dict[Keys, Columns]:
    """The rows of each grouping set, without the keys of the other sets."""
    parts = np.asarray(columns.pop("part"), dtype=np.int64)
    ids, found = np.asarray(columns.pop("id"), dtype=np.int64), {}
    others = {key for keys in listed for key in keys}
    for (part, number), keys in numbered.items():
        rows = np.flatnonzero((parts == part) & (ids == number))
        found[keys] = {
            name: column[rows]
            for name, column in columns.items()
            if name in keys or name not in others
        }
    return found
