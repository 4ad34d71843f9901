"""The models of a probe: a simple one (logistic or ridge regression), a strong one (boosted trees).

What is learned of columns (means, gaps, categories) is learned from the rows that teach.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sextant.lab.needs import needed
from sextant.studies.probe.rows import Rows

Array = NDArray[Any]
Kind = Literal["simple", "strong"]
ONE_HOT, ALL_HOT = 30, 240
"""Categories of a column, and of all columns, that the simple model has a number for."""
TREES, TREES_OF_MANY = 100, 30
FAR = 5.0
"""Standardised numbers are cut here, so that one far value does not decide."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Columns as models take them: float32, [rows, columns], NaN where there is nothing.

    `coded`: which columns are codes of categories, and how many each has.
    """

    table: Array
    coded: Array
    sizes: tuple[int, ...]


def matrix(rows: Rows) -> Matrix:
    """All columns: numbers as they are, categories by their code, the most frequent first."""
    columns = [one.astype(np.float32) for one in rows.numbers.values()]
    sizes = [0] * len(columns)
    for name, codes in rows.texts.items():
        names = rows.names[name]
        value = codes.astype(np.float32)
        if "" in names:
            value[codes == names.index("")] = np.nan
        columns.append(value)
        sizes.append(len(names))
    table = np.stack(columns, axis=1) if columns else np.zeros((rows.n, 0), dtype=np.float32)
    return Matrix(table, np.array([size > 0 for size in sizes], dtype=bool), tuple(sizes))


Told = Callable[[Array], Array]
"""From rows [m, columns] to numbers [m], or to chances [m, classes]."""


def learned(kind: Kind, held: Matrix, y: Array, at: Array, classes: int, seed: int) -> Told:
    """A model of the rows `at`. `classes` is 0 for a number. Deterministic for one seed.

    Where all rows that teach have one class (or no column is there), it answers that.
    """
    taught = y[at]
    if classes and np.unique(taught).size < 2:
        return _constant(int(taught[0]), classes)
    if not held.table.shape[1]:
        return _constant(int(np.bincount(taught.astype(int)).argmax()), classes) if (
            classes
        ) else _middle(float(np.median(taught)))  # fmt: skip
    return (_simple if kind == "simple" else _strong)(held, y, at, classes, seed)


def _constant(one: int, classes: int) -> Told:
    def told(table: Array) -> Array:
        chances = np.zeros((len(table), classes))
        chances[:, one] = 1.0
        return chances

    return told


def _middle(value: float) -> Told:
    return lambda table: np.full(len(table), value)


def _strong(held: Matrix, y: Array, at: Array, classes: int, seed: int) -> Told:
    model = grown(held, y, at, classes, seed)
    if not classes:
        return lambda table: np.asarray(model.predict(table), dtype=float)
    return lambda table: _spread(model.predict_proba(table), model.classes_, classes)


def grown(held: Matrix, y: Array, at: Array, classes: int, seed: int) -> Any:
    """Boosted trees of the rows `at`, as scikit-learn grows them."""
    name = "HistGradientBoostingClassifier" if classes else "HistGradientBoostingRegressor"
    (forest,) = needed("sklearn.ensemble", name)
    trees = TREES if classes <= 3 else TREES_OF_MANY
    model = forest(
        max_iter=trees, early_stopping=False, random_state=seed,
        categorical_features=held.coded if held.coded.any() else None,
        **({} if classes else {"loss": "absolute_error"}),
    )  # fmt: skip
    return model.fit(held.table[at], y[at])


def _spread(chances: Array, known: Array, classes: int) -> Array:
    """Chances of all classes, also of those that taught nothing."""
    found = np.zeros((len(chances), classes))
    found[:, known.astype(int)] = chances
    return found


def _simple(held: Matrix, y: Array, at: Array, classes: int, seed: int) -> Told:
    prepared, model = line(held, y, at, classes, seed)
    if not classes:
        return lambda table: np.asarray(model.predict(prepared(table)), dtype=float)
    return lambda table: _spread(model.predict_proba(prepared(table)), model.classes_, classes)


def line(held: Matrix, y: Array, at: Array, classes: int, seed: int) -> tuple[Prepared, Any]:
    """A regression of the rows `at` and what it takes, as scikit-learn fits it."""
    prepared = _prepared(held, held.table[at])
    if not classes:
        (ridge,) = needed("sklearn.linear_model", "Ridge")
        return prepared, ridge(alpha=1.0).fit(prepared(held.table[at]), y[at])
    (logistic,) = needed("sklearn.linear_model", "LogisticRegression")
    (unfinished,) = needed("sklearn.exceptions", "ConvergenceWarning")
    model = logistic(max_iter=200, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", unfinished)  # 200 steps of standardised columns are near
        return prepared, model.fit(prepared(held.table[at]), y[at])


@dataclass(frozen=True, slots=True)
class Scaled:
    """A number of the simple model: standardised, with a flag for gaps where there were some."""

    column: int
    mean: float
    spread: float
    gap: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the simple model takes: numbers, then (column, code) pairs as flags."""

    numbers: tuple[Scaled, ...]
    codes: tuple[tuple[int, int], ...]

    def __call__(self, table: Array) -> Array:
        parts: list[Array] = []
        for one in self.numbers:
            scaled = np.clip(
                (table[:, one.column].astype(float) - one.mean) / one.spread, -FAR, FAR
            )
            parts.append(np.nan_to_num(scaled))
            if one.gap:
                parts.append(np.isnan(scaled).astype(float))
        parts += [(table[:, column] == code).astype(float) for column, code in self.codes]
        return np.stack(parts, axis=1).astype(np.float32) if parts else np.zeros((len(table), 1))


def _prepared(held: Matrix, taught: Array) -> Prepared:
    """Numbers standardised with a flag for gaps, categories as flags; learned from `taught`."""
    numbers = []
    for one in np.flatnonzero(~held.coded):
        values = taught[:, one].astype(float)
        known = values[~np.isnan(values)]
        mean = known.mean() if known.size else 0.0
        spread = (known.std() if known.size else 0.0) or 1.0
        numbers.append(Scaled(int(one), float(mean), float(spread), known.size < values.size))
    coded = np.flatnonzero(held.coded)
    each = min(ONE_HOT, max(ALL_HOT // max(coded.size, 1), 2))
    codes = [(int(one), code) for one in coded for code in range(min(each, held.sizes[one]))]
    return Prepared(tuple(numbers), tuple(codes))
