"""Where nothing is said: products without outcome, contract or evidence, evidence that expired."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.urls import reverse

from sextant_server.contracts.models import Contract
from sextant_server.contracts.models import State as ContractState
from sextant_server.evidence.models import Evidence
from sextant_server.products.models import Part, Product, Stage
from sextant_server.stories.line import Line, ranked, stake
from sextant_server.stories.queries import Mine
from sextant_server.stories.today.promises import expired

BETS = (Stage.OPPORTUNITY, Stage.SCOPING)
"""A bet promises nothing yet: the gate to development asks for its contract."""


def silence(
    mine: Mapping[int, Mine],
    contracts: Mapping[int, Sequence[Contract]],
    evidence: Mapping[int, Sequence[Evidence]],
    today: date,
) -> list[Line]:
    """One line a product about which the records are silent; the first thing that is missing."""
    lines = []
    for key, held in mine.items():
        if held.product.stage == Stage.RETIRED:
            continue
        found = _missing(
            held.product, held.parts, contracts.get(key, ()), evidence.get(key, ()), today
        )
        if found:
            lines.append(found if held.acts else _only_read(found, held.product))
    return ranked(lines)


def _missing(
    product: Product,
    parts: Collection[Part],
    contracts: Sequence[Contract],
    evidence: Sequence[Evidence],
    today: date,
) -> Line | None:
    locked = [one for one in contracts if one.state == ContractState.LOCKED]
    drafts = [one for one in contracts if one.state == ContractState.DRAFT]
    if not product.has_outcome:
        edit = reverse("product_edit", args=[product.slug])
        owns = Part.OWNER in parts
        return _line(product, "has no outcome yet", "What should change, by how much, by when?",
                     edit if owns else product.get_absolute_url(),
                     "State it" if owns else "See the product")  # fmt: skip
    if product.stage in BETS and not contracts:
        return None
    if not contracts:
        return _line(product, "has no contract", "Nothing is promised, so nothing can be broken.",
                     reverse("contracts", args=[product.slug]), "Write one")  # fmt: skip
    if not locked:
        return _line(product, "has a contract that is not locked", "A draft decides nothing.",
                     reverse("contract", args=[product.slug, drafts[0].number]),
                     "See what it lacks")  # fmt: skip
    if not evidence:
        return _line(product, "has a locked contract and no evidence",
                     f"Contract {locked[0].number} has not been run.",
                     reverse("contract", args=[product.slug, locked[0].number]),
                     "Run it")  # fmt: skip
    if expired(evidence[0], today):
        gone = evidence[0].expires_on
        assert gone is not None
        return _line(product, "rests on evidence that has expired",
                     f"Evidence {evidence[0].number} counted until {gone.day} {gone:%b %Y}.",
                     reverse("contract", args=[product.slug, locked[0].number]),
                     "Run it again")  # fmt: skip
    return None


def _only_read(line: Line, product: Product) -> Line:
    """The same line for somebody who can do nothing about it: it leads to the product."""
    return replace(line, href=product.get_absolute_url(), label="See the product")


def _line(product: Product, lacks: str, why: str, href: str, label: str) -> Line:
    return Line(f"{product} {lacks}.", href, label, why, word="silent", rank=stake(product))
