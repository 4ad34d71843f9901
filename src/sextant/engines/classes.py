"""Which class codes a label or prediction column used, and whether they make two classes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sextant.contracts.model import Scalar
from sextant.engines.reading import FAMILIES, NAMED, OTHER, UNLABELLED

_PAIRS = ({0, 1}, {1, 3}, {10, 11}, {20, 21}, {30, 31})
Labels = Callable[[NDArray[np.int64]], NDArray[np.int64]]


def two_classes(
    codes: set[int],
    positive: Scalar | None,
    column: str,
    use: str,
    values: list[str],
) -> Labels | str:
    """A function from codes to 0, 1 and 2 (none), or the problem as a sentence.

    With a named positive class that occurs (or for the label, whether or not it occurs) all other
    values are negative; else the values must be one of the known pairs.
    """
    seen = codes - {UNLABELLED}
    if NAMED in seen or (positive is not None and use == "label"):
        return _mapper({NAMED: 1})
    if any(seen <= pair for pair in _PAIRS):
        return _mapper(FAMILIES)
    shown = ", ".join(repr(value) for value in values[:4]) + (" …" if len(values) > 4 else "")
    known = "0/1, false/true, no/yes"
    found = f"The {use} column '{column}' holds {shown}, which is not one of the pairs {known}."
    if use == "label":
        return (
            f"{found} Name the positive class: label: {{column: {column}, positive: {values[-1]}}}."
        )
    return f"{found} A {use} must be 0 or 1, or use the label's own values."


def _mapper(classes: dict[int, int]) -> Labels:
    table = np.zeros(max(*FAMILIES, NAMED, OTHER, UNLABELLED) + 1, dtype=np.int64)
    for code, value in classes.items():
        table[code] = value
    table[UNLABELLED] = 2
    return lambda codes: table[codes]
