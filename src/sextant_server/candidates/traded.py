"""Which records speak of a product's trade-offs: of every version, and of the one at a gate."""

from __future__ import annotations

from collections.abc import Sequence

from sextant_server.candidates import queries
from sextant_server.candidates.measured import Key, Measured, key_of
from sextant_server.candidates.models import Tradeoff
from sextant_server.candidates.trades import Answer, by_studies, of_evidence
from sextant_server.evidence.models import Evidence
from sextant_server.products.models import Product

MOST_WEIGHED = 4
"""Comparisons whose states are read again for one page."""


def of_versions(product: Product, running: Sequence[Tradeoff]) -> list[Answer]:
    """Of the newest comparison of each version with the champion, and of the newest evidence."""
    now = queries.champion_of(queries.choices_of(product))
    champion = key_of(now) if now else None
    newest: dict[Key, Measured] = {}
    for one in queries.measured_of(product):
        if one.kind == "comparison" and (champion is None or one.a == champion):
            newest.setdefault(one.b, one)
    weighed = by_studies(running, list(newest.values())[:MOST_WEIGHED])
    of_studies = [each for one in newest.values() for each in weighed.get(one.pk, ())]
    return [*of_studies, *of_evidence(running, product)]


def at_gate(product: Product, agreed: Sequence[Tradeoff], evidence: Evidence) -> list[Answer]:
    """Of the version before a gate, and of its evidence against the one before.

    The version is the champion, against whom it took the place of; against anybody where that was
    nobody. Without a champion the newest comparison counts, whose versions its sentences name.
    """
    taken = [one for one in queries.choices_of(product) if one.effective_at]
    last = max(taken, key=lambda one: one.number) if taken else None
    b = key_of(last.candidate) if last else None
    a = key_of(last.before) if last and last.before else None
    held = [
        one for one in queries.measured_of(product)
        if one.kind == "comparison" and (last is None or one.b == b) and a in (None, one.a)
    ][:1]  # fmt: skip
    weighed = by_studies(agreed, held)
    of_studies = [each for one in held for each in weighed.get(one.pk, ())]
    return [*of_studies, *of_evidence(agreed, product, evidence.number)]
