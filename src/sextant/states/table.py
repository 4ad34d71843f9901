"""The state of a whole table: every column's numbers or values, and which rows they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sextant.states.codec import dump, load
from sextant.states.columns import damaged
from sextant.states.counts import Counts
from sextant.states.histogram import Histogram
from sextant.states.snapshot import Snapshot
from sextant.states.state import StateError

MOST_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class TableState:
    """What a profile keeps of a table, without its rows; merge with `+`.

    `numbers` by column; `words`: rows by value, the empty ones under "". `left`: columns that are
    not kept, and why. Raises ValueError on merging tables of other columns.
    """

    snapshot: Snapshot
    numbers: Mapping[str, Histogram] = field(default_factory=dict)
    words: Mapping[str, Counts] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)

    def __add__(self, other: TableState) -> TableState:
        left = {**self.left, **other.left}
        for mine, theirs in ((self.numbers, other.numbers), (self.words, other.words)):
            if set(mine) - set(left) != set(theirs) - set(left):
                odd = sorted(set(mine) ^ set(theirs))
                raise ValueError(f"Tables of other columns do not merge: {', '.join(odd[:5])}.")
        return TableState(
            self.snapshot + other.snapshot,
            {name: one + other.numbers[name] for name, one in self.numbers.items()
             if name not in left},
            {name: one + other.words[name] for name, one in self.words.items()
             if name not in left},
            left,
        )  # fmt: skip

    def dump(self) -> bytes:
        """As bytes. Raises `StateError` for more than may be stored."""
        tree = {
            "rows": {"": self.snapshot}, "numbers": self.numbers, "words": self.words,
            "left": {name: Counts.of({why: 1.0}) for name, why in self.left.items()},
        }  # fmt: skip
        return dump(tree, MOST_BYTES)

    @classmethod
    def load(cls, data: bytes) -> TableState:
        """What `dump` stored. Raises `StateError` for anything else."""
        tree = load(data, MOST_BYTES)
        if not isinstance(tree, dict) or set(tree) != {"rows", "numbers", "words", "left"}:
            raise StateError("This is the state of no table", type(tree).__name__,
                             "Name a file that `sextant profile --states` wrote.")  # fmt: skip
        kinds = {"rows": Snapshot, "numbers": Histogram, "words": Counts, "left": Counts}
        for part, kind in kinds.items():
            held = tree[part]
            if not isinstance(held, dict) or not all(isinstance(v, kind) for v in held.values()):
                raise damaged("part of a table", part)
        if set(tree["rows"]) != {""}:
            raise damaged("rows of a table", len(tree["rows"]))
        left = {name: "; ".join(key for key, _ in one.items) for name, one in tree["left"].items()}
        return cls(tree["rows"][""], tree["numbers"], tree["words"], left)
