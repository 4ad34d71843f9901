"""Who is shown what: for every item the number of users who have it among their first places."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike

from sextant.states.arrays import Floats, Ints, filled, floats, ints, no_floats, no_ints, same
from sextant.states.state import count, factor

MOST_ITEMS = 1_000_000
"""So many different items are told apart, exactly: sketches of sets give no proven bound."""


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """Users who are shown something, and how many of them are shown each item; merge with `+`.

    `item` holds hashes, ascending, `n` the users of each. A user's items must lie in one state.
    `copies` serves "what if" alone: so many times as many users of the same kind. Raises ValueError
    for arrays of different lengths, an item shown to more users than there are, and on merging
    where `copies` is not 1.
    """

    users: float = 0.0
    item: Ints = field(default_factory=no_ints)
    n: Floats = field(default_factory=no_floats)
    copies: float = 1.0

    def __post_init__(self) -> None:
        given, n = ints(self.item), floats(self.n)
        if given.shape != n.shape or given.ndim != 1:
            raise ValueError(f"Items need a number of users each: {given.shape}, {n.shape}.")
        item, at = np.unique(given, return_inverse=True)
        added = np.bincount(at, n, item.size)
        seen = filled(floats(added))
        users = count(self.users, "users")
        if added.max(initial=0.0) > users:
            raise ValueError(f"An item is shown to {added.max():g} of {users:g} users.")
        object.__setattr__(self, "users", users)
        object.__setattr__(self, "item", ints(item[seen]))
        object.__setattr__(self, "n", floats(added[seen]))
        object.__setattr__(self, "copies", count(self.copies, "copies"))

    @classmethod
    def of(cls, lists: list[ArrayLike]) -> Shown:
        """From each user's items, as whole numbers; one that stands twice counts once."""
        each = [np.unique(np.asarray(one, np.int64)) for one in lists]
        items = np.concatenate(each) if each else no_ints()
        return cls(float(len(each)), items, np.ones(items.size))

    def __add__(self, other: Shown) -> Shown:
        if self.copies != 1 or other.copies != 1:
            raise ValueError(
                f"Users counted {self.copies} and {other.copies} times cannot be merged. "
                "Merge first, scale afterwards."
            )
        item, n = np.r_[self.item, other.item], np.r_[self.n, other.n]
        return Shown(self.users + other.users, item, n)

    def __eq__(self, other: object) -> bool:
        return same(self, other) if isinstance(other, Shown) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.users, self.item.tobytes(), self.n.tobytes(), self.copies))

    def scaled(self, f: float) -> Shown:
        """As it would be with `f` times as many users; who is shown what stays as it is."""
        return replace(self, copies=self.copies * factor(f))
