"""The values of a segment that are known before any row is read."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sextant.contracts.model import Segment

MISSING = "missing"
"""The value of a segment in rows where its column is empty."""

DASH = re.compile("\\s*[-\N{HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}]\\s*")


def value_text(value: object) -> str:
    """A declared value as an engine writes it: 1.0 as 1, true in lower case."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def band_labels(bands: Sequence[float]) -> tuple[str, ...]:
    """The names of the left-closed bands between ascending edges, from below to above.

    >>> band_labels([16, 25])
    ('under 16', '16\N{EN DASH}24', '25 and over')
    >>> band_labels([0.5, 1])
    ('under 0.5', '0.5 to under 1', '1 and over')
    """
    if not bands:
        return ()
    whole = all(float(edge).is_integer() for edge in bands)
    between = [
        _whole_band(int(low), int(high) - 1) if whole else f"{low:.15g} to under {high:.15g}"
        for low, high in pairwise(bands)
    ]
    return (f"under {bands[0]:.15g}", *between, f"{bands[-1]:.15g} and over")


def _whole_band(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{first}\N{EN DASH}{last}" if first >= 0 else f"{first} to {last}"


def known_values(segment: Segment) -> tuple[str, ...] | None:
    """The values that a segment can have, or None where only the data know.

    Bands and labels name them all; a column taken as it is does not. Folded values and rows
    without a value have names of their own.
    """
    names = band_labels(segment.bands) or tuple(dict.fromkeys(name for _, name in segment.labels))
    if not names:
        return None
    fold = (segment.fold,) if segment.min_rows > 0 else ()
    return tuple(dict.fromkeys((*names, *fold, MISSING)))


def match_value(written: str, values: Sequence[str]) -> str | None:
    """The value that `written` names; dashes, spacing and upper case count as alike."""
    return {_loose(value): value for value in reversed(values)}.get(_loose(written))


def _loose(value: str) -> str:
    return DASH.sub("-", " ".join(value.split())).casefold()
