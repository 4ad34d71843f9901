"""How far something is known: read from a record, worked out from something known, or thought."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

Grade = Literal["believed", "estimated", "measured"]
GRADES: tuple[Grade, ...] = get_args(Grade)
"""From the weakest to the strongest."""


def weakest(grades: Iterable[str]) -> Grade | Literal[""]:
    """The grade of what rests on all of these; empty where there is none."""
    held = set(grades)
    return next((grade for grade in GRADES if grade in held), "")
