"""The reliability picture: what was predicted against what came true, with its uncertainty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

SIZE = 240
LEFT, BOTTOM, INSET = 44, 36, 8
SIDE = SIZE - LEFT - INSET


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows of about one score: the mean score, the share that came true with its interval, n."""

    score: float
    share: float
    low: float
    high: float
    n: int


def reliability(bins: Iterable[Bin], label: str) -> str:
    """A self-contained SVG element; on the diagonal, scores mean what they say.

    Colours come from `currentColor` and the page's classes; `label` is read out in its place.
    """
    parts = [_frame()]
    for one in bins:
        x = _x(one.score)
        parts.append(
            f'<line class="span" x1="{x:g}" x2="{x:g}" y1="{_y(one.low):g}" y2="{_y(one.high):g}"'
            ' stroke="currentColor" stroke-width="5" stroke-opacity="0.34"/>'
            f'<circle class="estimate" cx="{x:g}" cy="{_y(one.share):g}" r="4"'
            ' fill="currentColor"/>'
        )
    return (
        f'<svg class="reliability" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}"'
        f' role="img" aria-label="{escape(label, quote=True)}" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


def _frame() -> str:
    """The two axes with their ends, and the diagonal."""
    ticks = ""
    for value in (0, 50, 100):
        x, y = _x(value / 100), _y(value / 100)
        anchor = {0: "start", 100: "end"}.get(value, "middle")
        ticks += (
            f'<text x="{x:g}" y="{SIZE - BOTTOM + 14:g}" text-anchor="{anchor}">{value}</text>'
            f'<text x="{LEFT - 6}" y="{y + 4:g}" text-anchor="end">{value}</text>'
        )
    return (
        f'<g class="axes" font-size="11" fill="currentColor">{ticks}'
        f'<text x="{LEFT + SIDE / 2:g}" y="{SIZE - 4}" text-anchor="middle">predicted, of 100'
        f'</text><text transform="rotate(-90)" x="{-(INSET + SIDE / 2):g}" y="12"'
        ' text-anchor="middle">observed, of 100</text></g>'
        f'<path class="axis" d="M{LEFT} {INSET}V{INSET + SIDE}H{LEFT + SIDE}" fill="none"'
        ' stroke="currentColor" stroke-opacity="0.45"/>'
        f'<line class="diagonal" x1="{_x(0):g}" y1="{_y(0):g}" x2="{_x(1):g}" y2="{_y(1):g}"'
        ' stroke="currentColor" stroke-opacity="0.55" stroke-dasharray="3 3"/>'
    )


def _x(share: float) -> float:
    return round(LEFT + SIDE * min(max(share, 0.0), 1.0), 2)


def _y(share: float) -> float:
    return round(INSET + SIDE * (1 - min(max(share, 0.0), 1.0)), 2)
