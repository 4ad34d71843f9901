"""Skills in three anchored levels: follows, able, leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sextant.contracts.file.fields import Problems, entries, one_of, text
from sextant.contracts.file.node import Node
from sextant.strategy.shipped import items, once, settle, shipped

LEVELS = ("none", "follows", "able", "leads")
"""From the least to the most; each but the first has its anchor in every skill."""
GROUPS = ("shared", "technical")
SKILL = ("skill", "name", "group", *LEVELS[1:])


@dataclass(frozen=True, slots=True)
class Skill:
    """Something that people can do: its name, its group, and what each level looks like."""

    key: str
    name: str
    group: str
    follows: str
    able: str
    leads: str

    def anchor(self, level: str) -> str:
        """What somebody of this level does."""
        anchors = (self.follows, self.able, self.leads)
        return dict(zip(LEVELS[1:], anchors, strict=True)).get(level, "Not yet.")


@cache
def skills() -> Mapping[str, Skill]:
    """Every skill by its key."""
    problems: Problems = []
    root = shipped(__package__, "skills.yaml")
    held = entries(root, ("skills",), ("skills",), "the skills", problems)
    rows = items(held.get("skills"), "skills", problems)
    found = [_skill(row, problems) for row in rows]
    once(((one.key, row) for one, row in zip(found, rows, strict=True)), "skill", problems)
    settle(problems)
    return MappingProxyType({one.key: one for one in found})


def _skill(node: Node, problems: Problems) -> Skill:
    held = entries(node, SKILL, SKILL, "a skill", problems)
    key, name = (text(held.get(one), one, problems) for one in SKILL[:2])
    group = one_of(held.get("group"), GROUPS, "group", problems) or ""
    return Skill(key, name, group, *(text(held.get(one), one, problems) for one in LEVELS[1:]))
