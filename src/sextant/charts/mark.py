"""The verdict mark: a filled disc, a cross or a half disc, so that the shape alone says it."""

from __future__ import annotations

from sextant.contracts.evidence import Verdict

SHAPES: dict[Verdict, str] = {
    "met": '<circle r="6" fill="currentColor"/>',
    "missed": (
        '<path d="M-5 -5 5 5M5 -5 -5 5" fill="none" stroke="currentColor" stroke-width="2.6"'
        ' stroke-linecap="round"/>'
    ),
    "undecided": (
        '<circle r="5.2" fill="none" stroke="currentColor" stroke-width="1.6"/>'
        '<path d="M0 -5.2A5.2 5.2 0 0 0 0 5.2Z" fill="currentColor"/>'
    ),
}


def verdict_mark(verdict: Verdict) -> str:
    """A 14 x 14 SVG without text: the word stands beside it, so readers skip the picture."""
    return (
        f'<svg class="mark {verdict}" width="14" height="14" viewBox="-7 -7 14 14"'
        f' aria-hidden="true" focusable="false">{SHAPES[verdict]}</svg>'
    )
