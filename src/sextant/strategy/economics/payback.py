"""When it has paid back: in which share of the draws, by which month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sextant.strategy.economics.distributions import Floats
from sextant.strategy.economics.draws import Draws, Frequency
from sextant.strategy.economics.model import ValueModel
from sextant.strategy.economics.worth import monthly


@dataclass(frozen=True, slots=True)
class Payback:
    """In how many draws it has paid back by a month; the curve by all months of the horizon.

    `half`: the month by which half of the draws have paid back, None where that is later than
    the horizon.
    """

    by: int
    chance: Frequency
    half: int | None
    curve: tuple[float, ...]


def payback(model: ValueModel, draws: Draws) -> Payback:
    """From the draws: live after `months`, it has paid back `build / monthly` later.

    A draw that earns nothing in a month never has.
    """
    month = _month(model, draws)
    curve = [float(np.mean(month <= t)) for t in range(1, model.horizon + 1)]
    half = next((t for t, share in enumerate(curve, 1) if share >= 0.5), None)
    return Payback(model.payback, Frequency.of(month <= model.payback), half, tuple(curve))


def _month(model: ValueModel, draws: Draws) -> Floats:
    earned = np.broadcast_to(monthly(model, draws.x, "ai"), (draws.n,))
    build = np.broadcast_to(draws.x["build"], (draws.n,))
    with np.errstate(divide="ignore", invalid="ignore"):
        months: Floats = np.where(earned > 0, draws.x["months"] + build / earned, np.inf)
    return months
