"""One query and what it came back with, before anything is made of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlglot import exp

from sextant.contracts.model import Contract
from sextant.engines.duck import Columns
from sextant.engines.plan import Plan
from sextant.engines.query import Query
from sextant.engines.rows import MASK_BITS, Rows
from sextant.engines.run import SET, places
from sextant.engines.sets import FACTS
from sextant.engines.source import RELATION, Source
from sextant.engines.sql import DIALECT, column, sql

SHOWN, LONGEST = 5, 40
"""So many examples of a column's values, each cut to so many characters."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A query, what it was asked for, its columns, and the lines that were no rows at all."""

    contract: Contract
    plan: Plan
    source: Source
    derived: Rows
    query: Query
    columns: Columns
    broken: dict[str, int]

    def rows(self, keys: tuple[str, ...], kept_only: bool = True) -> NDArray[np.int64]:
        """The rows of one grouping set; without those set aside from everything."""
        found = np.asarray(self.columns[SET]) == places(self.query)[keys]
        if kept_only:
            found &= np.ma.filled(np.ma.asarray(self.columns["kept"]), 0) == 1
        return np.flatnonzero(found)

    def total(self) -> int:
        """All rows that were read, those set aside included."""
        return int(np.asarray(self.columns["n"])[self.rows(FACTS, kept_only=False)].sum())

    def set_aside(self) -> dict[str, int]:
        """Rows by the reason for which they could not be used; a row may have several."""
        counted: dict[str, int] = {}
        for part, mask in enumerate(self.derived.masks):
            rows = self.rows((mask,), kept_only=False)
            held = np.asarray(self.columns[mask][rows], dtype=np.int64)
            n = np.asarray(self.columns["n"][rows], dtype=np.int64)
            reasons = self.derived.reasons[part * MASK_BITS : (part + 1) * MASK_BITS]
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
            .where(sql(":x is not null", x=column(name)), self.derived.where, where)
            .order_by("v")
            .limit(SHOWN)
        )
        return [row[0] for row in self.source.session.rows(query.sql(dialect=DIALECT))]


def listed(values: list[str]) -> str:
    """'a', 'b', 'c', 'd' …"""
    return ", ".join(repr(value) for value in values[: SHOWN - 1]) + (
        " …" if len(values) >= SHOWN else ""
    )
