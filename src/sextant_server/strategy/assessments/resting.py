"""What answers and measures rest on, read for many products in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sextant_server.strategy.bindings import queries as bindings
from sextant_server.strategy.bindings.queries import Found
from sextant_server.strategy.bindings.reading import Reference

READERS = (
    (("criterion", "rate", "source"), bindings.read),
)  # fmt: skip
"""Which kinds are read by which query; assessments are read by themselves."""


def read(wanted: Iterable[tuple[int, Reference]], today: date) -> Found:
    """What each reference of a product says, but for other assessments."""
    asked = list(dict.fromkeys(wanted))
    found: Found = {}
    for kinds, reader in READERS:
        if mine := [one for one in asked if one[1].kind in kinds]:
            found |= reader(mine, today)
    return found
