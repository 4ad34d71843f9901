"""Ranges of money: a bar each, on one scale, whose form says how far the amount is known.

Measured: a full bar with a disc. Estimated: an outlined bar with an open diamond. Believed: a
dashed line between brackets with an open ring. So the grade reads without colour, and what is
assumed never looks like what is measured.
"""

from __future__ import annotations

from html import escape

from sextant.charts.scale import PADDING, Domain

HEIGHT = 24
MIDDLE = HEIGHT / 2
INSET = 3.0
MARKS = {
    "measured": '<circle r="5" fill="currentColor"/>',
    "estimated": '<path d="M0 -6L6 0L0 6L-6 0Z" fill="Canvas" stroke="currentColor"'
    ' stroke-width="1.8"/>',
    "believed": '<circle r="4.6" fill="Canvas" stroke="currentColor" stroke-width="1.8"/>',
}


def money_domain(numbers: list[float]) -> Domain:
    """The stretch that shows all of these and zero, with room around them."""
    low, high = min(0.0, *numbers), max(0.0, *numbers)
    room = PADDING * ((high - low) or 1.0)
    return low - room, high + room


def money_bar(
    low: float, middle: float, high: float, grade: str, *, domain: Domain, label: str
) -> str:
    """A self-contained SVG element; `label` is read out. The tick stands at zero."""
    if grade not in MARKS:
        raise ValueError(f"{grade!r} is no grade. Use {', '.join(MARKS)}.")
    start, at, end, zero = (place(x, domain) for x in (low, middle, high, 0.0))
    parts = [
        f'<line class="track" x1="0" x2="100%" y1="{MIDDLE:g}" y2="{MIDDLE:g}"'
        ' stroke="currentColor" stroke-opacity="0.25" stroke-dasharray="1 3"/>',
        f'<line class="zero" x1="{zero:g}%" x2="{zero:g}%" y1="2" y2="{HEIGHT - 2}"'
        ' stroke="currentColor" stroke-width="1.5"/>',
        _span(start, end, grade),
        f'<svg x="{at:g}%" y="{MIDDLE:g}" overflow="visible">{MARKS[grade]}</svg>',
    ]
    return (
        f'<svg class="money {grade}" width="100%" height="{HEIGHT}" role="img"'
        f' aria-label="{escape(label, quote=True)}" focusable="false">{"".join(parts)}</svg>'
    )


def place(x: float, domain: Domain) -> float:
    """Where x stands, in per cent of the width."""
    low, high = domain
    share = (x - low) / (high - low) if high > low else 0.5
    return round(INSET + (100 - 2 * INSET) * min(max(share, 0.0), 1.0), 3)


def _span(start: float, end: float, grade: str) -> str:
    width = max(end - start, 0.6)
    if grade == "believed":
        ends = "".join(
            f'<line x1="{x:g}%" x2="{x:g}%" y1="{MIDDLE - 5:g}" y2="{MIDDLE + 5:g}"'
            ' stroke="currentColor" stroke-width="1.8"/>'
            for x in (start, end)
        )
        return (
            f'<line x1="{start:g}%" x2="{end:g}%" y1="{MIDDLE:g}" y2="{MIDDLE:g}"'
            f' stroke="currentColor" stroke-width="1.8" stroke-dasharray="5 4"/>{ends}'
        )
    fill = 'fill="currentColor" fill-opacity="0.34"'
    if grade == "estimated":
        fill = 'fill="none" stroke="currentColor" stroke-width="1.6"'
    return f'<rect x="{start:g}%" y="{MIDDLE - 4:g}" width="{width:g}%" height="8" rx="4" {fill}/>'
