"""Models that learn from one part of the rows and answer the other; and their learning curves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sextant.lab.models import Kind, Matrix, learned
from sextant.studies.probe.answers import Answer
from sextant.studies.probe.folds import Folds
from sextant.studies.probe.measures import LOWER_IS_BETTER, value_of
from sextant.studies.probe.rows import Rows

Array = NDArray[Any]
Progress = Callable[[float], None]
SHARES = ((1 / 16, 4), (1 / 8, 3), (1 / 4, 2), (1 / 2, 1))
"""Parts of a fold's rows that a curve is made of, and how often each is drawn."""
SMALLEST = 50
"""No part of a curve is taught by fewer rows; all rows of a fold always teach."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A model's answers to the rows that it did not learn from, and its errors by size.

    `chances` [rows, classes] of classes. `sizes`, `errors` [folds, sizes]: the main measure's
    error of models of fewer rows, the whole fold last. `heart`: what the first fold's model says
    of the rows that taught it, as (rows, answer to them).
    """

    kind: Kind
    answer: Answer
    chances: Array | None
    sizes: Array
    errors: Array
    heart: tuple[Array, Answer]


def learn(
    kind: Kind, rows: Rows, held: Matrix, folds: Folds, main: str, threshold: float, seed: int,
    progress: Progress | None = None,
) -> Learned:  # fmt: skip
    """Teach a model in every fold, on all of its rows and on parts of them."""
    classes = len(rows.classes)
    told = np.zeros((rows.n, max(classes, 1)))
    errors = np.full((len(folds.parts), len(SHARES) + 1), np.nan)
    sizes = np.zeros((len(folds.parts), len(SHARES) + 1))
    heart: tuple[Array, Answer] | None = None
    for k, (teach, test) in enumerate(folds.parts):
        for j, (share, times) in enumerate((*SHARES, (1.0, 1))):
            got = []
            for again in range(times):
                rng = np.random.default_rng([seed, 17, k, j, again])
                at = teach if share == 1 else _drawn(rows, teach, share, rng)
                sizes[k, j] = at.size
                if at.size < SMALLEST and share < 1:
                    continue
                model = learned(kind, held, rows.y, at, classes, seed)
                said = model(held.table[test]).reshape(test.size, -1)
                answer = answered(rows, said, threshold)
                got.append(_error(main, rows.y[test], answer))
                if share == 1:
                    told[test] = said
                    if k == len(folds.parts) - 1:
                        own = model(held.table[teach]).reshape(teach.size, -1)
                        heart = teach, answered(rows, own, threshold)
            errors[k, j] = np.mean(got) if got else np.nan
            if progress is not None:
                progress((k + (j + 1) / (len(SHARES) + 1)) / len(folds.parts))
    assert heart is not None
    return Learned(
        kind, answered(rows, told, threshold), told if classes else None,
        sizes.mean(axis=0), errors, heart,
    )  # fmt: skip


def answered(rows: Rows, told: Array, threshold: float) -> Answer:
    """Answers from chances [rows, classes], or from numbers [rows, 1]."""
    if rows.task == "regression":
        return Answer(told[:, 0])
    if rows.task == "binary":
        return Answer((told[:, 1] >= threshold).astype(int), told[:, 1])
    return Answer(told.argmax(axis=1))


def _error(main: str, y: Array, answer: Answer) -> float:
    value = value_of(main, y, answer.said, answer.score)
    return value if main in LOWER_IS_BETTER else 1 - value


def _drawn(rows: Rows, teach: Array, share: float, rng: np.random.Generator) -> Array:
    """A part of the rows that teach: whole units where there are some (and no order of time)."""
    if rows.unit is None or rows.time is not None:
        count = max(round(share * teach.size), 1)
        return np.sort(rng.permutation(teach)[:count])
    units = np.unique(rows.unit[teach])
    taken = rng.permutation(units)[: max(round(share * units.size), 1)]
    return teach[np.isin(rows.unit[teach], taken)]
