"""Whether what a product needs of its people is there: covered, not covered, not said.

Not covered is a claim about everybody: while somebody with a part has not said how far he is, it is
not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sextant.strategy.literacy import LEVELS

State = Literal["covered", "not covered", "not said"]
VERDICTS: Mapping[State, str] = {
    "covered": "met",
    "not covered": "missed",
    "not said": "undecided",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What one person of a product says of a skill; `level` is empty where he has not said."""

    name: str
    level: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """The answer to one need, and who it rests on."""

    state: State
    why: str

    @property
    def verdict(self) -> str:
        return VERDICTS[self.state]


def of_skill(level: str, people: Sequence[Said]) -> Gap:
    """Covered by whoever reaches the level; not covered only where everybody has said."""
    enough = [one for one in people if one.level and _reaches(one.level, level)]
    confirmed = [one.name for one in enough if one.confirmed]
    if confirmed:
        return Gap("covered", f"{_listed(confirmed)}, confirmed by another.")
    if enough:
        return Gap("covered", f"{_listed([one.name for one in enough])}, believed.")
    silent = [one.name for one in people if not one.level]
    if silent or not people:
        whose = f"{_listed(silent)} {_have(silent)} not said." if silent else "Nobody has a part."
        return Gap("not said", whose)
    count = len(people)
    return Gap("not covered", f"Of {count} with a part in it none reaches it." if count > 1
               else "The only one with a part in it does not reach it.")  # fmt: skip


def of_role(people: Sequence[tuple[str, frozenset[str]]], role: str) -> Gap:
    """Covered by whoever wears the hat; not covered only where everybody wears some hat."""
    wearing = [name for name, hats in people if role in hats]
    if wearing:
        return Gap("covered", f"{_listed(wearing)}.")
    silent = [name for name, hats in people if not hats]
    if silent or not people:
        whose = f"{_listed(silent)} {_have(silent)} not said." if silent else "Nobody has a part."
        return Gap("not said", whose)
    return Gap("not covered", "Nobody with a part in it wears this hat.")


def _reaches(level: str, asked: str) -> bool:
    return LEVELS.index(level) >= LEVELS.index(asked)


def _have(names: Sequence[str]) -> str:
    return "has" if len(names) == 1 else "have"


def _listed(names: Sequence[str]) -> str:
    """`Ines and Bruno`, `Ines, Bruno and 3 more`."""
    if len(names) > 3:
        return f"{', '.join(names[:2])} and {len(names) - 2} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
