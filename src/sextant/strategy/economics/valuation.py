"""Everything that a value model says, computed once from its ranges."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from sextant.strategy.economics.breakeven import BreakEven, break_evens
from sextant.strategy.economics.curve import Curve, curve
from sextant.strategy.economics.draws import DRAWS, Frequency, Interval, draw, interval, sketch
from sextant.strategy.economics.information import Information, information
from sextant.strategy.economics.learning import Study, studies
from sextant.strategy.economics.model import Candidate, ValueModel
from sextant.strategy.economics.payback import Payback, payback
from sextant.strategy.economics.tornado import Swing, tornado
from sextant.strategy.economics.worth import expected, expected_monthly


@dataclass(frozen=True, slots=True)
class Worth:
    """One candidate over the horizon against today's way.

    Its exact mean, where nine of ten draws lie, and in how many of them it is positive, and the
    best of all candidates.
    """

    who: Candidate
    expected: float
    monthly: float
    interval: Interval
    positive: Frequency
    best: Frequency


@dataclass(frozen=True, slots=True)
class Valuation:
    """What a model says. `beats`: in how many draws it beats the best way without AI."""

    digest: str
    currency: str
    horizon: int
    draws: int
    candidates: tuple[Worth, ...]
    beats: Frequency
    payback: Payback
    break_evens: tuple[BreakEven, ...]
    sketch: bytes

    @property
    def ai(self) -> Worth:
        """The product itself."""
        return self.candidates[0]

    @property
    def best(self) -> Worth:
        """What is worth most by the means; of equals what does least."""
        return max(reversed(self.candidates), key=lambda one: one.expected)

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it, without the sketch."""
        held = asdict(self)
        held.pop("sketch")
        return held


@dataclass(frozen=True, slots=True)
class Findings:
    """What follows from a model for what to find out next."""

    swings: tuple[Swing, ...]
    information: Information
    studies: tuple[Study, ...]
    curves: tuple[Curve, ...]


def value(model: ValueModel, n: int = DRAWS) -> Valuation:
    """What a product is worth: exact means, and what n draws say of the rest."""
    draws = draw(model, n)
    worth, month = expected(model), expected_monthly(model)
    top = np.maximum(draws.totals["ai"], draws.rival)
    ordered = {who: np.sort(drawn) for who, drawn in draws.totals.items()}
    candidates = [
        Worth(
            who, worth[who], month[who], interval(ordered[who]),
            Frequency.of(draws.totals[who] > 0), Frequency.of(draws.totals[who] >= top),
        )
        for who in model.candidates
    ]  # fmt: skip
    return Valuation(
        model.digest, model.currency, model.horizon, n, tuple(candidates),
        Frequency.of(draws.totals["ai"] > draws.rival), payback(model, draws),
        break_evens(model, draws), sketch(ordered["ai"]),
    )  # fmt: skip


def findings(model: ValueModel, n: int = DRAWS) -> Findings:
    """What matters most, what it is worth to know, and what cases would be worth."""
    draws = draw(model, n)
    curves = [curve(model, draws, one.name, one.at) for one in break_evens(model, draws)]
    return Findings(tornado(model), information(model, draws), studies(model), tuple(curves))
