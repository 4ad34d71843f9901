"""A failure's bands: three named stretches of one scale, and the interval that lies in them.

The picture is the band: red, amber and green are named under the scale, so that it reads in grey;
where the bar reaches over a tick the band is not known yet, and the bar is hatched.
"""

from __future__ import annotations

from html import escape

from sextant.charts.interval import CAPTION, HEIGHT, MIDDLE, hatch, place_on
from sextant.charts.scale import domain_of
from sextant.stats.bands import BANDS, Band, Bands
from sextant.stats.estimate import Estimate

SHAPES: dict[Band | None, str] = {
    "green": '<circle r="6" fill="currentColor"/>',
    "amber": '<path d="M0 -6 6 5.2H-6Z" fill="currentColor"/>',
    "red": (
        '<path d="M-5 -5 5 5M5 -5 -5 5" fill="none" stroke="currentColor" stroke-width="2.6"'
        ' stroke-linecap="round"/>'
    ),
    None: (
        '<circle r="5.2" fill="none" stroke="currentColor" stroke-width="1.6"/>'
        '<path d="M0 -5.2A5.2 5.2 0 0 0 0 5.2Z" fill="currentColor"/>'
    ),
}
"""A disc, a triangle, a cross, and a half disc while the band is not known."""
NARROW = 9.0
"""Per cent of the width under which a stretch is too narrow for its name."""


def band_mark(band: Band | None) -> str:
    """A 14 x 14 SVG without text: the word stands beside it, so readers skip the picture."""
    return (
        f'<svg class="mark {band or "unknown"}" width="14" height="14" viewBox="-7 -7 14 14"'
        f' aria-hidden="true" focusable="false">{SHAPES[band]}</svg>'
    )


def band_bar(estimate: Estimate, bands: Bands, label: str, key: str) -> str:
    """A self-contained SVG; `label` is read out, `key` keeps the pattern's id apart on a page."""
    beyond = Estimate(bands.red, bands.red, bands.red, 0, "a bound")
    domain = domain_of([estimate, beyond], bands.green)
    possible = bands.possible(estimate.low, estimate.high)
    band = possible[0] if len(possible) == 1 else None
    parts = [_stretch(name, bands, domain) for name in BANDS]
    for bound in (bands.green, bands.red):
        at = place_on(bound, *domain)
        parts.append(f'<line class="bound" x1="{at:g}%" x2="{at:g}%" y1="2" y2="{HEIGHT - 2}"'
                     ' stroke="currentColor" stroke-width="2"/>')  # fmt: skip
    start, end = place_on(estimate.low, *domain), place_on(estimate.high, *domain)
    width = max(end - start, 0.6)
    box = f'x="{start:g}%" y="{MIDDLE - 4:g}" width="{width:g}%" height="8" rx="4"'
    if band is None:
        parts.append(hatch(f"band-{key}"))
        parts.append(f'<rect class="span" {box} fill="url(#band-{key})"/>')
    else:
        parts.append(f'<rect class="span" {box} fill="currentColor" fill-opacity="0.34"/>')
    at = place_on(estimate.value or 0.0, *domain)
    parts.append(
        f'<svg class="estimate" x="{at:g}%" y="{MIDDLE:g}" overflow="visible">'
        f'<circle class="halo" r="7.5" fill="Canvas"/><g transform="scale(0.86)">'
        f"{SHAPES[band]}</g></svg>"
    )
    return (
        f'<svg class="interval bands {band or "unknown"}" width="100%" height="{HEIGHT + CAPTION}"'
        f' role="img" aria-label="{escape(label, quote=True)}" focusable="false">'
        f"{''.join(parts)}</svg>"
    )


def _stretch(name: Band, bands: Bands, domain: tuple[float, float]) -> str:
    """One band: its line, and its name under it where there is room."""
    edges = {
        "green": (bands.green, None), "amber": (bands.red, bands.green), "red": (None, bands.red),
    }[name]  # fmt: skip
    ends = [place_on(one, *domain) if one is not None else None for one in edges]
    if bands.op == "<=":
        ends.reverse()
    start, end = (0.0 if ends[0] is None else ends[0]), (100.0 if ends[1] is None else ends[1])
    if end <= start:
        return ""
    line = (
        f'<line class="{name}" x1="{start:g}%" x2="{end:g}%" y1="{MIDDLE:g}" y2="{MIDDLE:g}"'
        ' stroke="currentColor" stroke-opacity="0.45"/>'
    )
    if end - start < NARROW:
        return line
    return (
        f'{line}<text class="caption" x="{(start + end) / 2:g}%" y="{HEIGHT + CAPTION - 3}"'
        f' text-anchor="middle" font-size="12" fill="currentColor">{name}</text>'
    )
