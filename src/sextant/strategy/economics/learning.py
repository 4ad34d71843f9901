"""What a number of labelled cases is worth before it is built (preposterior analysis).

Raiffa & Schlaifer 1961, chapter 5: before the cases are there, their result is itself uncertain.
Each possible result is weighed by its probability, with what would be chosen after it. The cases
tell the quality as a binomial count; what is believed of it is the input's own range, laid on a
grid, so that no conjugate family has to stand in for it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, xlog1py, xlogy

from sextant.strategy.economics.distributions import Distribution, Floats
from sextant.strategy.economics.information import NOTHING
from sextant.strategy.economics.inputs import QUALITY
from sextant.strategy.economics.model import ValueModel
from sextant.strategy.economics.worth import expected, line, means

SIZES = (50, 100, 200, 500, 1000, 2000, 5000)
GRID = 200
"""Points of the range, each of the same probability."""
COUNTS = 400
"""Possible results that are weighed; of more than these every so manieth stands for its
neighbours."""

Outcomes = tuple[Floats, Floats]
"""Posterior means, and the probability of each."""


@dataclass(frozen=True, slots=True)
class Study:
    """A number of labelled cases: what they are worth, what they cost, what is left.

    `cost` is the mean of the cost per case times the cases; None where nobody has said it.
    """

    cases: int
    worth: float
    cost: float | None

    @property
    def net(self) -> float | None:
        return None if self.cost is None else self.worth - self.cost


def studies(model: ValueModel, sizes: tuple[int, ...] = SIZES) -> tuple[Study, ...]:
    """What each number of labelled cases is worth."""
    per_case = model.inputs.get("cost_per_label")
    return tuple(
        Study(n, worth_of_cases(model, n), None if per_case is None else n * per_case.mean)
        for n in sizes
    )


def worth_of_cases(model: ValueModel, n: int) -> float:
    """What n labelled cases are worth: E[the best choice after them] − the best choice now.

    Of a binary product the positives among them tell the recall and the others the false positive
    rate; how many are positive is taken at its mean. The cases are taken to be like those it will
    meet, judged by what would be built, and labelled without error.
    """
    at, worth = means(model), expected(model)
    rival = max(worth.get("other", 0.0), 0.0)
    shares = {"recall": at.get("prevalence", 0.0)}
    shares["false_positive_rate"] = 1 - shares["recall"]
    outcomes: Outcomes = (np.array([worth["ai"]]), np.ones(1))
    for name in QUALITY[model.shape]:
        _, slope = line(model, at, name, "ai")
        cases = round(n * shares.get(name, 1.0))
        learnt, weights = after_cases(model.inputs[name].distribution, cases)
        outcomes = _both(outcomes, (slope * (learnt - at[name]), weights))
    values, weights = outcomes
    gain = float(weights @ np.maximum(values, rival)) - max(worth["ai"], rival)
    return gain if gain > NOTHING * max(abs(worth["ai"]), rival) else 0.0


def after_cases(prior: Distribution, n: int) -> Outcomes:
    """What will be believed of a share after n cases: each posterior mean with its probability."""
    grid = np.clip(prior.quantile((np.arange(GRID) + 0.5) / GRID), 0.0, 1.0)
    grid_mean = float(np.mean(grid))
    if n == 0:
        return np.array([prior.mean]), np.ones(1)
    counts = _counts(grid, n)
    ways = gammaln(n + 1) - gammaln(counts + 1) - gammaln(n - counts + 1)
    log_chance = xlogy(counts, grid[:, None]) + xlog1py(n - counts, -grid[:, None]) + ways
    chance = np.exp(log_chance - log_chance.max(axis=1, keepdims=True))
    chance /= chance.sum(axis=1, keepdims=True)
    of_result = chance.mean(axis=0)
    seen = of_result > 0
    learnt = (grid @ chance)[seen] / GRID / of_result[seen]
    return learnt + (prior.mean - grid_mean), of_result[seen]


def _counts(grid: Floats, n: int) -> Floats:
    """The results that can be seen: all of them, or an even selection where they are many."""
    spread = 6 * math.sqrt(n) / 2
    low = max(math.floor(n * float(grid.min()) - spread), 0)
    high = min(math.ceil(n * float(grid.max()) + spread), n)
    step = max(1, (high - low) // COUNTS)
    return np.arange(low, high + 1, step, dtype=np.float64)


def _both(one: Outcomes, other: Outcomes) -> Outcomes:
    """The sum of two independent outcomes."""
    values = (one[0][:, None] + other[0]).ravel()
    weights = (one[1][:, None] * other[1]).ravel()
    return values, weights
