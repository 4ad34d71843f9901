"""What answers and measures rest on, read for many products in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sextant_server.strategy.bindings import queries as bindings
from sextant_server.strategy.bindings.queries import Found
from sextant_server.strategy.bindings.reading import Reference
from sextant_server.strategy.economics import queries as economics
from sextant_server.strategy.opportunities import queries as opportunities

EVIDENT = frozenset({"criterion", "rate", "source", "study"})


def read(wanted: Iterable[tuple[int, Reference]], today: date, known: Found | None = None) -> Found:
    """What each reference of a product says, but for other assessments; `known` was read before."""
    asked = list(dict.fromkeys(wanted))
    found: Found = {**(known or {})}
    left = [one for one in asked if one not in found]
    if evident := [one for one in left if one[1].kind in EVIDENT]:
        found |= bindings.read(evident, today)
    if values := [one for one in left if one[1].kind == "value"]:
        found |= economics.readings(values, today, found)
    if any(one[1].kind == "dependency" for one in left):
        found |= opportunities.readings(left, today)
    return found
