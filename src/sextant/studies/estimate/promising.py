"""What the estimates say of the criteria: never that one is met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from sextant.contracts.model import Criterion
from sextant.contracts.questions import MOST_GROUPS
from sextant.stats.estimate import Estimate, Level
from sextant.stats.groups import contrast, largest_gap, pairs_of, smallest_ratio
from sextant.stats.needed import decided
from sextant.studies.estimate.judging import OUTLOOKS, Spot, row
from sextant.studies.estimate.result import Judged, Outlook, Place, Row


def judged(criterion: Criterion, spots: Sequence[Spot]) -> Judged:
    """A criterion over its places: likely missed where one is shown so among all of them."""
    level = Level(round(1 - criterion.confidence, 12))
    asks = _asks(criterion, spots)
    rows = tuple(ask(level) for ask in asks)
    split = level.split(sum(1 for one in rows if one.estimate.assessable))
    shown = tuple(
        one
        for one, ask in zip(rows, asks, strict=True)
        if one.outlook == "likely missed" and ask(split).outlook == "likely missed"
    )
    return Judged(criterion, _together(rows, shown), rows, shown)


def _asks(criterion: Criterion, spots: Sequence[Spot]) -> list[Callable[[Level], Row]]:
    """A number of every place; where groups are compared one of every window."""
    if criterion.scope.kind != "across":
        return [partial(row, criterion.quantity.call, criterion, spot) for spot in spots]
    windows: dict[str, list[Spot]] = {}
    for spot in spots:
        windows.setdefault(spot.place.window, []).append(spot)
    return [partial(compared, criterion, held) for held in windows.values()]


def compared(criterion: Criterion, spots: Sequence[Spot], level: Level) -> Row:
    """The worst pair of a window's groups, or the contrast of two of them.

    Every group is taught by its own rows of the reference, so that groups are independent.
    """
    call, quantity = criterion.quantity.call, criterion.quantity
    by_name = {spot.place.segment[0][1]: spot for spot in spots}
    names = [quantity.of, quantity.against] if quantity.kind == "contrast" else list(by_name)
    place = Place(
        spots[0].place.window, (), *(sum(getattr(one.place, what) for one in spots)
                                     for what in ("rows", "labelled", "reference", "outside")),
    )  # fmt: skip
    if len(names) > MOST_GROUPS:
        why = f"{len(names):,} groups are too many to be compared in pairs; fold the small ones"
        return Row(call, criterion, place, Estimate.undefined(why), "cannot be estimated", why=why)

    def each(one: Level) -> list[Row | None]:
        held = (by_name.get(name) for name in names)
        return [None if spot is None else row(call, None, spot, one) for spot in held]

    here = each(level)
    apart = here if quantity.kind == "contrast" else each(level.split(pairs_of(len(names))))
    found = _combined(criterion, names, *([_of(one) for one in rows] for rows in (here, apart)))
    seen = [
        [Estimate.undefined("no labelled row") if r is None or r.measured is None else r.measured
         for r in rows]
        for rows in (here, apart)
    ]  # fmt: skip
    measured = _combined(criterion, names, *seen)
    known = measured if measured.assessable else None
    if not found.assessable:
        return Row(call, criterion, place, found, "cannot be estimated", known, why=found.reason)
    outlook = OUTLOOKS[decided(found, criterion.bound, criterion.op)]
    return Row(call, criterion, place, found, outlook, known)


def _of(one: Row | None) -> Estimate:
    return Estimate.undefined("no row in this group") if one is None else one.estimate


def _combined(
    criterion: Criterion, names: list[str], here: list[Estimate], apart: list[Estimate]
) -> Estimate:
    if criterion.quantity.kind == "contrast":
        return contrast((names[0], names[1]), here[0], here[1])
    combine = largest_gap if criterion.quantity.kind == "gap" else smallest_ratio
    return combine(names, here, apart)


def _together(rows: Sequence[Row], shown: Sequence[Row]) -> Outlook:
    return "likely missed" if shown else _all({one.outlook for one in rows})


def _all(found: set[Outlook | None]) -> Outlook:
    if not found or found == {"cannot be estimated"}:
        return "cannot be estimated"
    return "nothing points to a miss" if found == {"nothing points to a miss"} else "undecided"


def overall(judged: Sequence[Judged]) -> Outlook:
    """Of all criteria that decide: likely missed where one is."""
    found: set[Outlook | None] = {
        one.outlook for one in judged if one.criterion.role != "secondary"
    }
    return "likely missed" if "likely missed" in found else _all(found)
