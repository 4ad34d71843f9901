"""The interval bar in one line of text."""

from __future__ import annotations

import math

from sextant.contracts.evidence import RowResult, Verdict

SHAPES: dict[Verdict, str] = {"met": "●", "missed": "✕", "undecided": "◐"}
SPANS: dict[Verdict, str] = {"met": "━", "missed": "━", "undecided": "╍"}


def text_bar(row: RowResult, domain: tuple[float, float], width: int) -> str:
    """`····┃──━━●━━─`: tick the bound, bar the interval, mark the estimate in its verdict's shape.

    The line is drawn on the side that the bound allows, dots on the other. An end that the data
    do not bound is an arrow.
    """
    estimate, criterion = row.estimate, row.criterion
    tick = _cell(criterion.bound, domain, width)
    upward = criterion.op == ">="
    cells = ["─" if (i >= tick) == upward or i == tick else "·" for i in range(width)]
    if estimate.value is not None and estimate.assessable:
        start, end = (_cell(x, domain, width) for x in (estimate.low, estimate.high))
        cells[start : end + 1] = SPANS[row.verdict] * (end - start + 1)
        if math.isinf(estimate.low):
            cells[0] = "◄"
        if math.isinf(estimate.high):
            cells[-1] = "►"
    cells[tick] = "┃"
    if estimate.value is not None and estimate.assessable:
        at = _cell(estimate.value, domain, width)
        if at == tick and estimate.value != criterion.bound:
            at += 1 if estimate.value > criterion.bound else -1
        cells[min(max(at, 0), width - 1)] = SHAPES[row.verdict]
    return "".join(cells)


def _cell(x: float, domain: tuple[float, float], width: int) -> int:
    low, high = domain
    share = (x - low) / (high - low) if high > low else 0.5
    return round(min(max(share, 0.0), 1.0) * (width - 1))
