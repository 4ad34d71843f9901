"""One group's rate among others: its interval as a bar, its value as a dot, all rows as a tick."""

from __future__ import annotations

from html import escape

HEIGHT = 20
MIDDLE = HEIGHT / 2
INSET = 3.0

Domain = tuple[float, float]


def group_bar(
    value: float,
    low: float,
    high: float,
    domain: Domain,
    *,
    reference: float | None = None,
    faint: bool = False,
    label: str = "",
) -> str:
    """A self-contained SVG element as wide as its column, for a list of groups on one scale.

    `reference` is the value of all rows, `faint` marks a group too small to be judged: its bar is
    an outline. `label` is read out.
    """
    parts = [
        f'<line class="track" x1="0" x2="100%" y1="{MIDDLE:g}" y2="{MIDDLE:g}"'
        ' stroke="currentColor" stroke-opacity="0.25" stroke-dasharray="1 3"/>'
    ]
    start, end = _at(low, domain), _at(high, domain)
    width = max(end - start, 0.6)
    box = (
        f'x="{min(start, 100 - width):g}%" y="{MIDDLE - 4:g}" width="{width:g}%" height="8" rx="4"'
    )
    look = (
        'fill="none" stroke="currentColor" stroke-opacity="0.6" stroke-dasharray="3 2"'
        if faint
        else 'fill="currentColor" fill-opacity="0.3"'
    )
    parts.append(f'<rect class="span" {box} {look}/>')
    if reference is not None:
        at = _at(reference, domain)
        parts.append(
            f'<line class="bound" x1="{at:g}%" x2="{at:g}%" y1="2" y2="{HEIGHT - 2}"'
            ' stroke="currentColor" stroke-opacity="0.55" stroke-width="1"/>'
        )
    fill = "Canvas" if faint else "currentColor"
    parts.append(
        f'<circle class="estimate" cx="{_at(value, domain):g}%" cy="{MIDDLE:g}" r="4"'
        f' fill="{fill}" stroke="currentColor" stroke-width="1.5"/>'
    )
    text = escape(label, quote=True)
    return (
        f'<svg class="interval group-bar" width="100%" height="{HEIGHT}" role="img"'
        f' aria-label="{text}" focusable="false">{"".join(parts)}</svg>'
    )


def _at(x: float, domain: Domain) -> float:
    """Where x stands, in per cent; outside the scale it stands at its end."""
    low, high = domain
    share = (x - low) / (high - low) if high > low else 0.5
    return round(INSET + (100 - 2 * INSET) * min(max(share, 0.0), 1.0), 3)
