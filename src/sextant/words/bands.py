"""In which band a failure is, as a sentence: what is known, and what would decide the rest."""

from __future__ import annotations

from collections.abc import Sequence

from sextant.metrics.catalogue import CATALOGUE
from sextant.stats.bands import Band, Bands
from sextant.words.numbers import Unit, about, declared

MEANS: dict[Band, str] = {
    "green": "it works as promised",
    "amber": "it works less well than promised, and is still of use",
    "red": "it fails",
}
"""What a band means for whoever uses the product."""


def bounds(bands: Bands, unit: Unit = "value", currency: str = "") -> str:
    """`green from 80 %, red below 70 %`."""
    write = declared(unit, currency).exact
    green, red = ("from", "below") if bands.op == ">=" else ("up to", "above")
    return f"green {green} {write(bands.green)}, red {red} {write(bands.red)}"


def banded(possible: Sequence[Band], more: int | None) -> str:
    """`Amber: it works less well than promised, …`; `Between green and amber: about 390 more …`."""
    if len(possible) == 1:
        (band,) = possible
        return f"{band.capitalize()}: {MEANS[band]}."
    between = " and ".join((possible[0], possible[-1]))
    rows = f"about {about(more)} more rows would decide" if more else "more rows would decide"
    return f"Between {between}: {rows}."


def unit_of(metric: str, between: bool = False) -> Unit:
    """The unit of a number as a record names it: `recall`, `gap(recall)`, `ratio(recall)`.

    A difference of shares is counted in points; `between`: the number is a difference of two named
    groups.
    """
    kind, opened, name = metric.rstrip(")").partition("(")
    if kind == "ratio" and opened:
        return "ratio"
    found = CATALOGUE[name or kind].unit
    apart = bool(opened) or between
    return "points" if apart and found in ("share", "percent") else found
