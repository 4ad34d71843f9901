"""A framework's rule over sets of levels: which outcomes can still be reached, exactly.

A set of levels is an integer with one bit a level, the lowest for the worst. A dimension whose
questions appear nowhere else passes sets on exactly. Where a question reaches the outcome on two
ways, sets alone would count combinations that cannot be; so the rule branches on such questions,
then on the dimensions that the outcomes speak of, and stops as soon as nothing more can be found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import prod

from sextant.strategy.frameworks.model import Condition, Dimension, Framework, Scale

Masks = dict[str, int]
MAX_CASES = 1_024


def mask_of(scale: Scale, levels: frozenset[str]) -> int:
    mask = 0
    for key in levels:
        mask |= 1 << scale.places[key]
    return mask


def full(scale: Scale) -> int:
    """All levels."""
    return (1 << len(scale.levels)) - 1


def levels_in(scale: Scale, mask: int) -> tuple[str, ...]:
    """The levels of a set, worst first."""
    return tuple(key for at, key in enumerate(scale.keys) if mask >> at & 1)


def bits(mask: int) -> Iterator[int]:
    """The single bits of a mask, each as a mask."""
    while mask:
        yield (bit := mask & -mask)
        mask ^= bit


def is_one(mask: int) -> bool:
    return not mask & (mask - 1)


@dataclass(frozen=True, slots=True)
class Test:
    """A condition in bits: pairs of a dimension and what it accepts, and counts of such pairs."""

    clauses: tuple[tuple[str, int], ...]
    counts: tuple[tuple[tuple[tuple[str, int], ...], int], ...]

    def may(self, held: Masks) -> bool:
        return all(held[name] & accepts for name, accepts in self.clauses) and all(
            sum(bool(held[name] & accepts) for name, accepts in pairs) >= many
            for pairs, many in self.counts
        )

    def must(self, held: Masks) -> bool:
        return all(not held[name] & ~accepts for name, accepts in self.clauses) and all(
            sum(not held[name] & ~accepts for name, accepts in pairs) >= many
            for pairs, many in self.counts
        )


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """The dimensions in an order in which each follows what it rests on, and the outcomes' tests.

    `leaves` are the variables: questions with levels, and dimensions that compare two ranges.
    """

    leaves: Mapping[str, Scale]
    order: tuple[Dimension, ...]
    roots: tuple[str, ...]
    tests: tuple[tuple[Test, ...], ...]
    made: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def spread(self, leaves: Masks, forced: Mapping[str, int] | None = None) -> Masks:
        """The set of every dimension, from those of the leaves; `forced` overrules dimensions."""
        held = dict(leaves)
        for one in self.order:
            if forced and one.key in forced:
                held[one.key] = forced[one.key]
            elif one.kind == "table":
                held[one.key] = self._looked_up(one, held[one.of[0]], held[one.of[1]])
            elif one.kind == "is":
                held[one.key] = held[one.of[0]]
            elif one.kind != "compare":
                held[one.key] = _extreme(one, [held[name] for name in one.of])
        return held

    def _looked_up(self, one: Dimension, down: int, across: int) -> int:
        at = (one.key, down, across)
        if at not in self.made:
            self.made[at] = _product(one, down, across)
        return self.made[at]

    def outcomes(self, held: Masks) -> int:
        """Outcomes that cannot be excluded from these sets taken one by one.

        The bit after the last outcome stands for none at all.
        """
        found = 0
        for at, tests in enumerate(self.tests):
            if any(test.may(held) for test in tests):
                found |= 1 << at
                if any(test.must(held) for test in tests):
                    return found
        return found | 1 << len(self.tests)


def _extreme(one: Dimension, masks: list[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    if one.kind == "least":
        best = min(mask.bit_length() for mask in masks)
        return union & ((1 << best) - 1)
    worst = max(mask & -mask for mask in masks)
    return union & -worst


def _product(one: Dimension, down: int, across: int) -> int:
    assert one.table is not None
    found = 0
    for row in levels_in(one.table.down, down):
        for at, level in enumerate(one.table.gives[row]):
            if across >> at & 1:
                found |= 1 << one.scale.places[level]
    return found


@lru_cache(maxsize=256)
def program_of(framework: Framework) -> Program:
    """The framework's program; made once."""
    leaves = {one.key: one.scale for one in framework.questions.values() if one.scale is not None}
    dimensions = framework.dimensions
    leaves |= {one.key: one.scale for one in dimensions.values() if one.kind == "compare"}
    tests = tuple(
        tuple(_test(framework, one) for one in outcome.when or (Condition(),))
        for outcome in framework.outcomes.values()
    )
    named = {name for several in tests for test in several for name, _ in test.clauses}
    named |= {
        name
        for several in tests
        for test in several
        for pairs, _ in test.counts
        for name, _ in pairs
    }
    roots = tuple(key for key in dimensions if key in named)
    return Program(leaves, _in_order(dimensions), roots, tests)


def _test(framework: Framework, condition: Condition) -> Test:
    scales = {key: one.scale for key, one in framework.dimensions.items()}
    return Test(
        tuple(
            (one.dimension, mask_of(scales[one.dimension], one.levels)) for one in condition.clauses
        ),
        tuple(
            (tuple((name, mask_of(scales[name], one.levels)) for name in one.dimensions), one.many)
            for one in condition.counts
        ),
    )


def _in_order(dimensions: Mapping[str, Dimension]) -> tuple[Dimension, ...]:
    placed: dict[str, Dimension] = {}

    def place(one: Dimension) -> None:
        for name in one.of:
            if name in dimensions and name not in placed and name != one.key:
                place(dimensions[name])
        placed[one.key] = one

    for one in dimensions.values():
        if one.key not in placed:
            place(one)
    return tuple(placed.values())


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
