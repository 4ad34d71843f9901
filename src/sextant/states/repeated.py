"""Rows that stand more than once: exact in one table, a least number over several."""

from __future__ import annotations

from dataclasses import dataclass

from sextant.states.state import count, factor


@dataclass(frozen=True, slots=True)
class Repeated:
    """`again` of `rows` repeat another row of the same table; merge with `+`.

    What two tables have in common is not kept, so over more than one of `tables` `again` is the
    least it can be. A table without rows is none. Raises ValueError for more than there are rows.
    """

    rows: float = 0.0
    again: float = 0.0
    tables: float = 0.0

    def __post_init__(self) -> None:
        rows, again = count(self.rows, "rows"), count(self.again, "again")
        if again > rows:
            raise ValueError(f"{again:g} of {rows:g} rows cannot repeat another.")
        object.__setattr__(self, "rows", rows)
        object.__setattr__(self, "again", again)
        object.__setattr__(self, "tables", count(self.tables, "tables") if rows else 0.0)

    def __add__(self, other: Repeated) -> Repeated:
        return Repeated(
            self.rows + other.rows, self.again + other.again, self.tables + other.tables
        )

    def scaled(self, f: float) -> Repeated:
        """So many rows of the kind, of which as large a share repeat another."""
        f = factor(f)
        return Repeated(self.rows * f, self.again * f, self.tables)
