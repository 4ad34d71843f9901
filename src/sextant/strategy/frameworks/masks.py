"""Sets of levels as integers: one bit a level, the lowest for the worst."""

from __future__ import annotations

from collections.abc import Iterator

from sextant.strategy.frameworks.model import Scale

Masks = dict[str, int]


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
