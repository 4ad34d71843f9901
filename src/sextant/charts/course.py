"""A course over windows: one lane a question, all on one axis, with numbered events below.

It is as wide as its column: places along the axis are per cent, so that marks and letters keep
their size on a phone. With a `width` it is a picture to keep.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from sextant.charts.mark import SHAPES
from sextant.charts.scale import Domain
from sextant.contracts.evidence import Verdict

LANE, TITLE, GAP, FOOT, MARKS = 74, 22, 12, 22, 22
INSET = 3.0
MOST_TITLE = 44
ROOMY, CROWDED = 16, 60
"""With more windows marks are smaller; with many one stands only where something was missed."""
NEAR = 5.0
"""Events nearer than so many per cent stand in rows under each other, of which there are three."""
ROWS = 3


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """One window: its place from 0 to 1, its verdict, its number with the interval, or none."""

    x: float
    verdict: Verdict
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Lane:
    """One question over all windows. `bound`: a line across, with its words at the end."""

    title: str
    points: tuple[CoursePoint, ...]
    domain: Domain
    bound: float | None = None


@dataclass(frozen=True, slots=True)
class CourseMark:
    """An event: its place from 0 to 1, and the number by which a list names it."""

    x: float
    key: str


def course(
    lanes: Sequence[Lane],
    marks: Sequence[CourseMark] = (),
    *,
    ends: tuple[str, str],
    label: str,
    width: int | None = None,
) -> str:
    """One SVG element; `ends` are the words at both ends of the axis, `label` is read out.

    Colours come from `currentColor` and the classes met, missed, undecided.
    """
    floor = len(lanes) * (TITLE + LANE + GAP)
    rows = _rows(marks)
    height = floor + FOOT + (MARKS * (max(rows, default=-1) + 1))
    parts = [_ticks(marks, rows, floor)]
    for at, lane in enumerate(lanes):
        parts.append(_lane(lane, at * (TITLE + LANE + GAP)))
    parts.append(
        f'<g font-size="12" fill="currentColor"><text x="{INSET:g}%" y="{floor + 14}">'
        f'{escape(ends[0])}</text><text x="{100 - INSET:g}%" y="{floor + 14}" text-anchor="end">'
        f"{escape(ends[1])}</text></g>"
    )
    box = f'viewBox="0 0 {width} {height}" width="{width}"' if width else 'width="100%"'
    return (
        f'<svg class="course" {box} height="{height}" role="img"'
        f' aria-label="{escape(label, quote=True)}" focusable="false">{"".join(parts)}</svg>'
    )


def _lane(lane: Lane, top: float) -> str:
    start, floor = top + TITLE, top + TITLE + LANE
    title = lane.title if len(lane.title) <= MOST_TITLE else f"{lane.title[: MOST_TITLE - 1]}…"
    parts = [
        f'<text x="0" y="{top + 15:g}" font-size="13" font-weight="600" fill="currentColor">'
        f"{escape(title)}</text>",
        f'<line x1="0" x2="100%" y1="{floor:g}" y2="{floor:g}" stroke="currentColor"'
        ' stroke-opacity="0.4"/>',
    ]
    if lane.bound is not None:
        y = _y(lane.bound, lane.domain, start)
        parts.append(
            f'<line class="bound" x1="0" x2="100%" y1="{y:g}" y2="{y:g}" stroke="currentColor"'
            ' stroke-width="1.4" stroke-dasharray="5 3"/>'
        )
    crowded = len(lane.points) > CROWDED
    scale = 0.8 if len(lane.points) <= ROOMY else 0.55
    parts += [_point(one, lane.domain, start, crowded, scale) for one in lane.points]
    return f"<g>{''.join(parts)}</g>"


def _point(one: CoursePoint, domain: Domain, start: float, crowded: bool, scale: float) -> str:
    if one.value is None:
        return ""
    x = _x(one.x)
    low = _y(domain[0] if one.low is None else one.low, domain, start)
    high = _y(domain[1] if one.high is None else one.high, domain, start)
    wide, of = (2 if crowded else 5), f'class="{one.verdict}"'
    bar = (
        f'<line {of} x1="{x:g}%" x2="{x:g}%" y1="{low + 0.7:g}" y2="{high - 0.7:g}"'
        f' stroke="currentColor" stroke-opacity="0.4" stroke-width="{wide}"/>'
    )
    if crowded and one.verdict != "missed":
        return bar
    y = _y(one.value, domain, start)
    return (
        f'{bar}<svg x="{x:g}%" y="{y:g}" overflow="visible" width="1" height="1"><g {of}'
        f' transform="scale({scale:g})"><circle class="halo" r="8" fill="Canvas"/>'
        f"{SHAPES[one.verdict]}</g></svg>"
    )


def _ticks(marks: Sequence[CourseMark], rows: Sequence[int], floor: float) -> str:
    """A line through all lanes for each event, and its number below."""
    parts = []
    for one, row in zip(marks, rows, strict=True):
        x, y = _x(one.x), floor + FOOT + MARKS * row + 15
        parts.append(
            f'<line x1="{x:g}%" x2="{x:g}%" y1="{TITLE}" y2="{y - 13:g}" stroke="currentColor"'
            ' stroke-opacity="0.45" stroke-width="1" stroke-dasharray="2 3"/>'
            f'<text x="{x:g}%" y="{y:g}" font-size="12" font-weight="600" text-anchor="middle"'
            f' fill="currentColor">{escape(one.key)}</text>'
        )
    return "".join(parts)


def _rows(marks: Sequence[CourseMark]) -> list[int]:
    """In which row below the axis each number stands, so that few cover each other."""
    found: list[int] = []
    last = [-100.0] * ROWS
    for one in marks:
        x = _x(one.x)
        row = next((at for at in range(ROWS) if x - last[at] >= NEAR), None)
        row = last.index(min(last)) if row is None else row
        last[row] = x
        found.append(row)
    return found


def _x(share: float) -> float:
    return round(INSET + (100 - 2 * INSET) * min(max(share, 0.0), 1.0), 2)


def _y(value: float, domain: Domain, start: float) -> float:
    low, high = domain
    share = (value - low) / (high - low) if high > low else 0.5
    return round(start + LANE * (1 - min(max(share, 0.0), 1.0)), 2)
