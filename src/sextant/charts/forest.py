"""The forest: many intervals under each other, each group on a scale of its own.

A picture to keep or to send: unlike the interval bar of a page it names its rows and writes their
figures, has a width of its own, and needs no table around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from sextant.charts.mark import SHAPES
from sextant.charts.scale import Domain
from sextant.contracts.evidence import Verdict

WIDTH = 760
LEFT, RIGHT = 236, 540
"""The stretch in which bars are drawn; names stand left of it, figures right."""
TITLE, ROW, GAP, EDGE = 30, 26, 10, 14
MOST_NAME, MOST_TITLE, MOST_FIGURES = 36, 96, 42


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One interval: its name and figures as they are written; None at an end that is open.

    `verdict` gives the mark its shape; without one it is a plain ring. A row without a `value` has
    its `figures` alone, such as the reason.
    """

    name: str
    figures: str
    value: float | None
    low: float | None
    high: float | None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class ForestGroup:
    """Rows on one scale under a title; `bound`: where the tick stands, None without one."""

    title: str
    rows: tuple[ForestRow, ...]
    domain: Domain
    bound: float | None = None


def forest(groups: Sequence[ForestGroup], label: str) -> str:
    """One SVG element with a viewBox; `label` is read out in its place.

    Colours come from `currentColor` and the classes met, missed, undecided.
    """
    parts: list[str] = []
    y = EDGE
    for group in groups:
        parts.append(
            f'<text x="{EDGE}" y="{y + 18}" font-size="15" font-weight="600" fill="currentColor">'
            f"{escape(cut(group.title, MOST_TITLE))}</text>"
        )
        y += TITLE
        for row in group.rows:
            parts.append(_row(row, group, y + ROW / 2))
            y += ROW
        y += GAP
    height = y + EDGE - GAP
    return (
        f'<svg class="forest" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        f' role="img" aria-label="{escape(label, quote=True)}" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


def cut(text: str, most: int) -> str:
    """A text that fits, its end given up where it does not."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _row(row: ForestRow, group: ForestGroup, y: float) -> str:
    """Name, scale, bar, tick and mark, figures."""
    of = f' class="{row.verdict}"' if row.verdict else ""
    parts = [
        f'<text x="{EDGE + 10}" y="{y + 4.5:g}" font-size="13" fill="currentColor">'
        f"{escape(cut(row.name, MOST_NAME))}</text>",
        f'<text x="{WIDTH - EDGE}" y="{y + 4.5:g}" font-size="13" text-anchor="end"'
        f' fill="currentColor">{escape(cut(row.figures, MOST_FIGURES))}</text>',
    ]
    if row.value is not None:
        parts.append(
            f'<line x1="{LEFT}" x2="{RIGHT}" y1="{y:g}" y2="{y:g}" stroke="currentColor"'
            ' stroke-opacity="0.3" stroke-dasharray="1 3"/>'
        )
        parts.append(f'<g{of} fill="currentColor">{_span(row, group.domain, y)}</g>')
        if group.bound is not None:
            x = _x(group.bound, group.domain)
            parts.append(
                f'<line x1="{x:g}" x2="{x:g}" y1="{y - 10:g}" y2="{y + 10:g}"'
                ' stroke="currentColor" stroke-width="2"/>'
            )
        parts.append(_mark(row, group.domain, y, of))
    return "".join(parts)


def _span(row: ForestRow, domain: Domain, y: float) -> str:
    start = LEFT if row.low is None else _x(row.low, domain)
    end = RIGHT if row.high is None else _x(row.high, domain)
    width = max(end - start, 1.5)
    opacity = "0.16" if row.verdict == "undecided" else "0.34"
    edge = ' stroke="currentColor" stroke-opacity="0.6"' if row.verdict == "undecided" else ""
    return (
        f'<rect x="{start:g}" y="{y - 4:g}" width="{width:g}" height="8" rx="4"'
        f' fill-opacity="{opacity}"{edge}/>'
    )


def _mark(row: ForestRow, domain: Domain, y: float, of: str) -> str:
    assert row.value is not None
    shape = (
        SHAPES[row.verdict]
        if row.verdict
        else '<circle r="4.6" fill="none" stroke="currentColor" stroke-width="2"/>'
    )
    return (
        f'<g{of} transform="translate({_x(row.value, domain):g} {y:g})">'
        f'<circle class="halo" r="7" fill="Canvas"/><g transform="scale(0.86)">{shape}</g></g>'
    )


def _x(value: float, domain: Domain) -> float:
    low, high = domain
    share = (value - low) / (high - low) if high > low else 0.5
    return round(LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0), 2)
