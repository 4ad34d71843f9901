"""What people say of a row and what a judge says of it, also of rows that no person has judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import comb

import numpy as np
from numpy.typing import ArrayLike

from sextant.states.arrays import Floats, floats, same
from sextant.states.state import factor

ORDERS = tuple((i, total - i) for total in (2, 3, 4) for i in range(total, -1, -1))
"""The powers (of y, of f) whose centred products are summed, up to the fourth order together."""
PLACE = {order: 3 + at for at, order in enumerate(ORDERS)}
WIDTH = 3 + len(ORDERS)
PARTS = (BOTH, SILENT, UNLABELLED, UNANSWERED) = range(4)
KEEPS = {BOTH: (True, True), SILENT: (True, False), UNLABELLED: (False, True)}


@dataclass(frozen=True, slots=True)
class JointMoments:
    """Rows with two numbers y and f: n, both means, and the sums Σ(y−mean_y)^i (f−mean_f)^j.

    `row` holds n, mean_y, mean_f and the sums in `ORDERS`. Nothing here is scaled by n.
    """

    row: tuple[float, ...] = (0.0,) * WIDTH

    @property
    def n(self) -> float:
        return self.row[0]

    @property
    def mean_y(self) -> float:
        return self.row[1]

    @property
    def mean_f(self) -> float:
        return self.row[2]

    def sum(self, i: int, j: int) -> float:
        """Σ(y−mean_y)^i (f−mean_f)^j, i + j from 2 to 4."""
        return self.row[PLACE[i, j]]

    @classmethod
    def of(cls, y: ArrayLike, f: ArrayLike) -> JointMoments:
        """The moments of paired finite values, computed in two passes."""
        ys, fs = np.asarray(y, np.float64).ravel(), np.asarray(f, np.float64).ravel()
        if not ys.size:
            return cls()
        mean_y, mean_f = float(ys.mean()), float(fs.mean())
        dy, df = ys - mean_y, fs - mean_f
        return cls((float(ys.size), mean_y, mean_f, *(float((dy**i) @ (df**j)) for i, j in ORDERS)))

    def about(self, mean_y: float, mean_f: float) -> tuple[float, ...]:
        """The sums of `ORDERS` about other means."""
        return shifted(self.row, self.mean_y - mean_y, self.mean_f - mean_f)

    def __add__(self, other: JointMoments) -> JointMoments:
        a, b = (self, other) if self.row >= other.row else (other, self)
        if not b.n:
            return a
        n = a.n + b.n
        mean_y = a.mean_y + (b.mean_y - a.mean_y) * b.n / n
        mean_f = a.mean_f + (b.mean_f - a.mean_f) * b.n / n
        first, second = a.about(mean_y, mean_f), b.about(mean_y, mean_f)
        return JointMoments(
            (n, mean_y, mean_f, *(x + y for x, y in zip(first, second, strict=True)))
        )

    def scaled(self, f: float) -> JointMoments:
        """The moments if each row stood `f` times."""
        if not self.n * factor(f):
            return JointMoments()
        n, mean_y, mean_f, *sums = self.row
        return JointMoments((n * f, mean_y, mean_f, *(one * f for one in sums)))


def shifted(row: tuple[float, ...], by_y: float, by_f: float) -> tuple[float, ...]:
    """The sums of a row about points that lie `by_y` and `by_f` below its means (binomially)."""
    if not by_y and not by_f:
        return row[3:]
    at = {(0, 0): row[0], (1, 0): 0.0, (0, 1): 0.0} | {one: row[p] for one, p in PLACE.items()}
    return tuple(
        sum(
            comb(i, k) * comb(j, m) * by_y ** (i - k) * by_f ** (j - m) * at[k, m]
            for k in range(i + 1)
            for m in range(j + 1)
        )
        for i, j in ORDERS
    )


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Rows by whether people and a judge have judged them; merge with `+`.

    `table` has a `JointMoments` row for each of `PARTS`: judged by both; by people alone (the judge
    was silent: no verdict, or none that can be read); by the judge alone; by nobody (only n). A
    mean that nobody gave is 0. Raises ValueError for what no rows can give.
    """

    table: Floats = field(default_factory=lambda: floats(np.zeros((len(PARTS), WIDTH))))

    def __post_init__(self) -> None:
        table = floats(np.asarray(self.table, np.float64).reshape(len(PARTS), WIDTH))
        n, squares = table[:, 0], table[:, [PLACE[2, 0], PLACE[0, 2]]]
        if not (n >= 0).all() or not np.isfinite(n).all():
            raise ValueError("Counts of judged rows must be finite numbers of at least 0.")
        if table[n == 0].any() or (squares < 0).any():
            raise ValueError("Moments of no rows are 0, and a sum of squares is at least 0.")
        object.__setattr__(self, "table", table)

    @classmethod
    def of(cls, human: ArrayLike, judge: ArrayLike) -> Judged:
        """From a number per row of each; NaN where there is none."""
        y, f = np.asarray(human, np.float64).ravel(), np.asarray(judge, np.float64).ravel()
        has_y, has_f = ~np.isnan(y), ~np.isnan(f)
        masks = (has_y & has_f, has_y & ~has_f, ~has_y & has_f, ~has_y & ~has_f)
        y, f = np.where(has_y, y, 0.0), np.where(has_f, f, 0.0)
        return cls.parts(*(JointMoments.of(y[mask], f[mask]) for mask in masks))

    @classmethod
    def parts(
        cls,
        both: JointMoments,
        silent: JointMoments,
        unlabelled: JointMoments,
        unanswered: JointMoments,
    ) -> Judged:
        return cls(np.array([both.row, silent.row, unlabelled.row, unanswered.row]))

    def part(self, which: int) -> JointMoments:
        """One of `PARTS`."""
        return JointMoments(tuple(self.table[which].tolist()))

    def __add__(self, other: Judged) -> Judged:
        return Judged.parts(*(self.part(at) + other.part(at) for at in PARTS))

    def __eq__(self, other: object) -> bool:
        return same(self, other) if isinstance(other, Judged) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.table.tobytes())

    def scaled(self, f: float) -> Judged:
        """The state if each row stood `f` times."""
        return Judged.parts(*(self.part(at).scaled(f) for at in PARTS))

    def more_labels(self, f: float) -> Judged:
        """As it would be with `f` times as many rows judged by people, of the same rows.

        What people newly judge is no longer unjudged; beyond the rows that there are, rows come in.
        """
        left = self.unjudged and max(self.unjudged - (f - 1) * self.n, 0.0) / self.unjudged
        by = {BOTH: f, SILENT: f, UNLABELLED: left, UNANSWERED: left}
        return Judged.parts(*(self.part(at).scaled(by[at]) for at in PARTS))

    @property
    def n(self) -> float:
        """Rows judged by people."""
        return float(self.table[BOTH, 0] + self.table[SILENT, 0])

    @property
    def unjudged(self) -> float:
        """Rows that no person has judged."""
        return float(self.table[UNLABELLED, 0] + self.table[UNANSWERED, 0])

    @property
    def silent(self) -> float:
        """Rows on which the judge gave no verdict."""
        return float(self.table[SILENT, 0] + self.table[UNANSWERED, 0])

    @property
    def total(self) -> float:
        return float(self.table[:, 0].sum())

    @property
    def usual(self) -> float:
        """The mean of the judge's verdicts on all rows."""
        both, judged = self.part(BOTH), self.part(UNLABELLED)
        n = both.n + judged.n
        return (both.n * both.mean_f + judged.n * judged.mean_f) / n if n else 0.0

    def heard(self, usual: float | None = None) -> tuple[JointMoments, JointMoments]:
        """(judged by people, unjudged), every row with a number of the judge's.

        A silent judge counts as the mean of all its verdicts (`usual`): a prediction may be any
        function of the row, so that this is as valid as any number, and a judge that never answers
        adds nothing. It is never counted as a pass.
        """
        both, judged = self.part(BOTH), self.part(UNLABELLED)
        usual = self.usual if usual is None else usual
        silent, nobody = (list(self.table[at]) for at in (SILENT, UNANSWERED))
        for row in (silent, nobody):
            row[2] = usual if row[0] else 0.0
        return (
            both + JointMoments(tuple(map(float, silent))),
            judged + JointMoments(tuple(map(float, nobody))),
        )
