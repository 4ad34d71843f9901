"""The best rule of one column: a cut of a number, or a set of categories, found inside the folds.

What is searched is the rule that a person could keep in mind. Every fold searches it again in the
rows that teach, so that what is measured on the others owes nothing to the search.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sextant.studies.probe.answers import Answer
from sextant.studies.probe.folds import Folds
from sextant.studies.probe.rows import OTHERS, Array, Rows

CUTS, MOST_VALUES = 32, 50
"""Cuts of a number are quantiles; categories beyond the commonest are answered together."""
FEW = 20
"""A category of fewer rows that teach is answered as all rows are."""


@dataclass(frozen=True, slots=True)
class Part:
    """A column in few parts: a part per row, and how the parts are written. 0 is missing."""

    name: str
    place: Array
    edges: tuple[float, ...]
    values: tuple[str, ...]

    @property
    def parts(self) -> int:
        return (len(self.edges) + 1 if not self.values else len(self.values)) + 1


@dataclass(frozen=True, slots=True)
class Found:
    """A rule: what each part of a column is answered, as a class or a number, and a score."""

    column: Part
    said: Array
    score: Array
    cut: float | None = None


def parts_of(rows: Rows) -> list[Part]:
    """Every column that has at least two parts."""
    found = []
    for name, values in rows.numbers.items():
        known = ~np.isnan(values)
        levels = np.quantile(values[known], np.arange(1, CUTS) / CUTS, method="higher") if (
            known.any()
        ) else np.array([])  # fmt: skip
        edges = np.unique(levels)
        edges = edges[edges > values[known].min()] if edges.size else edges
        place = np.zeros(rows.n, dtype=int)
        place[known] = np.searchsorted(edges, values[known], "right") + 1
        if edges.size:
            found.append(Part(name, place, tuple(float(one) for one in edges), ()))
    for name, codes in rows.texts.items():
        names = rows.names[name][:MOST_VALUES]
        place = np.minimum(codes, MOST_VALUES) + 1
        if "" in names:
            place = np.where(codes == names.index(""), 0, place)
        more = (OTHERS,) if len(rows.names[name]) > MOST_VALUES else ()
        if len(names) > 1:
            found.append(Part(name, place, (), (*names, *more)))
    return found


def best_rule(rows: Rows, parts: list[Part], at: Array, balanced: bool) -> Found | None:
    """The rule of one column that answers the rows `at` best; None where there is no column.

    `balanced`: of two classes both count alike (what an AUC of a rule is), else every row does.
    """
    best: tuple[float, Found] | None = None
    for part in parts:
        made = _numbers(rows, part, at) if rows.task == "regression" else _classes(
            rows, part, at, balanced
        )  # fmt: skip
        if best is None or made[0] > best[0] + 1e-12:
            best = made
    return best[1] if best else None


def one_column(rows: Rows, folds: Folds, balanced: bool) -> tuple[Answer, Found] | None:
    """What the best rule answers where it was not searched, and the rule of all rows."""
    parts = parts_of(rows)
    said, score = np.zeros(rows.n), np.zeros(rows.n)
    for teach, test in folds.parts:
        found = best_rule(rows, parts, teach, balanced)
        if found is None:
            return None
        said[test], score[test] = (one[found.column.place[test]] for one in
                                   (found.said, found.score))  # fmt: skip
    whole = best_rule(rows, parts, np.arange(rows.n), balanced)
    assert whole is not None
    if rows.task == "regression":
        return Answer(said), whole
    return Answer(said.astype(int), score if rows.task == "binary" else None), whole


def _classes(rows: Rows, part: Part, at: Array, balanced: bool) -> tuple[float, Found]:
    k = len(rows.classes)
    cells = np.bincount(part.place[at] * k + rows.y[at].astype(int), minlength=part.parts * k)
    table = cells.reshape(part.parts, k).astype(float)
    weight = 1 / np.maximum(table.sum(axis=0), 1) if balanced else np.ones(k)
    if part.values:
        small = table.sum(axis=1) < FEW
        table[small] = table.sum(axis=0) * 1e-9
        return _made(part, table, weight, None)
    left = np.cumsum(table[1:], axis=0)[:-1]
    right = table[1:].sum(axis=0) - left
    gained = (left * weight).max(axis=1) + (right * weight).max(axis=1)
    cut = int(np.argmax(gained))
    sides = np.vstack([table[:1], np.repeat(left[[cut]], cut + 1, axis=0),
                       np.repeat(right[[cut]], part.parts - cut - 2, axis=0)])  # fmt: skip
    value = float(gained[cut] + (table[0] * weight).max())
    return value, _made(part, sides, weight, part.edges[cut])[1]


def _made(part: Part, table: Array, weight: Array, cut: float | None) -> tuple[float, Found]:
    weighed = table * weight
    said = np.argmax(weighed, axis=1)
    overall = table.sum(axis=0)
    said[table.sum(axis=1) == 0] = int(np.argmax(overall * weight))
    score = (table[:, -1] + 1e-9) / np.maximum(table.sum(axis=1), 1e-9) if (
        table.shape[1] == 2
    ) else np.zeros(len(table))  # fmt: skip
    if table.shape[1] == 2 and (weight != 1).any():
        score = said.astype(float)
    return float(weighed.max(axis=1).sum()), Found(part, said, np.minimum(score, 1.0), cut)


def _numbers(rows: Rows, part: Part, at: Array) -> tuple[float, Found]:
    place, y = part.place[at], rows.y[at]
    n = np.bincount(place, minlength=part.parts).astype(float)
    total = np.bincount(place, y - y.mean(), minlength=part.parts)
    middle = float(np.median(y))
    if part.values:
        said = np.full(part.parts, middle)
        explained = 0.0
        for one in np.flatnonzero(n >= FEW):
            said[one] = np.median(y[place == one])
            explained += total[one] ** 2 / n[one]
        return explained, Found(part, said, said)
    left_n, left = np.cumsum(n[1:])[:-1], np.cumsum(total[1:])[:-1]
    right_n, right = n[1:].sum() - left_n, total[1:].sum() - left
    gained = left**2 / np.maximum(left_n, 1) + right**2 / np.maximum(right_n, 1)
    cut = int(np.argmax(gained))
    sides = [place == 0, (place > 0) & (place <= cut + 1), place > cut + 1]
    values = [float(np.median(y[one])) if one.any() else middle for one in sides]
    said = np.array([values[0], *[values[1]] * (cut + 1), *[values[2]] * (part.parts - cut - 2)])
    return float(gained[cut]), Found(part, said, said, part.edges[cut])
