"""Where a product fails, or can no longer be said to work, and what was agreed for that case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sextant_server.failures.offering import page_of, told
from sextant_server.failures.reading import Sight
from sextant_server.products.models import Stage
from sextant_server.stories.line import Line, of, ranked, stake
from sextant_server.stories.queries import Mine

GRAVE = {"red": 2.0, "amber": 1.0}
LIVE = (Stage.LAUNCH, Stage.OPERATIONS)


def failing(mine: Mapping[int, Mine], seen: Mapping[int, Sequence[Sight]]) -> list[Line]:
    """A line for each way to fail that is red or amber, or that may be red or is out of sight.

    One that lies between green and amber stays on its page, as does what lacks a number before
    the launch: the gate asks for that.
    """
    return ranked(
        [
            _line(mine[key], one)
            for key, sights in seen.items()
            for one in sights
            if one.band in GRAVE
            or "red" in one.possible
            or _out_of_sight(one, mine[key].product.stage)
        ]
    )


def _line(held: Mine, one: Sight) -> Line:
    grave = GRAVE.get(one.band or "", 0)
    return Line(
        says=of(held.product, told(one)),
        why=one.figures,
        href=page_of(one.mode),
        label="See what was agreed" if held.acts else "See it",
        verdict=one.band or "undecided",
        word=one.word,
        rank=(*stake(held.product), float(one.mode.severe), grave),
    )


def _out_of_sight(one: Sight, stage: str) -> bool:
    """A severe mode of a product that people meet, of which nothing is known any more."""
    return stage in LIVE and one.mode.severe and not one.possible
