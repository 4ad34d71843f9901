"""Run a query's statements and lay their answers together, each row with its grouping set."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sextant.engines.duck import Columns, Progress, Session
from sextant.engines.query import Query

SET = "set"
"""The column that tells which of `places` a row of the answer belongs to."""


def places(query: Query) -> dict[tuple[str, ...], int]:
    """The number of every grouping set, by its keys."""
    distinct = dict.fromkeys(one.keys for one in query.sets)
    return {keys: place for place, keys in enumerate(distinct)}


def run(query: Query, session: Session, progress: Progress | None) -> Columns:
    """The columns of all statements, one after the other; masked where one does not tell them.

    Raises `Cancelled` on interrupt.
    """
    place, answers = places(query), []
    for done, part in enumerate(query.parts):
        columns = session.columns(part.text, _share(progress, done, len(query.parts)))
        numbers = {number: place[keys] for number, keys in part.sets.items()}
        ids = np.asarray(columns.pop("id"), dtype=np.int64)
        columns[SET] = np.array([numbers[number] for number in ids.tolist()], dtype=np.int64)
        answers.append(columns)
    if len(answers) == 1:
        return answers[0]
    names = dict.fromkeys(name for columns in answers for name in columns)
    return {name: _joined([columns.get(name) for columns in answers], answers) for name in names}


def _joined(pieces: list[NDArray[Any] | None], answers: list[Columns]) -> NDArray[Any]:
    dtype = next(piece.dtype for piece in pieces if piece is not None)
    data, masks = [], []
    for piece, columns in zip(pieces, answers, strict=True):
        size = len(columns[SET])
        data.append(np.zeros(size, dtype) if piece is None else np.ma.getdata(piece))
        masks.append(np.full(size, True) if piece is None else np.ma.getmaskarray(piece))
    return np.ma.MaskedArray(np.concatenate(data), np.concatenate(masks))


def _share(progress: Progress | None, done: int, of: int) -> Progress | None:
    if progress is None or of == 1:
        return progress
    told = progress
    return lambda share: told((done + share) / of)
