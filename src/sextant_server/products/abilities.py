"""Who may do what in a product: every ability with the parts that give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sextant_server.products.models import Part

OWNER, BUSINESS, TECHNICAL = Part.OWNER, Part.BUSINESS, Part.TECHNICAL
CONTRIBUTOR, REVIEWER = Part.CONTRIBUTOR, Part.REVIEWER


@dataclass(frozen=True, slots=True)
class Ability:
    """One thing that can be done: how it reads after "may", and the parts that may do it.

    `admin`: administrators of the installation may, too. They look after people and order; they
    never sign, decide or see rows by their role alone.
    """

    says: str
    parts: tuple[Part, ...]
    admin: bool = False


ABILITIES: Mapping[str, Ability] = {
    "edit": Ability("change what the product is", (OWNER,), admin=True),
    "people": Ability("give people their parts", (OWNER,), admin=True),
    "sources": Ability("register and look after sources", (OWNER, TECHNICAL, CONTRIBUTOR)),
    "write": Ability("write the contract", (OWNER, BUSINESS, TECHNICAL, CONTRIBUTOR)),
    "sign_business": Ability("sign for the business", (BUSINESS,)),
    "sign_technical": Ability("sign for the technical side", (TECHNICAL,)),
    "lock": Ability("lock the contract", (OWNER, BUSINESS, TECHNICAL)),
    "run": Ability("start and cancel runs", (OWNER, BUSINESS, TECHNICAL, CONTRIBUTOR)),
    "study": Ability("start and keep studies", (OWNER, BUSINESS, TECHNICAL, CONTRIBUTOR)),
    "events": Ability(
        "send releases and events of pipelines", (OWNER, BUSINESS, TECHNICAL, CONTRIBUTOR)
    ),
    "candidates": Ability(
        "say which versions are in the running", (OWNER, BUSINESS, TECHNICAL, CONTRIBUTOR)
    ),
    "guard": Ability(
        "write down how it fails and what happens then", (OWNER, BUSINESS, TECHNICAL, CONTRIBUTOR)
    ),
    "explore": Ability(
        "write down what is known of the opportunity", (OWNER, BUSINESS, TECHNICAL, CONTRIBUTOR)
    ),
    "value": Ability("change the value model", (OWNER, BUSINESS, TECHNICAL, CONTRIBUTOR)),
    "assess": Ability(
        "answer the questions of an assessment",
        (OWNER, BUSINESS, TECHNICAL, CONTRIBUTOR, REVIEWER),
    ),
    "settle": Ability("uncover and settle the answers of an assessment", (OWNER, BUSINESS)),
    "ask": Ability("ask for a decision", (OWNER, BUSINESS, TECHNICAL, CONTRIBUTOR)),
    "question": Ability(
        "ask questions and state an opinion at a gate",
        (OWNER, BUSINESS, TECHNICAL, CONTRIBUTOR, REVIEWER),
    ),
    "answer": Ability("answer questions", (OWNER, BUSINESS, TECHNICAL, CONTRIBUTOR, REVIEWER)),
    "decide": Ability("decide at a gate", (OWNER, BUSINESS)),
    "second": Ability("second a decision", (OWNER, BUSINESS, TECHNICAL, REVIEWER)),
}
