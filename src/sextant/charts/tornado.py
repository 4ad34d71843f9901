"""The tornado: how far the value swings when one input goes through its range, the widest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from sextant.charts.money import place
from sextant.charts.scale import Domain

ROW = 60
TOP = 20
BAR = 12


@dataclass(frozen=True, slots=True)
class SwingBar:
    """One input and its range in words, and the value where it is low and where it is high."""

    says: str
    through: str
    at_low: float
    at_high: float


def tornado(bars: Sequence[SwingBar], middle: float, label: str, caption: str) -> str:
    """A self-contained SVG element; `caption` is written over the line of the mean.

    The part of a bar towards the value at the input's high end is full, that towards its low end
    is outlined, so that the direction reads without colour. Positions are shares of the width.
    """
    numbers = [x for bar in bars for x in (bar.at_low, bar.at_high)]
    low, high = min([middle, *numbers]), max([middle, *numbers])
    room = 0.04 * ((high - low) or 1.0)
    domain = (low - room, high + room)
    height = TOP + ROW * len(bars)
    at = place(middle, domain)
    anchor = "start" if at < 30 else "end" if at > 70 else "middle"
    zero = place(0.0, domain) if low <= 0 <= high else None
    rows = [_row(bar, at, zero, domain, TOP + ROW * line) for line, bar in enumerate(bars)]
    return (
        f'<svg class="tornado" width="100%" height="{height}" role="img"'
        f' aria-label="{escape(label, quote=True)}" focusable="false">'
        f'<text class="caption" x="{at:g}%" y="12" text-anchor="{anchor}" font-size="12"'
        f' fill="currentColor">{escape(caption)}</text>{"".join(rows)}</svg>'
    )


def _row(bar: SwingBar, middle: float, zero: float | None, domain: Domain, top: int) -> str:
    y = top + 36
    return (
        f'<text class="label" x="0" y="{top + 13}" font-size="13" fill="currentColor">'
        f"{escape(bar.says)}</text>"
        f'<text class="through" x="0" y="{top + 29}" font-size="12" fill="currentColor">'
        f"{escape(bar.through)}</text>"
        + _part(place(bar.at_low, domain), middle, y, full=False)
        + _part(place(bar.at_high, domain), middle, y, full=True)
        + ("" if zero is None else _line("zero", zero, y))
        + _line("middle", middle, y)
    )


def _line(name: str, at: float, y: int) -> str:
    """A line through a bar, and not through the words above it."""
    dashed = ' stroke-dasharray="2 3"' if name == "zero" else ""
    return (
        f'<line class="{name}" x1="{at:g}%" x2="{at:g}%" y1="{y - 4}" y2="{y + BAR + 4}"'
        f' stroke="currentColor" stroke-width="1.5"{dashed}/>'
    )


def _part(end: float, middle: float, y: int, *, full: bool) -> str:
    start, width = min(end, middle), abs(end - middle)
    style = 'fill="currentColor" fill-opacity="0.6"' if full else 'fill="none"'
    return (
        f'<rect class="{"high" if full else "low"}" x="{start:g}%" y="{y}" width="{width:g}%"'
        f' height="{BAR}" {style} stroke="currentColor" stroke-width="1.2"/>'
    )
