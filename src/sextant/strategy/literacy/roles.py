"""The hats that people wear, the questions of each, and where in Sextant the answers stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sextant.contracts.file.fields import Problems, add, entries, one_of, text
from sextant.contracts.file.node import Node
from sextant.strategy.lifecycles.model import RECORDS
from sextant.strategy.literacy.skills import skills
from sextant.strategy.shipped import chosen, items, once, settle, shipped

ROLE = ("role", "name", "says", "brings", "asks")
ASKS = ("asks", "record", "page")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, answered by a record of each product, or on a page across products."""

    says: str
    record: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A hat: what it stands for, the skills that others count on, what it asks."""

    key: str
    name: str
    says: str
    brings: tuple[str, ...]
    asks: tuple[Asked, ...]


@cache
def roles() -> Mapping[str, Role]:
    """Every role by its key."""
    problems: Problems = []
    root = shipped(__package__, "roles.yaml")
    held = entries(root, ("roles",), ("roles",), "the roles", problems)
    rows = items(held.get("roles"), "roles", problems)
    found = [_role(row, problems) for row in rows]
    once(((one.key, row) for one, row in zip(found, rows, strict=True)), "role", problems)
    settle(problems)
    return MappingProxyType({one.key: one for one in found})


def _role(node: Node, problems: Problems) -> Role:
    held = entries(node, ROLE, ROLE, "a role", problems)
    key, name, says = (text(held.get(one), one, problems) for one in ROLE[:3])
    brings = chosen(held.get("brings"), tuple(skills()), "skill", problems)
    rows = items(held.get("asks"), "asks", problems)
    return Role(key, name, says, brings, tuple(_asked(row, problems) for row in rows))


def _asked(node: Node, problems: Problems) -> Asked:
    held = entries(node, ASKS, ASKS[:1], "a question", problems)
    record = one_of(held.get("record"), RECORDS, "record", problems) or ""
    page = text(held.get("page"), "page", problems)
    if bool(record) == bool(page):
        add(problems, node, "A question is answered in one place.", "Name a record or a page.")
    return Asked(text(held.get("asks"), "asks", problems), record, page)
