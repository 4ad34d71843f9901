"""Columns that give the label away: what each one alone predicts, and whether gaps follow it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sextant.stats.auc import auc
from sextant.stats.estimate import Estimate, Level
from sextant.stats.groups import difference
from sextant.stats.rate import rate
from sextant.studies.quality.columns import Rows
from sextant.studies.quality.result import Suspect

PARTS = 32
"""Numbers are cut into about so many parts of equal size; missing cells are one more."""
FEW = 50
"""A half needs so many rows of each class."""
APART = 0.1
"""Filled cells of the two classes must differ by more than this share."""


def alone(rows: Rows, numeric: bool, level: Level) -> Estimate:
    """AUC of the best rule that knows one column only: learned on one half, measured on the other.

    The values (numbers cut into 32 parts, missing cells apart) are put in the order of their share
    of positives in the first half; n is the labelled rows of the second. Values that only the
    second half knows stand at the first half's overall share. Learned apart, the AUC owes nothing
    to the search; its interval is that of this rule, so columns of very many values look weaker.
    """
    learn, test = _half(rows, 0), _half(rows, 1)
    for half in (learn, test):
        if min(sum(n for _, n in half.values()), sum(p for p, _ in half.values())) < FEW:
            return Estimate.undefined(f"a half has fewer than {FEW} rows of a class")
    group = _cut(learn, test) if numeric else {key: str(key) for key in {*learn, *test}}
    first, second = _summed(learn, group), _summed(test, group)
    p, n = (float(sum(one[i] for one in first.values())) for i in (0, 1))
    overall = p / (p + n)
    scores = {
        part: (first.get(part, (0, 0))[0] + overall) / (sum(first.get(part, (0, 0))) + 1)
        for part in second
    }
    by_score: dict[float, list[int]] = {}
    for part, (pos, neg) in second.items():
        held = by_score.setdefault(scores[part], [0, 0])
        held[0] += pos
        held[1] += neg
    counts = np.array([by_score[score] for score in sorted(by_score)], dtype=float)
    return auc(counts[:, 0], counts[:, 1], np.ones(len(counts), dtype=bool), level)


def filled_apart(rows: Rows, level: Level) -> tuple[Estimate, Estimate, Estimate]:
    """Filled cells among positives, among the others, and the difference (square-and-add)."""
    held = [[0, 0], [0, 0]]
    for key, cells in rows.items():
        for (y, _), n in cells.items():
            if y is not None:
                held[y][1] += n
                held[y][0] += n if key is not None else 0
    no, yes = (rate(k, n, level) for k, n in held)
    return yes, no, difference(yes, no)


def suspects(
    columns: Mapping[str, tuple[Rows, bool]], leak: float, alpha: float
) -> tuple[tuple[Suspect, ...], tuple[tuple[str, str], ...]]:
    """The suspicious columns, the worst first, and those that could not be judged, with why.

    `columns`: rows by key, and whether the keys are numbers. Both claims of all columns share
    `alpha`: a column is suspected where its whole interval lies beyond `leak`, or the difference of
    filled cells beyond 10 points.
    """
    level = Level(alpha).split(2 * max(len(columns), 1))
    found: list[Suspect] = []
    unjudged: list[tuple[str, str]] = []
    for name, (rows, numeric) in columns.items():
        estimate = alone(rows, numeric, level)
        if estimate.value is None:
            unjudged.append((name, estimate.reason))
        elif estimate.low >= leak:
            found.append(Suspect(name, "alone", estimate))
        yes, no, gap = filled_apart(rows, level)
        if gap.value is not None and (gap.low > APART or gap.high < -APART):
            found.append(Suspect(name, "filled", gap, (yes, no)))
    found.sort(key=lambda one: (one.how, -abs(one.estimate.value or 0.0), one.column))
    return tuple(found), tuple(unjudged)


Classes = dict[str | None, tuple[int, int]]


def _half(rows: Rows, half: int) -> Classes:
    return {
        key: (cells.get((1, half), 0), cells.get((0, half), 0))
        for key, cells in rows.items()
        if cells.get((1, half)) or cells.get((0, half))
    }


def _cut(learn: Classes, test: Classes) -> dict[str | None, str]:
    """Every number's part: cut where the first half's rows are equally many."""
    held = sorted((float(key), sum(n)) for key, n in learn.items() if key is not None)
    total, seen, last = sum(n for _, n in held), 0, -1
    edges: list[float] = []
    for value, n in held:
        part = seen * PARTS // total
        if part != last:
            edges.append(value)
        seen, last = seen + n, part
    cuts = np.array(edges)
    return {
        key: "missing" if key is None else str(int(np.searchsorted(cuts, float(key), "right")))
        for key in {*learn, *test}
    }


def _summed(half: Classes, group: Mapping[str | None, str]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for key, (p, n) in half.items():
        held = found.get(group[key], (0, 0))
        found[group[key]] = (held[0] + p, held[1] + n)
    return found
