"""One query and what it came back with, before anything is made of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from sextant.contracts.model import Contract
from sextant.engines.plan import Plan
from sextant.engines.query import Query
from sextant.engines.rollup import Keys
from sextant.engines.rows import MASK_BITS
from sextant.engines.run import Answers
from sextant.engines.sets import FACTS
from sextant.engines.source import RELATION, Source
from sextant.engines.sql import DIALECT, column, sql

SHOWN, LONGEST = 5, 40
"""So many examples of a column's values, each cut to so many characters."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A query, what it was asked for, the answer, and the lines that were no rows at all."""

    contract: Contract
    plan: Plan
    source: Source
    query: Query
    answers: Answers
    broken: dict[str, int]

    def kept(self, keys: Keys) -> NDArray[np.int64]:
        """Which groups of a set are not of rows that were set aside from everything."""
        return np.flatnonzero(np.ma.filled(np.ma.asarray(self.answers[keys]["kept"]), 0) == 1)

    def total(self) -> int:
        """All rows that were read, those set aside included."""
        return int(self.answers[FACTS]["n"].sum())

    def codes(self, key: str) -> set[int]:
        """The class codes that a column used; none where it was not asked for."""
        held = [columns[key] for keys, columns in self.answers.items() if key in keys]
        return {int(code) for one in held for code in np.unique(np.ma.compressed(one))}

    def set_aside(self) -> dict[str, int]:
        """Rows by the reason for which they could not be used; a row may have several."""
        counted: dict[str, int] = {}
        for part, mask in enumerate(self.query.rows.masks):
            held = np.asarray(self.answers[mask,][mask], dtype=np.int64)
            n = np.asarray(self.answers[mask,]["n"], dtype=np.int64)
            reasons = self.query.rows.reasons[part * MASK_BITS : (part + 1) * MASK_BITS]
            for bit, reason in enumerate(reasons):
                if total := int(n[(held >> bit) & 1 == 1].sum()):
                    counted[reason] = total
        return counted | self.broken

    def examples(self, name: str, where: exp.Expr | None = None) -> list[str]:
        """Some of a column's values as text, from the rows of the period and of `where`."""
        text = sql("left(cast(:x as text), :most)", x=column(name), most=sql(str(LONGEST)))
        query = (
            exp.select(text.as_("v"))
            .distinct()
            .from_(exp.to_table(RELATION, quoted=True))
            .where(sql(":x is not null", x=column(name)), self.query.rows.where, where)
            .order_by("v")
            .limit(SHOWN)
        )
        return [row[0] for row in self.source.session.rows(query.sql(dialect=DIALECT))]


def listed(values: list[str]) -> str:
    """'a', 'b', 'c', 'd' …"""
    return ", ".join(repr(value) for value in values[: SHOWN - 1]) + (
        " …" if len(values) >= SHOWN else ""
    )
