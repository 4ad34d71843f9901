"""Which outcomes can still be reached from sets of levels, exactly.

A dimension whose questions appear nowhere else passes sets on exactly. Where a question reaches
the outcome on two ways, sets alone would count combinations that cannot be; so the search branches
on such questions, then on the dimensions that the outcomes speak of, and stops as soon as nothing
more can be found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import prod

from sextant.strategy.frameworks.masks import Masks, bits, is_one
from sextant.strategy.frameworks.model import Dimension
from sextant.strategy.frameworks.program import Program

MAX_CASES = 1_024


def _is_leaf(one: Dimension) -> bool:
    """Whether a dimension is a leaf itself, or bears the name of the question that it is."""
    return one.kind == "compare" or one.of == (one.key,)


def leading(program: Program) -> frozenset[str]:
    """The leaves and dimensions on which an outcome rests."""
    used = set(program.roots)
    for one in reversed(program.order):
        if one.key in used and one.kind != "compare":
            used |= set(one.of)
    return frozenset(used)


def shared(program: Program, stands_for: Mapping[str, str]) -> tuple[str, ...]:
    """The leaves that reach the outcomes on more than one way; `stands_for` names their stand-ins.

    The least of a thing and itself is that thing: two ways into one least or most count once.
    """
    return _shared(program, tuple(stands_for.items()))


@lru_cache(maxsize=4096)
def _shared(program: Program, stand_ins: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    stands_for = dict(stand_ins)
    ways = dict.fromkeys(program.roots, 1)
    for one in reversed(program.order):
        if one.key in ways and not _is_leaf(one):
            names = [stands_for.get(name, name) for name in one.of]
            for name in dict.fromkeys(names) if one.kind in ("least", "most") else names:
                ways[name] = ways.get(name, 0) + ways[one.key]
    found = dict.fromkeys(stands_for.get(name, name) for name in program.leaves)
    return tuple(name for name in found if ways.get(name, 0) > 1)


def cases(program: Program, stands_for: Mapping[str, str]) -> int:
    """The most cases that branching can come to."""
    leaves = (len(program.leaves[name].levels) for name in shared(program, stands_for))
    scales = {one.key: one.scale for one in program.order}
    return prod(leaves) * prod(len(scales[name].levels) for name in program.roots)


@dataclass(frozen=True, slots=True)
class Search:
    """Which outcomes can be reached from sets of leaves; branches only where it has to."""

    program: Program
    stands_for: Mapping[str, str]
    shared: tuple[str, ...]
    forced: Mapping[str, int] = field(default_factory=dict)
    known: dict[tuple[int, ...], int] = field(default_factory=dict)

    def reach(self, leaves: Masks, wanted: int = -1) -> int:
        """The outcomes that can be reached, as bits; stops when all of `wanted` are."""
        return self._leaves(leaves, 0, wanted)

    def filled(self, leaves: Masks) -> Masks:
        """The leaves, each with the set of its stand-in where it has one."""
        if not self.stands_for:
            return leaves
        return leaves | {name: leaves[real] for name, real in self.stands_for.items()}

    def _leaves(self, leaves: Masks, reached: int, wanted: int) -> int:
        held = self.program.spread(self.filled(leaves), self.forced)
        found = self.program.outcomes(held)
        if not found & ~reached & wanted:
            return reached
        if is_one(found):
            return reached | found
        name = next((one for one in self.shared if not is_one(leaves[one])), None)
        if name is None:
            return reached | self._known(held, wanted)
        for bit in bits(leaves[name]):
            reached = self._leaves({**leaves, name: bit}, reached, wanted)
        return reached

    def _known(self, held: Masks, wanted: int) -> int:
        """What the dimensions of the outcomes reach; many leaves leave them the same sets."""
        at = (wanted, *(held[name] for name in self.program.roots))
        if at not in self.known:
            self.known[at] = self._roots(held, self.program.roots, 0, wanted)
        return self.known[at]

    def _roots(self, held: Masks, roots: tuple[str, ...], reached: int, wanted: int) -> int:
        found = self.program.outcomes(held)
        if not found & ~reached & wanted:
            return reached
        if is_one(found):
            return reached | found
        name = next(one for one in roots if not is_one(held[one]))
        for bit in bits(held[name]):
            reached = self._roots({**held, name: bit}, roots, reached, wanted)
        return reached


def search(
    program: Program, stands_for: Mapping[str, str], forced: Mapping[str, int] | None = None
) -> Search:
    return Search(program, stands_for, shared(program, stands_for), forced or {})
