"""What it is worth to know something before choosing (Howard 1966; Raiffa & Schlaifer 1961).

Whoever must choose now takes what is worth most by the means. Whoever knew an input first could
choose otherwise where that is better: what he gains on average is the most that learning the input
can be worth. With one input known and the others at their means each candidate's value is a line
in it, and the mean of the highest of some lines is a sum of E[(X − k)⁺]: exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sextant.strategy.economics.distributions import Distribution
from sextant.strategy.economics.draws import Draws, Frequency
from sextant.strategy.economics.model import Candidate, ValueModel
from sextant.strategy.economics.worth import expected, factors, line, means

Line = tuple[float, float]
NOTHING = 1e-9
"""Of the largest amount in the sum: less than this is rounding."""


@dataclass(frozen=True, slots=True)
class Information:
    """What it is worth to know everything (from draws, with its standard error), and each input.

    `choice`: what would be chosen now. `wrong`: in how many draws that is not the best.
    """

    choice: Candidate
    wrong: Frequency
    everything: float
    error: float
    each: tuple[tuple[str, float], ...]


def information(model: ValueModel, draws: Draws) -> Information:
    """The inputs whose knowledge could change the choice, the most valuable first."""
    worth = expected(model)
    choice = chosen(worth)
    best = np.maximum(draws.totals["ai"], draws.rival)
    gain = best - draws.totals[choice]
    each = [(name, knowing(model, name)) for name in model.inputs]
    found = sorted(((name, worth) for name, worth in each if worth > 0), key=lambda one: -one[1])
    error = float(np.std(gain)) / draws.n**0.5
    wrong = Frequency.of(gain > 0)
    return Information(choice, wrong, float(np.mean(gain)), error, tuple(found))


def chosen(worth: dict[Candidate, float]) -> Candidate:
    """What is worth most by the means; of equals what does least."""
    return max(reversed(list(worth)), key=lambda who: worth[who])


def knowing(model: ValueModel, name: str) -> float:
    """What it is worth to know this input exactly before choosing."""
    at = means(model)
    lines = [line(model, at, name, who) for who in model.candidates]
    return gain_of_knowing(lines, factors(model)[name])


def gain_of_knowing(lines: Sequence[Line], of: Distribution) -> float:
    """E[the highest of the lines at X] − the highest line at E[X]."""
    envelope = _envelope(lines)
    first, slope = envelope[0]
    mean = first + slope * of.mean
    for (a, b), (c, d) in pairwise(envelope):
        at = (a - c) / (d - b)
        mean += (d - b) * (of.mean - at + of.short_of(at))
    gain = mean - max(a + b * of.mean for a, b in lines)
    scale = max(abs(part) for a, b in lines for part in (a, b * of.mean))
    return gain if gain > NOTHING * scale else 0.0


def _envelope(lines: Sequence[Line]) -> list[Line]:
    """The lines that are somewhere the highest, from the flattest slope to the steepest."""
    kept: list[Line] = []
    for a, b in sorted(lines, key=lambda one: (one[1], one[0])):
        if kept and kept[-1][1] == b:
            kept.pop()
        while len(kept) > 1 and _at(kept[-1], (a, b)) <= _at(kept[-2], kept[-1]):
            kept.pop()
        kept.append((a, b))
    return kept


def _at(one: Line, other: Line) -> float:
    """Where two lines cross."""
    return (one[0] - other[0]) / (other[1] - one[1])
