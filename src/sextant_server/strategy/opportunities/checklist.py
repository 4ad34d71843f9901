"""The five things that discovery is made of, each read from records; nobody ticks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sextant_server.products.models import Product
from sextant_server.strategy.opportunities.known import Known
from sextant_server.strategy.opportunities.models import (
    Alternative,
    AlternativeKind,
    GoalLink,
    PainPoint,
    Role,
)

RIVALS = (AlternativeKind.COMPETITOR, AlternativeKind.SERVICE)


@dataclass(frozen=True, slots=True)
class Item:
    """One of the five: whether it is done, what shows it or what is missing, and where to go.

    `route` and `what` are the page on which it is mended.
    """

    name: str
    done: bool
    says: str
    route: str
    what: str = ""


def checklist(
    product: Product,
    known: Known,
    pains: Sequence[PainPoint],
    alternatives: Sequence[Alternative],
    links: Sequence[GoalLink],
    readable_sources: int,
) -> tuple[Item, ...]:
    """Market, competitors, feasibility, data, measurable success: from what is on record."""
    sourced = sum(one.is_sourced for one in pains)
    rivals = [one.name for one in alternatives if one.kind in RIVALS]
    return (
        Item("Market research", sourced > 0, _count(sourced, "pain point", "told with its source")
             or "Nobody's pain is told with its source.", "record_new", "pain"),
        Item("Competitors compared", bool(rivals), ", ".join(rivals[:3])
             or "No competitor and no service to buy is on record.", "record_new", "alternative"),
        _feasibility(known),
        Item("Data evaluated", readable_sources > 0,
             _count(readable_sources, "source", "read and described")
             or "No source has been read yet.", "sources"),
        Item("Success can be measured", product.has_outcome and bool(links),
             _success(product, links), "record_new" if product.has_outcome else "product_edit",
             "goal" if product.has_outcome else ""),
    )  # fmt: skip


def _feasibility(known: Known) -> Item:
    """Talked through with data scientists: the family of the task, and their own effort."""
    effort = known.effort or {}
    theirs = bool({Role.DATA_SCIENCE, Role.ML_ENGINEERING} & set(effort))
    says = {
        (True, True): f"The task is {known.family}, and the months of those who build models are"
        " on record.",
        (True, False): "The effort of data scientists is not on record.",
        (False, True): "Which family of task it is has not been said.",
        (False, False): "Neither the family of the task nor the effort of data scientists is on"
        " record.",
    }[bool(known.family), theirs]
    part = "effort" if known.family else "kind"
    return Item("Feasibility talked through", bool(known.family) and theirs, says, "bet_part", part)


def _success(product: Product, links: Sequence[GoalLink]) -> str:
    if not product.has_outcome:
        return "No outcome is stated."
    if not links:
        return "No metric of the AI is named that should move a goal."
    return f"{product.metric}, moved by {links[0].metric}."


def _count(number: int, thing: str, how: str) -> str:
    return f"{number} {thing}{'s' if number != 1 else ''} {how}." if number else ""
