"""The people of the demonstration, one for each part. They are invented."""

from __future__ import annotations

from dataclasses import dataclass

from sextant_server.accounts.acting import OPERATOR, Acting
from sextant_server.accounts.actions import accept, invite
from sextant_server.accounts.models import User
from sextant_server.products.actions import give_part
from sextant_server.products.models import Part, Product


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account: the name before the @, the whole name, the role, the part."""

    key: str
    name: str
    role: str
    part: Part | None = None


PEOPLE = (
    Person("ada", "Ada Brandt", "admin"),
    Person("ines", "Ines Ferreira", "member", Part.OWNER),
    Person("bruno", "Bruno Keller", "member", Part.BUSINESS),
    Person("tara", "Tara Lindqvist", "member", Part.TECHNICAL),
    Person("dana", "Dana Okafor", "member", Part.CONTRIBUTOR),
    Person("rui", "Rui Tanaka", "member", Part.REVIEWER),
    Person("ann", "Ann Moreau", "guest", Part.ANNOTATOR),
    Person("vera", "Vera Novak", "guest", Part.VIEWER),
)


def address(person: Person) -> str:
    """The mail address of a person of the demonstration."""
    return f"{person.key}@example.org"


def let_in(password: str) -> dict[str, User]:
    """Everybody, invited and joined, by their keys."""
    found = {}
    for person in PEOPLE:
        _, key = invite(OPERATOR, address(person), person.role)
        found[person.key] = accept(Acting(), key, person.name, password)
    return found


def give_parts(product: Product, people: dict[str, User]) -> None:
    """Everybody's part in a product, given by its owner."""
    owner = Acting(user=people["ines"])
    for person in PEOPLE:
        if person.part:
            give_part(owner, product, people[person.key], person.part)
