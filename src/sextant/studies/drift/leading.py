"""Of all segments that carry something: the one to name for a column, and for a window."""

from __future__ import annotations

from collections.abc import Mapping

from sextant.studies.drift.result import Driver

Key = tuple[str, str, tuple[int, ...]]
"""A kind, a column and which of its segments."""
NEARLY = 0.9
"""Two or three segments are named where one alone carries less than nine tenths of it."""


def best(held: Mapping[Key, Driver]) -> Key:
    """Of those with which nearly most is gone the one that names the fewest segments."""
    return _fewest({key: one.distance - (one.left.value or 0.0) for key, one in held.items()})


def lead_of(named: Mapping[str, Mapping[Key, Driver]]) -> Key | None:
    """With what most is gone in two columns or more; None where there is no such segment."""
    gone: dict[Key, list[float]] = {}
    for held in named.values():
        for key, one in held.items():
            gone.setdefault(key, []).append(one.distance - (one.left.value or 0.0))
    several = {key: sum(one) for key, one in gone.items() if len(one) > 1}
    return _fewest(several) if several else None


def _fewest(gone: Mapping[Key, float]) -> Key:
    enough = NEARLY * max(gone.values())
    return min(
        (key for key, one in gone.items() if one >= enough),
        key=lambda key: (len(key[2]), key[0] == "inside", -gone[key], key),
    )
