"""A value against a quality: its mean as a line, its draws as a band, the break-even as a tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 340, 230
LEFT, RIGHT, TOP, BOTTOM = 74, 12, 26, 44
Point = tuple[float, float, float, float]
"""Quality, mean, low, high."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The words of an axis: at its start, at its end, and what it counts."""

    first: str
    last: str
    counts: str


def value_curve(
    points: Sequence[Point],
    *,
    rival: float,
    at: float | None,
    range_: tuple[float, float],
    across: Axis,
    up: Axis,
    tick: str,
    label: str,
) -> str:
    """A self-contained SVG element; `label` is read out.

    `rival`: a dashed line at what can be had otherwise. `at` with the words `tick`: where the two
    meet. `range_`: what the quality is taken to be, a bar on the axis.
    """
    xs = (points[0][0], points[-1][0])
    ys = (min(rival, *(one[2] for one in points)), max(rival, *(one[3] for one in points)))
    place = _Place(xs, ys)
    upper = [f"{place.x(one[0]):g} {place.y(one[3]):g}" for one in points]
    lower = [f"{place.x(one[0]):g} {place.y(one[2]):g}" for one in reversed(points)]
    mean = [f"{place.x(one[0]):g} {place.y(one[1]):g}" for one in points]
    floor = HEIGHT - BOTTOM
    parts = [
        f'<path class="band" d="M{"L".join([*upper, *lower])}Z" fill="currentColor"'
        ' fill-opacity="0.16"/>',
        f'<line class="rival" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{place.y(rival):g}"'
        f' y2="{place.y(rival):g}" stroke="currentColor" stroke-dasharray="4 3"/>',
        f'<path class="mean" d="M{"L".join(mean)}" fill="none" stroke="currentColor"'
        ' stroke-width="2.2"/>',
        f'<line class="span" x1="{place.x(range_[0]):g}" x2="{place.x(range_[1]):g}" y1="{floor}"'
        f' y2="{floor}" stroke="currentColor" stroke-width="5" stroke-opacity="0.5"/>',
        _axes(across, up, floor),
    ]
    if at is not None:
        parts.append(_tick(place.x(at), floor, tick))
    return (
        f'<svg class="curve" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' role="img" aria-label="{escape(label, quote=True)}" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a point stands in the picture."""

    xs: tuple[float, float]
    ys: tuple[float, float]

    def x(self, value: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * _share(value, self.xs), 2)

    def y(self, value: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - _share(value, self.ys)), 2)


def _share(value: float, ends: tuple[float, float]) -> float:
    low, high = ends
    return min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 0.5


def _axes(across: Axis, up: Axis, floor: int) -> str:
    right = WIDTH - RIGHT
    return (
        '<g class="axes" font-size="11" fill="currentColor">'
        f'<text x="{LEFT}" y="{floor + 16}">{escape(across.first)}</text>'
        f'<text x="{right}" y="{floor + 16}" text-anchor="end">{escape(across.last)}</text>'
        f'<text x="{(LEFT + right) / 2:g}" y="{HEIGHT - 6}" text-anchor="middle">'
        f"{escape(across.counts)}</text>"
        f'<text x="{LEFT - 6}" y="{floor}" text-anchor="end">{escape(up.first)}</text>'
        f'<text x="{LEFT - 6}" y="{TOP + 8}" text-anchor="end">{escape(up.last)}</text></g>'
        f'<path class="axis" d="M{LEFT} {TOP}V{floor}H{right}" fill="none" stroke="currentColor"'
        ' stroke-opacity="0.45"/>'
    )


def _tick(x: float, floor: int, words: str) -> str:
    """A line from the axis up, its words above the picture, where no curve crosses them."""
    anchor, gap = ("end", 4) if x > WIDTH * 0.6 else ("start", -4)
    return (
        f'<g class="bound"><line x1="{x:g}" x2="{x:g}" y1="{TOP}" y2="{floor + 4}"'
        ' stroke="currentColor" stroke-width="1.6"/>'
        f'<text x="{x + gap:g}" y="{TOP - 8}" text-anchor="{anchor}" font-size="12"'
        f' fill="currentColor">{escape(words)}</text></g>'
    )
