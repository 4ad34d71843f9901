"""What a state is: a small immutable summary of rows that merges with `+`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import reduce
from operator import add
from typing import Any, Protocol, Self, TypeVar


class State(Protocol):
    """A summary of rows. `+` is the summary of both sets of rows.

    `+` is associative and commutative; the state without rows changes nothing. `scaled(f)` is the
    state of the same rows if each stood `f` times.
    """

    def __add__(self, other: Self, /) -> Self: ...

    def scaled(self, f: float, /) -> Self: ...


S = TypeVar("S", bound=State)


class StateError(ValueError):
    """States that cannot be read, written or merged: the problem, the value, the remedy."""

    def __init__(self, problem: str, value: object, remedy: str) -> None:
        super().__init__(f"{problem}: {value}. {remedy}")
        self.problem = problem
        self.value = value
        self.remedy = remedy

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problem, self.value, self.remedy)


def merge(states: Sequence[S]) -> S:
    """The sum of at least one state; in one step where the state knows how to (`merged`).

    Raises ValueError for no states, and as `+` does.
    """
    if not states:
        raise ValueError("There is no state to merge. Start from the empty state of the kind.")
    at_once = getattr(states[0], "merged", None)
    return at_once(states) if at_once else reduce(add, states)


def factor(f: float) -> float:
    """`f` as a factor to scale by: finite and at least 0, else ValueError."""
    if not 0 <= f < math.inf:
        raise ValueError(f"A state is scaled by a finite number of at least 0, not by {f!r}.")
    return float(f)


def count(value: float, name: str = "a count") -> float:
    """`value` as a count of rows: finite and at least 0 (it may be a fraction), else ValueError."""
    if not 0 <= value < math.inf:
        raise ValueError(f"{name} must be a finite number of at least 0, not {value!r}.")
    return float(value) + 0.0


def whole(value: float, name: str) -> int:
    """`value` as a whole number of at least 0, else ValueError."""
    if value < 0 or value != int(value):
        raise ValueError(f"{name} must be a whole number of at least 0, not {value!r}.")
    return int(value)
