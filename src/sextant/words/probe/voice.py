"""What a reader can do next, in the words of where they read it: a terminal or a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Voice:
    """How a column is kept, rows are told apart, doubtful labels found, and a promise locked.

    `keep` and `lock` are templates: of `column`; of `first` (a promise) and `plain` (a way).
    """

    keep: str
    unit: str
    doubtful: str
    lock: str


COMMANDS = Voice(
    keep="keep it: --keep {column}",
    unit="Name what they belong to (--unit), or drop them",
    doubtful=" (column (doubtful) of --predictions)",
    lock=(
        "Write {first} into a contract and lock it before building (sextant init, sextant lock);"
        " compare with {plain} (sextant compare)."
    ),
)
PAGES = Voice(
    keep="probe again and name it under “Known in time”",
    unit="Name what they belong to as the unit, or drop them",
    doubtful="",
    lock=(
        "Write {first} into the product’s contract and lock it before building; then compare what"
        " is built with {plain}."
    ),
)
