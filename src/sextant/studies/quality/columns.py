"""From counts to columns: what kind each is, its range, values, spellings, placeholders."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sextant.engines.columns import Cell, Facts, Key
from sextant.engines.source import Source
from sextant.studies.quality.result import Column, Kind

Rows = Mapping[str | None, Mapping[Cell, int]]
BY_VALUE = 2_000
"""A column of more values is not counted value by value."""
MOSTLY = 0.9
"""So large a share of cells that read as numbers makes a text column one of numbers."""
LISTED, LONG = 12, 40
DAY = re.compile(r"(?!0000)\d{4}-\d\d-\d\d(?:$| )")
LEVELS = (0.01, 0.25, 0.5, 0.75, 0.99)
PLACEHOLDERS = frozenset(
    ("?", "-", "--", ".", "n/a", "na", "nan", "null", "none", "nil", "missing", "unknown", "n.a.")
)
"""How people write that nothing is known, where it is read as a value."""


def kind_of(facts: Facts, source: Source) -> Kind:
    """The kind of a column: of CSV and of text what nearly all of its cells read as."""
    if not facts.cells:
        return "empty"
    held = source.columns[facts.name]
    if held == "time":
        return "time"
    if held == "boolean" or facts.flags == facts.cells:
        return "yes or no"
    if facts.numbers >= MOSTLY * facts.cells:
        return "whole number" if facts.whole == facts.numbers else "number"
    if facts.moments >= MOSTLY * facts.cells:
        return "time"
    return "category" if facts.distinct <= BY_VALUE and facts.length <= LONG else "text"


def key_of(facts: Facts, kind: Kind) -> Key | None:
    """What the column's rows are counted by; None where its values are too many."""
    if kind in {"number", "whole number"}:
        return Key(facts.name, "number" if facts.distinct <= BY_VALUE else "bucket")
    if kind == "time":
        return Key(facts.name, "day")
    if kind == "empty" or facts.distinct > BY_VALUE:
        return None
    return Key(facts.name, "value")


def column_of(facts: Facts, kind: Kind, key: Key | None, rows: Rows) -> Column:
    """One column as it is shown. `rows`: by key, from the second scan; empty where not counted."""
    about = min(facts.distinct, facts.cells)
    base = Column(facts.name, kind, facts.rows, facts.missing, about, False, longest=facts.longest)
    fit = {"number": facts.numbers, "whole number": facts.numbers, "time": facts.moments}
    odd = max(facts.cells - fit[kind], 0) if kind in fit else 0
    if kind == "empty":
        return replace(base, exact=True)
    if kind == "time":
        odd = odd if facts.moments else 0
        return replace(base, odd=odd, first=facts.first, last=facts.last)
    totals = {value: sum(cells.values()) for value, cells in rows.items() if value is not None}
    if key is None or not totals:
        return base
    if key.how == "bucket":
        cells = sorted((middle(int(b), facts.low, facts.high), n) for b, n in totals.items())
        return replace(base, odd=odd, low=facts.low, high=facts.high, quantiles=quantiles(cells))
    top = max(totals.items(), key=lambda one: (one[1], one[0]))
    few = len(totals) <= LISTED and facts.longest <= LONG
    values = tuple(sorted(totals.items(), key=lambda one: (-one[1], one[0]))) if few else ()
    shown: dict[str, Any] = {"distinct": len(totals), "exact": not odd, "odd": odd}
    if key.how == "number":
        cells = sorted((float(value), n) for value, n in totals.items())
        plain = tuple((f"{float(value):g}", n) for value, n in values)
        return replace(base, **shown, low=facts.low, high=facts.high, quantiles=quantiles(cells),
                     top=(f"{float(top[0]):g}", top[1]), values=plain)  # fmt: skip
    return replace(base, **shown, top=top, values=values, spellings=spellings(totals),
                 placeholders=placeholders(totals))  # fmt: skip


def middle(bucket: int, low: float | None, high: float | None) -> float:
    """The middle of a value's bucket, inside the range: within 1 % of every number in it."""
    if bucket == 0:
        return 0.0
    octave, part = divmod(abs(bucket) - 80_000, 64)
    size = math.ldexp(1 + (part + 0.5) / 64, octave)
    value = size if bucket > 0 else -size
    return min(max(value, -math.inf if low is None else low), math.inf if high is None else high)


def quantiles(cells: list[tuple[float, int]]) -> tuple[float, ...]:
    """The least value with at least so many rows at or below it, for each of `LEVELS`."""
    total, found, seen, place = sum(n for _, n in cells), [], 0, 0
    for level in LEVELS:
        while seen + cells[place][1] < level * total:
            seen += cells[place][1]
            place += 1
        found.append(cells[place][0])
    return tuple(found)


def spellings(totals: Mapping[str, int]) -> tuple[tuple[tuple[str, int], ...], ...]:
    """Values that are one word but for case, blanks, hyphens and underscores."""
    alike: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for value, n in totals.items():
        alike[folded(value)].append((value, n))
    many = [tuple(sorted(one, key=lambda v: (-v[1], v[0]))) for one in alike.values()
            if len(one) > 1]  # fmt: skip
    return tuple(sorted(many, key=lambda one: (-sum(n for _, n in one), one[0][0])))


def folded(value: str) -> str:
    """A value as it is compared: composed, without case, blanks, hyphens and underscores."""
    plain = unicodedata.normalize("NFKC", value).casefold()
    return re.sub(r"(?<=\w)[\s_\-]+(?=\w)", "", plain.strip())


def placeholders(totals: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Values that say that nothing is known, beside others that say something."""
    said = [(v, n) for v, n in totals.items() if v.strip().casefold() in PLACEHOLDERS]
    return tuple(sorted(said)) if len(said) < len(totals) else ()


def by_day(rows: Rows) -> dict[str, int]:
    """Rows by day, in order; days outside the years 1 to 9999 are left out."""
    held = {day[:10]: sum(cells.values()) for day, cells in rows.items() if day and DAY.match(day)}
    return dict(sorted(held.items()))
