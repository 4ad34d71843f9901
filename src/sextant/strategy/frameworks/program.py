"""A framework's rule in bits: what the dimensions may be, and which outcomes that leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sextant.strategy.frameworks.masks import Masks, levels_in, mask_of
from sextant.strategy.frameworks.model import Condition, Dimension, Framework, Scale


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
