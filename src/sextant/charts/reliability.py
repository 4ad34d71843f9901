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
    n: float
    verdict: str = ""


def reliability(bins: Iterable[Bin], label: str, within: float = 0.0) -> str:
    """A self-contained SVG element; on the diagonal, scores mean what they say.

    `within` shades what is allowed about the diagonal. Colours come from `currentColor` and the
    page's classes, a bin's own from that of its verdict; `label` is read out in its place.
    """
    parts = [_allowed(within) if within else "", _frame()]
    for one in bins:
        x = _x(one.score)
        inside = f' class="{one.verdict}"' if one.verdict else ""
        parts.append(
            f"<g{inside}>"
            f'<line class="span" x1="{x:g}" x2="{x:g}" y1="{_y(one.low):g}" y2="{_y(one.high):g}"'
            ' stroke="currentColor" stroke-width="5" stroke-opacity="0.34"/>'
            f"{_mark(x, _y(one.share), one.verdict)}</g>"
        )
    return (
        f'<svg class="reliability" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}"'
        f' role="img" aria-label="{escape(label, quote=True)}" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


def _mark(x: float, y: float, verdict: str) -> str:
    """A disc; a cross where the bin is off, a ring where it is open: never colour alone."""
    if verdict == "missed":
        path = f"M{x - 4:g} {y - 4:g}l8 8m0 -8l-8 8"
        return f'<path class="estimate" d="{path}" stroke="currentColor" stroke-width="2.5"/>'
    fill = 'fill="none" stroke="currentColor" stroke-width="2"'
    if verdict != "undecided":
        fill = 'fill="currentColor"'
    return f'<circle class="estimate" cx="{x:g}" cy="{y:g}" r="4" {fill}/>'


def _allowed(within: float) -> str:
    """The stripe about the diagonal that the answer allows, cut at the frame."""
    corners = [
        (0, 0), (0, within), (1 - within, 1), (1, 1), (1, 1 - within), (within, 0),
    ]  # fmt: skip
    points = " ".join(f"{_x(x):g},{_y(y):g}" for x, y in corners)
    return f'<polygon class="allowed" points="{points}" fill="currentColor" fill-opacity="0.1"/>'


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
