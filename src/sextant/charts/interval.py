"""The interval bar: the bound as a tick, the interval as a bar, the estimate as a mark.

The picture is the decision: met where the whole bar lies on the allowed side of the tick, missed
where none of it does. The bar is hatched while undecided, and the estimate has the shape of the
verdict, so that it reads in grey. Positions are percentages of the width: it fits any column.
"""

from __future__ import annotations

import hashlib
import math
from html import escape

from sextant.charts.mark import SHAPES
from sextant.charts.scale import Domain, domain_of
from sextant.contracts.evidence import Verdict
from sextant.contracts.model import Op
from sextant.stats.estimate import Estimate
from sextant.words.numbers import scale_for, span, whole

HEIGHT = 24
MIDDLE = HEIGHT / 2
INSET = 4.0
CAPTION = 14
LEAST = {">=": "at least", "<=": "at most"}


def interval_bar(
    estimate: Estimate,
    bound: float,
    op: Op,
    verdict: Verdict,
    *,
    domain: Domain | None = None,
    label: str = "",
    caption: str = "",
    key: str = "",
) -> str:
    """A self-contained SVG element; colours come from `currentColor` and the page's classes.

    `domain` is the scale, by default that of this estimate alone. `label` is read out instead of
    the bare numbers, `caption` is written under the tick. `key` keeps the pattern's id apart from
    that of an equal bar on the page.
    """
    low, high = domain or domain_of([estimate], bound)
    parts = [_track(bound, op, low, high)]
    if estimate.value is not None and estimate.assessable:
        pattern = _pattern_id(estimate, bound, op, verdict, (low, high), key)
        parts += _span(estimate, verdict, low, high, pattern)
        parts.append(_tick(bound, low, high))
        parts.append(_mark(place_on(estimate.value, low, high), verdict))
    else:
        parts.append(_tick(bound, low, high))
    if caption:
        parts.append(_caption(caption, place_on(bound, low, high)))
    height = HEIGHT + (CAPTION if caption else 0)
    text = escape(label or describe(estimate, bound, op, verdict), quote=True)
    return (
        f'<svg class="interval {verdict}" width="100%" height="{height}" role="img"'
        f' aria-label="{text}" focusable="false">{"".join(parts)}</svg>'
    )


def describe(estimate: Estimate, bound: float, op: Op, verdict: Verdict) -> str:
    """The bar in words: `0.781, interval 0.738 to 0.820, n 411; bound at least 0.75: undecided`."""
    if estimate.value is None or not estimate.assessable:
        return f"{estimate.reason or 'no estimate'}; bound {LEAST[op]} {bound:g}: {verdict}"
    scale = scale_for("score", estimate.value, estimate.low, estimate.high, bound, op)
    interval = span(scale, estimate.low, estimate.high)
    return (
        f"{scale.full(estimate.value)}, interval {interval}, n {whole(round(estimate.n))};"
        f" bound {LEAST[op]} {scale.exact(bound)}: {verdict}"
    )


def place_on(x: float, low: float, high: float) -> float:
    """Where x stands on the track, in per cent; outside the scale it stands at its end."""
    share = (x - low) / (high - low) if high > low else 0.5
    return round(INSET + (100 - 2 * INSET) * min(max(share, 0.0), 1.0), 3)


def _track(bound: float, op: Op, low: float, high: float) -> str:
    """The scale's line, stronger on the side that the bound allows."""
    at = place_on(bound, low, high)
    start, end = (at, 100.0) if op == ">=" else (0.0, at)
    return (
        f'<line class="track" x1="0" x2="100%" y1="{MIDDLE:g}" y2="{MIDDLE:g}"'
        ' stroke="currentColor" stroke-opacity="0.25" stroke-dasharray="1 3"/>'
        f'<line class="allowed" x1="{start:g}%" x2="{end:g}%" y1="{MIDDLE:g}" y2="{MIDDLE:g}"'
        ' stroke="currentColor" stroke-opacity="0.45"/>'
    )


def _tick(bound: float, low: float, high: float) -> str:
    at = place_on(bound, low, high)
    return (
        f'<line class="bound" x1="{at:g}%" x2="{at:g}%" y1="2" y2="{HEIGHT - 2}"'
        ' stroke="currentColor" stroke-width="2"/>'
    )


def _caption(caption: str, at: float) -> str:
    """The bound in figures under its tick, kept inside the picture at either end."""
    anchor = "start" if at < 20 else "end" if at > 80 else "middle"
    return (
        f'<text class="caption" x="{at:g}%" y="{HEIGHT + CAPTION - 3}" text-anchor="{anchor}"'
        f' font-size="12" fill="currentColor">{escape(caption)}</text>'
    )


def _span(estimate: Estimate, verdict: Verdict, low: float, high: float, pattern: str) -> list[str]:
    start = 0.0 if math.isinf(estimate.low) else place_on(estimate.low, low, high)
    end = 100.0 if math.isinf(estimate.high) else place_on(estimate.high, low, high)
    width = max(end - start, 0.6)
    start = min(start, 100 - width)
    box = f'x="{start:g}%" y="{MIDDLE - 4:g}" width="{width:g}%" height="8" rx="4"'
    parts = []
    if verdict == "undecided":
        parts.append(hatch(pattern))
        parts.append(f'<rect class="span" {box} fill="url(#{pattern})"/>')
        parts.append(f'<rect {box} fill="none" stroke="currentColor" stroke-opacity="0.5"/>')
    else:
        parts.append(f'<rect class="span" {box} fill="currentColor" fill-opacity="0.34"/>')
    if math.isinf(estimate.low):
        parts.append(_arrow("0", "8,-5 1,0 8,5"))
    if math.isinf(estimate.high):
        parts.append(_arrow("100%", "-8,-5 -1,0 -8,5"))
    return parts


def hatch(pattern: str) -> str:
    """The pattern of a bar that decides nothing yet, under this id."""
    return (
        f'<defs><pattern id="{pattern}" width="5" height="5" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(25)"><rect width="5" height="5" fill="currentColor"'
        ' fill-opacity="0.14"/><rect width="2.4" height="5" fill="currentColor"'
        ' fill-opacity="0.62"/></pattern></defs>'
    )


def _arrow(x: str, points: str) -> str:
    """The end of an unbounded side: the data say nothing beyond."""
    return (
        f'<svg class="open" x="{x}" y="{MIDDLE:g}" overflow="visible"><polyline points="{points}"'
        ' fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/></svg>'
    )


def _mark(at: float, verdict: Verdict) -> str:
    """The estimate in the verdict's shape, on a ring of the paper's colour."""
    return (
        f'<svg class="estimate" x="{at:g}%" y="{MIDDLE:g}" overflow="visible">'
        f'<circle class="halo" r="7.5" fill="Canvas"/><g transform="scale(0.86)">'
        f"{SHAPES[verdict]}</g></svg>"
    )


def _pattern_id(
    estimate: Estimate, bound: float, op: Op, verdict: Verdict, domain: Domain, key: str
) -> str:
    text = repr((estimate, bound, op, verdict, domain, key))
    return f"hatch-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
