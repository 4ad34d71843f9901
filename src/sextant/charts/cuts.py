"""Lines over the threshold: a cost or shares with their bands, the best range, marked cuts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from sextant.charts.axis import linear_ticks

WIDTH, HEIGHT = 560, 250
LEFT, RIGHT, TOP, BOTTOM = 62, 92, 16, 40
DASHES = ("", "7 3", "2 3", "9 3 2 3")
Point = tuple[float, float, float, float]
"""Threshold, value, low, high."""


@dataclass(frozen=True, slots=True)
class Line:
    """A named line with its band; points ascend by threshold."""

    name: str
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Mark:
    """A threshold with its words; `kind` is its class: today, best, band."""

    at: float
    words: str
    kind: str


def cut_lines(
    lines: Sequence[Line],
    *,
    label: str,
    counts: str,
    unit: str = "",
    factor: float = 1.0,
    marks: Sequence[Mark] = (),
    range_: tuple[float, float] | None = None,
) -> str:
    """A self-contained SVG element; `label` is read out, `counts` names the upright axis.

    Values are drawn times `factor`. `range_`: the thresholds that may be best, a shaded stretch.
    """
    points = [point for line in lines for point in line.points]
    across = min(p[0] for p in points), max(p[0] for p in points)
    ends = [x * factor for p in points for x in p[1:] if math.isfinite(x)]
    up = (0.0, 100.0) if unit == "%" else _room(min(ends), max(ends))
    place = _Place(across, up, factor)
    parts = [_range(place, range_), _axes(place, counts, unit)]
    taken: list[float] = []
    for number, line in enumerate(lines):
        parts.append(_line(line, number, place, taken))
    parts += [_mark(mark, number, place) for number, mark in enumerate(_in_order(marks))]
    return (
        f'<svg class="cuts" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' role="img" aria-label="{escape(label, quote=True)}" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a number stands in the picture."""

    across: tuple[float, float]
    up: tuple[float, float]
    factor: float

    def x(self, value: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * _share(value, self.across), 1)

    def y(self, value: float) -> float:
        share = _share(value * self.factor, self.up)
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - share), 1)


def _share(value: float, ends: tuple[float, float]) -> float:
    low, high = ends
    return min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 0.5


def _room(low: float, high: float) -> tuple[float, float]:
    width = high - low or abs(high) or 1.0
    return low - 0.06 * width, high + 0.06 * width


def _range(place: _Place, ends: tuple[float, float] | None) -> str:
    if ends is None:
        return ""
    first, last = place.x(ends[0]), place.x(min(ends[1], place.across[1]))
    return (
        f'<rect class="range" x="{first:g}" y="{TOP}" width="{max(last - first, 1):g}"'
        f' height="{HEIGHT - TOP - BOTTOM}" fill="currentColor" fill-opacity="0.1"/>'
    )


def _axes(place: _Place, counts: str, unit: str) -> str:
    floor, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    ticks = ""
    for value in linear_ticks(*place.across):
        ticks += (
            f'<text x="{place.x(value):g}" y="{floor + 15}" text-anchor="middle">{value:g}</text>'
        )
    for value in linear_ticks(*place.up, most=5):
        y = place.y(value / place.factor)
        ticks += (
            f'<path d="M{LEFT} {y:g}H{right}" stroke="currentColor" stroke-opacity="0.14"/>'
            f'<text x="{LEFT - 6}" y="{y + 4:g}" text-anchor="end">{value:,g}</text>'
        )
    said = escape(counts + (f", {unit}" if unit else ""))
    return (
        f'<g class="axes" font-size="11" fill="currentColor">{ticks}'
        f'<text x="{(LEFT + right) / 2:g}" y="{HEIGHT - 6}" text-anchor="middle">threshold</text>'
        f'<text transform="rotate(-90)" x="{-(TOP + floor) / 2:g}" y="12" text-anchor="middle">'
        f"{said}</text></g>"
        f'<path class="axis" d="M{LEFT} {TOP}V{floor}H{right}" fill="none" stroke="currentColor"'
        ' stroke-opacity="0.45"/>'
    )


def _line(line: Line, number: int, place: _Place, taken: list[float]) -> str:
    known = [p for p in line.points if math.isfinite(p[1])]
    if not known:
        return ""
    upper = [f"{place.x(p[0]):g} {place.y(p[3]):g}" for p in known]
    lower = [f"{place.x(p[0]):g} {place.y(p[2]):g}" for p in reversed(known)]
    middle = [f"{place.x(p[0]):g} {place.y(p[1]):g}" for p in known]
    dash = DASHES[number % len(DASHES)]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    y = place.y(known[-1][1]) + 4
    while any(abs(y - other) < 12 for other in taken):
        y -= 12
    taken.append(y)
    x = place.x(known[-1][0]) + 5
    return (
        f'<g class="line line-{number + 1}">'
        f'<path class="band" d="M{"L".join([*upper, *lower])}Z" fill="currentColor"'
        ' fill-opacity="0.18"/>'
        f'<path class="mean" d="M{"L".join(middle)}" fill="none" stroke="currentColor"'
        f' stroke-width="1.8"{dashed}/>'
        f'<text x="{x:g}" y="{y:g}" font-size="11" fill="currentColor">'
        f"{escape(line.name)}</text></g>"
    )


def _in_order(marks: Sequence[Mark]) -> list[Mark]:
    """From the left, each beginning a row lower, so that no line crosses the name before it."""
    return sorted(marks, key=lambda mark: mark.at)


def _mark(mark: Mark, number: int, place: _Place) -> str:
    x = place.x(mark.at)
    anchor, gap = ("end", -4) if x > WIDTH * 0.6 else ("start", 4)
    y = TOP + 10 + 14 * number
    dash = ' stroke-dasharray="4 3"' if mark.kind == "today" else ""
    return (
        f'<g class="mark {escape(mark.kind)}"><line x1="{x:g}" x2="{x:g}" y1="{TOP + 14 * number}"'
        f' y2="{HEIGHT - BOTTOM + 4}" stroke="currentColor" stroke-width="1.6"{dash}/>'
        f'<text x="{x + gap:g}" y="{y}" text-anchor="{anchor}" font-size="12"'
        f' fill="currentColor">{escape(mark.words)}</text></g>'
    )
