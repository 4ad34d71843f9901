"""What somebody answers to every row, and answers that no model is needed for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sextant.studies.probe.folds import Folds
from sextant.studies.probe.rows import Array, Rows


@dataclass(frozen=True, slots=True)
class Answer:
    """`said`: per row a class's place or a number; `score`: of two classes, how likely the second.

    Rows that no fold tests hold nothing that means anything.
    """

    said: Array
    score: Array | None = None


def always(rows: Rows, folds: Folds) -> Answer:
    """The commonest class of the rows that teach; of numbers their median."""
    said = np.zeros(rows.n)
    score = np.zeros(rows.n)
    for teach, test in folds.parts:
        if rows.task == "regression":
            said[test] = np.median(rows.y[teach])
            continue
        counts = np.bincount(rows.y[teach].astype(int), minlength=len(rows.classes))
        said[test] = int(np.argmax(counts))
        score[test] = 0.5
    return _answer(rows, said, score)


def same_as_last(rows: Rows, folds: Folds) -> Answer:
    """What was true of the row before, of the same unit where there are units."""
    last = np.zeros(rows.n)
    if rows.unit is None:
        last[1:] = rows.y[:-1]
        last[0] = rows.y[0]
    else:
        seen: dict[int, float] = {}
        usual = float(np.median(rows.y)) if rows.task == "regression" else float(
            np.argmax(rows.counts())
        )  # fmt: skip
        for at, (unit, y) in enumerate(zip(rows.unit.tolist(), rows.y.tolist(), strict=True)):
            last[at] = seen.get(unit, usual)
            seen[unit] = y
    return _answer(rows, last, last)


def by_rule(rows: Rows, yes: Array) -> Answer:
    """Yes or no, as a rule says."""
    return Answer(yes.astype(int), yes.astype(float))


def _answer(rows: Rows, said: Array, score: Array) -> Answer:
    if rows.task == "regression":
        return Answer(said)
    return Answer(said.astype(int), score if rows.task == "binary" else None)
