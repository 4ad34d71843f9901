"""A word on a product's own numbers, in natural frequencies; else on numbers that are an example.

Each number stands with its interval and its n. What nobody has measured is never filled in: it is
replaced by an example that says that it is one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sextant.stats.estimate import Level
from sextant.stats.rate import rate
from sextant.strategy.literacy.glossary import Shows, Term
from sextant.words.frequency import frequency, of
from sextant.words.numbers import Scale

NOUNS = {"rows": "cases", "positive": "real cases", "negative": "other cases"}
MOST = 100_000
"""The largest number that cases are counted of to tell a count from the ends of its interval."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that shows a word; `own`: on the numbers of the product that was asked about."""

    says: str
    own: bool


def example(term: Term, brief: Mapping[str, Any] | None = None) -> Example:
    """A term on the brief (or the record) of evidence; made up where there is none, or none fits.

    `names` of the brief, where it has them, call the cases what the contract calls them.
    """
    if term.shows is None:
        return Example(term.story, own=False)
    filled = _filled(term.shows, brief) if brief else ""
    return Example(filled or _made_up(term.shows), own=bool(filled))


def _filled(shows: Shows, brief: Mapping[str, Any]) -> str:
    """The sentence with the brief's numbers; empty where it does not hold them."""
    names = {**NOUNS, **{key: said for key, said in (brief.get("names") or {}).items() if said}}
    if shows.rate:
        rates = brief.get("rates") or ()
        row = next((one for one in rates if one["metric"] == shows.rate), None)
        return _said(shows, row, names) if row else ""
    figures = brief.get("figures") or _figures(brief)
    row = next((one for one in figures if _is_of(one, shows.criterion)), None)
    if row is None:
        return ""
    if "{figures}" in shows.says:
        told = row["figures"].rstrip(".")
        return shows.says.format(text=f"“{row['text']}”", figures=told, verdict=row["verdict"])
    return _said(shows, {**row, "n": row["count"]}, names)


def _is_of(figure: Mapping[str, Any], metric: str) -> bool:
    """Whether a criterion is about this metric, over all cases, and could be measured."""
    if figure["estimate"] is None or figure["count"] is None:
        return False
    if metric == "any":
        return True
    name, _, rest = figure["text"].partition(" ")
    return name == metric and " in " not in rest and " across " not in rest


def _figures(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The figures of a whole record, as a brief holds them."""
    found = []
    for one in record.get("criteria") or ():
        top = one["top"]
        if top["value"]:
            name = f"{one['top_name']}: " if one["top_name"] else ""
            told = f"{name}{top['value']} ({top['interval']}), n {top['n']}"
            numbers = {key: top[key] for key in ("estimate", "low", "high", "count")}
            named = {key: one[key] for key in ("text", "verdict")}
            found.append({**named, **numbers, "figures": told})
    return found


def _made_up(shows: Shows) -> str:
    if shows.like:
        return shows.like
    got = rate(shows.hits, shows.cases, Level())
    row = {"estimate": got.value, "low": got.low, "high": got.high, "n": got.n}
    return _said(shows, row, NOUNS)


def _said(shows: Shows, row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The sentence with counts of 100, or of more where the thing is rare or known narrowly."""
    value, low, high = (float(row[name]) for name in ("estimate", "low", "high"))
    if shows.complement:
        value, low, high = 1 - value, 1 - high, 1 - low
    scale = _scale(value, low, high)
    return shows.says.format(
        of=of(scale), count=scale.bare(value), low=scale.bare(low), high=scale.bare(high),
        n=f"{row['n']:,.0f}", **{key: names[key] for key in NOUNS},
    )  # fmt: skip


def _scale(value: float, low: float, high: float) -> Scale:
    """The denominator at which the count can be told from both ends of its interval."""
    scale = frequency(value, low, high, math.inf, "<=")
    shown = [scale.shown(one) for one in (low, value, high)]
    while scale.factor < MOST and any(
        a < b and x == y for a, b, x, y in zip((low, value), (value, high), shown, shown[1:],
                                               strict=False)
    ):  # fmt: skip
        scale = Scale(scale.factor * 10)
        shown = [scale.shown(one) for one in (low, value, high)]
    return scale
