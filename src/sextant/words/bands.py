"""In which band a failure is, as a sentence: what is known, and what would decide the rest."""

from __future__ import annotations

from collections.abc import Sequence

from sextant.metrics.catalogue import CATALOGUE
from sextant.stats.bands import BANDS, Band, Bands
from sextant.words.nouns import capital
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


def banded(possible: Sequence[Band], more: str = "") -> str:
    """`It fails.`; `Between green and amber: about 390 more rows would decide.`

    `more`: how much would decide, as `rows_more` or `cases_more` says it.
    """
    if len(possible) == 1:
        return f"{capital(MEANS[possible[0]])}."
    return f"Between {possible[0]} and {possible[-1]}: {more or 'more rows'} would decide."


def rows_more(count: int) -> str:
    """`about 390 more rows`, as a record forecasts it."""
    return f"about {about(count)} more rows"


def cases_more(count: int) -> str:
    """`at least about 390 more of the cases it counts`, a coarser forecast."""
    return f"at least about {about(count)} more of the cases it counts"


def in_a_word(possible: Sequence[Band]) -> str:
    """`red`, `green or amber`, `green to red`, `not known`."""
    if len(possible) == len(BANDS):
        return f"{possible[0]} to {possible[-1]}"
    return " or ".join(possible) or "not known"


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
