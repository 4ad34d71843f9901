"""Effort against value: each bet as a mark, its ranges as bars through it.

Whoever reads it sees at once where nothing is decided: bars that overlap. The shape says how far
the value is known: a disc is measured, a ring estimated, a dashed diamond believed. All marks are
of one size, since a third quantity as an area is misread. Up to 25 bets carry their names, more
of them their numbers in the table beside it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from sextant.charts.axis import linear_ticks, log_ticks
from sextant.charts.labels import Box, Label, placed
from sextant.charts.scale import PADDING

WIDTH, HEIGHT = 760, 440
FRAME = Box(64, 34, WIDTH - 14, HEIGHT - 48)
TYPE, MARK = 13, 7
NAMED = 25
SHAPES = {
    "measured": f'<circle r="{MARK - 1}" fill="currentColor"/>',
    "estimated": f'<circle class="hollow" r="{MARK - 1}" fill="Canvas" stroke="currentColor"'
    ' stroke-width="2"/>',
    "believed": f'<path class="hollow" d="M0 -{MARK}L{MARK} 0L0 {MARK}L-{MARK} 0Z" fill="Canvas"'
    ' stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.4 1.8"/>',
}


@dataclass(frozen=True, slots=True)
class Bubble:
    """One bet: its number in the table, its name, both ends of its effort, value with interval."""

    number: int
    name: str
    least: float
    most: float
    value: float
    low: float
    high: float
    grade: str


@dataclass(frozen=True, slots=True)
class Plane:
    """Where an effort and a value stand in the picture; effort in equal ratios."""

    efforts: tuple[float, float]
    values: tuple[float, float]

    def x(self, effort: float) -> float:
        low, high = (math.log(end) for end in self.efforts)
        share = (math.log(effort) - low) / (high - low)
        return round(FRAME.left + share * (FRAME.right - FRAME.left), 1)

    def y(self, value: float) -> float:
        low, high = self.values
        share = (value - low) / (high - low)
        return round(FRAME.bottom - share * (FRAME.bottom - FRAME.top), 1)


def bubbles(
    bets: Sequence[Bubble],
    label: str,
    unit: str,
    write: Callable[[float], str],
    small: float | None = None,
    worth: float | None = None,
) -> str:
    """A self-contained SVG element; colours come from `currentColor` and the page's classes.

    `label` is read out in its place, `write` puts a value into figures of the `unit` that the axis
    is titled with. `small` and `worth` are the marks of the installation: up to where an effort is
    small, from where a value counts.
    Raises ValueError for an effort that is not above zero.
    """
    if not bets or min(bet.least for bet in bets) <= 0:
        raise ValueError("There is nothing to draw: every bet needs an effort above zero.")
    plane = _plane(bets, small, worth)
    parts = [_axes(plane, unit, write), _marks(plane, small, worth)]
    middles = [(_middle(plane, bet), bet) for bet in bets]
    parts += [_bars(plane, bet) for bet in bets]
    parts += [_mark(x, plane.y(bet.value), bet) for x, bet in middles]
    parts += [_text(one) for one in _labels(plane, middles)]
    return (
        f'<svg class="bubbles" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="{escape(label, quote=True)}" focusable="false">{"".join(parts)}</svg>'
    )


def _plane(bets: Sequence[Bubble], small: float | None, worth: float | None) -> Plane:
    efforts = [end for bet in bets for end in (bet.least, bet.most)]
    efforts += [small] if small else []
    values = [end for bet in bets for end in (bet.low, bet.high, bet.value)] + [0.0]
    values += [worth] if worth is not None else []
    low, high = min(values), max(values)
    room = PADDING / 2 * (high - low or 1.0)
    return Plane((min(efforts) / 1.3, max(efforts) * 1.3), (low - room, high + room))


def _middle(plane: Plane, bet: Bubble) -> float:
    """The mark stands in the middle of its effort's bar, which shows both ends."""
    return round((plane.x(bet.least) + plane.x(bet.most)) / 2, 1)


def _axes(plane: Plane, unit: str, write: Callable[[float], str]) -> str:
    ticks = ""
    for value in linear_ticks(*plane.values):
        y = plane.y(value)
        weight = ' class="zero"' if value == 0 else ""
        opacity = 0.6 if value == 0 else 0.14
        ticks += (
            f'<line{weight} x1="{FRAME.left}" x2="{FRAME.right}" y1="{y:g}" y2="{y:g}"'
            f' stroke="currentColor" stroke-opacity="{opacity}"/>'
            f'<text x="{FRAME.left - 8}" y="{y + 4:g}" text-anchor="end">{escape(write(value))}'
            "</text>"
        )
    for effort in log_ticks(*plane.efforts):
        ticks += (
            f'<text x="{plane.x(effort):g}" y="{FRAME.bottom + 18}" text-anchor="middle">'
            f"{effort:g}</text>"
        )
    return (
        f'<g class="axes" font-size="12" fill="currentColor">{ticks}'
        f'<text x="4" y="14">value in {escape(unit)}</text>'
        f'<text x="{FRAME.right}" y="{HEIGHT - 8}" text-anchor="end">effort in person-months'
        "</text></g>"
    )


def _marks(plane: Plane, small: float | None, worth: float | None) -> str:
    """The installation's own marks, with the names of what lies between them."""
    parts = ""
    if small:
        x = plane.x(small)
        parts += (
            f'<line x1="{x:g}" x2="{x:g}" y1="{FRAME.top - 16}" y2="{FRAME.bottom}"'
            ' stroke="currentColor"/>'
            f'<text x="{x - 8:g}" y="{FRAME.top - 6}" text-anchor="end">quick wins</text>'
            f'<text x="{x + 8:g}" y="{FRAME.top - 6}">long bets</text>'
        )
    if worth is not None:
        y = plane.y(worth)
        parts += (
            f'<line x1="{FRAME.left}" x2="{FRAME.right}" y1="{y:g}" y2="{y:g}"'
            ' stroke="currentColor"/>'
        )
    return (
        '<g class="marks" font-size="12" fill="currentColor" stroke-opacity="0.6"'
        f' stroke-dasharray="2 4">{parts}</g>'
    )


def _bars(plane: Plane, bet: Bubble) -> str:
    x, y = _middle(plane, bet), plane.y(bet.value)
    return (
        f'<line class="span" x1="{x:g}" x2="{x:g}" y1="{plane.y(bet.low):g}"'
        f' y2="{plane.y(bet.high):g}" stroke="currentColor" stroke-width="4" stroke-opacity="0.3"/>'
        f'<line class="effort" x1="{plane.x(bet.least):g}" x2="{plane.x(bet.most):g}" y1="{y:g}"'
        f' y2="{y:g}" stroke="currentColor" stroke-width="1.5" stroke-opacity="0.55"/>'
    )


def _mark(x: float, y: float, bet: Bubble) -> str:
    shape = SHAPES[bet.grade]
    return f'<g class="mark {bet.grade}" transform="translate({x:g} {y:g})">{shape}</g>'


def _labels(plane: Plane, middles: Sequence[tuple[float, Bubble]]) -> list[Label]:
    """Names where they fit, else numbers; what finds no place at all is in the table alone."""
    at = [(x, plane.y(bet.value), bet) for x, bet in middles]
    taken = [Box(x - MARK, y - MARK, x + MARK, y + MARK) for x, y, _ in at]
    faint = [Box(x - 3, plane.y(bet.high), x + 3, plane.y(bet.low)) for x, _, bet in at]
    faint += [Box(plane.x(bet.least), y - 2, plane.x(bet.most), y + 2) for _, y, bet in at]
    names = [(x, y, _short(bet.name)) for x, y, bet in at] if len(at) <= NAMED else []
    found = placed(names, taken, faint, FRAME, TYPE, MARK + 4)
    taken += [one.box for one in found if one is not None]
    left = at if not names else [one for one, label in zip(at, found, strict=True) if not label]
    points = [(x, y, str(bet.number)) for x, y, bet in left]
    numbers = placed(points, taken, faint, FRAME, TYPE, MARK + 3)
    return [one for one in (*found, *numbers) if one is not None]


def _short(name: str, most: int = 24) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _text(label: Label) -> str:
    return (
        f'<text class="bet" x="{label.x:g}" y="{label.y:g}" font-size="{TYPE}"'
        f' fill="currentColor">{escape(label.text)}</text>'
    )
