"""What a product has on record that an answer can rest on, with what it says now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sextant_server.strategy.assessments.resting import EVIDENT
from sextant_server.strategy.assessments.standing import called
from sextant_server.strategy.bindings import queries as bindings
from sextant_server.strategy.bindings.reading import Reading, Reference
from sextant_server.strategy.economics.queries import Valued, reading_of
from sextant_server.strategy.opportunities import queries as opportunities

SHOWN = 140
RESULTS = ("break_even", "expected", "payback")
"""The results of a value model that something can rest on."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing on record: its reference, and its reading."""

    reference: Reference
    reading: Reading

    @property
    def choice(self) -> tuple[str, str]:
        """As a form's list shows it: what it is, and what it says."""
        says = f"{called(self.reference)}: {self.reading.says or self.reading.word}"
        text = says[:1].upper() + says[1:]
        return str(self.reference), text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def evident(product: int, kinds: Collection[str], today: date) -> list[Offer]:
    """What evidence and sources say, and dependencies are at, as far as these kinds need it."""
    found: list[tuple[Reference, Reading]] = []
    if not EVIDENT.isdisjoint(kinds):
        found += bindings.offered(product, today, kinds)
    if "dependency" in kinds:
        found += opportunities.offered(product)
    return [Offer(*one) for one in found if not one[1].absent]


def worth(of: Valued | None) -> list[Offer]:
    """What a value model says."""
    if of is None:
        return []
    return [Offer(Reference("value", key), reading_of(key, of)) for key in RESULTS]
