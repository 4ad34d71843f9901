"""Columns that give the target away, by the finding of a profile, for a target of any kind."""

from __future__ import annotations

import numpy as np

from sextant.studies.probe.rows import Array, Rows
from sextant.studies.quality.columns import Rows as Counted
from sextant.studies.quality.predicting import suspects
from sextant.studies.quality.result import Suspect

FINE = 512
"""Numbers of more values are counted in so many parts of equal size."""
MOST_CLASSES = 3
"""Of many classes the commonest are each set against all others."""


def leaks(rows: Rows, leak: float, alpha: float, seed: int) -> tuple[Suspect, ...]:
    """The columns that tell the target too well alone, or are filled after it; worst first.

    A number is taken for two classes at its median; of many classes each of the commonest three is
    set against the rest, and they share the error.
    """
    half = np.random.default_rng([seed, 7]).integers(0, 2, rows.n)
    found: dict[str, Suspect] = {}
    targets = _targets(rows)
    for target in targets:
        columns = {
            **{name: (_by_number(one, target, half), True) for name, one in rows.numbers.items()},
            **{name: (_by_code(one, rows.names[name], target, half), False)
               for name, one in rows.texts.items()},
        }  # fmt: skip
        for one in suspects(columns, leak, alpha / len(targets))[0]:
            if one.column not in found:
                found[one.column] = one
    return tuple(found.values())


def _targets(rows: Rows) -> list[Array]:
    if rows.task == "regression":
        return [(rows.y > np.median(rows.y)).astype(int)]
    if rows.task == "binary":
        return [rows.y.astype(int)]
    commonest = np.argsort(-rows.counts(), kind="stable")[:MOST_CLASSES]
    return [(rows.y == one).astype(int) for one in commonest]


def _by_number(values: Array, target: Array, half: Array) -> Counted:
    known = ~np.isnan(values)
    levels = np.unique(values[known])
    if levels.size > FINE:
        levels = np.unique(np.quantile(values[known], np.arange(FINE) / FINE, method="lower"))
    place = np.full(values.size, -1)
    place[known] = np.searchsorted(levels, values[known], "right") - 1
    return _counts(place, [repr(float(one)) for one in levels], target, half)


def _by_code(codes: Array, names: tuple[str, ...], target: Array, half: Array) -> Counted:
    missing = np.array([name == "" for name in names])
    place = np.where(missing[codes], -1, codes)
    return _counts(place, list(names), target, half)


def _counts(place: Array, names: list[str], target: Array, half: Array) -> Counted:
    cells = np.bincount((place + 1) * 4 + target * 2 + half, minlength=4 * (len(names) + 1))
    table = cells.reshape(-1, 4)
    keys: list[str | None] = [None, *names]
    return {
        keys[at]: {(y, h): int(table[at, 2 * y + h]) for y in (0, 1) for h in (0, 1)}
        for at in np.flatnonzero(table.sum(axis=1))
    }
