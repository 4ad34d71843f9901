"""What every estimator takes and gives: a level of error and an estimate with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Level:
    """How sure an interval must be, and whether it may be looked at again.

    `alpha` is the two-sided error, alpha/2 a side. `tuned_to` is None for the first and only
    look; otherwise the interval holds at all sample sizes at once (an always-valid interval) and
    is tightest near n = `tuned_to`, a constant that was fixed before these data were seen. `today`,
    in days from 1970-01-01, is when ages are taken; None where no age is asked for.
    """

    alpha: float = 0.05
    tuned_to: float | None = None
    today: int | None = None

    def __post_init__(self) -> None:
        if not 0 < self.alpha < 1:
            raise ValueError(f"alpha must lie between 0 and 1, not {self.alpha!r}")

    def split(self, m: int) -> Level:
        """The level of one of `m` claims that share this error (Bonferroni, Holm's first step)."""
        return replace(self, alpha=self.alpha / max(m, 1))

    @property
    def confidence(self) -> float:
        return 1 - self.alpha


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval, its n and its method; or the reason why there is none.

    `value` is None where the quantity is undefined. `low` and `high` are minus and plus infinity
    where the data bound that side by nothing; never NaN. `n` counts what the number rests on (the
    denominator of a rate, the rows of a mean) and may be fractional in "what if" calculations.
    `worth`: where a judge's verdicts were used too, how many human labels alone would do as well.
    """

    value: float | None
    low: float
    high: float
    n: float
    method: str
    reason: str = ""
    between: tuple[str, str] | None = None
    worth: float | None = None

    @classmethod
    def undefined(cls, reason: str, n: float = 0.0, method: str = "none") -> Estimate:
        """No value at all: no rows, no positives, one class only."""
        return cls(None, -math.inf, math.inf, n, method, reason)

    @classmethod
    def unassessable(cls, value: float, n: float, reason: str, method: str = "none") -> Estimate:
        """A value whose error cannot be bounded here: outside the method's declared domain."""
        return cls(value, -math.inf, math.inf, n, method, reason)

    @property
    def assessable(self) -> bool:
        return self.value is not None and (math.isfinite(self.low) or math.isfinite(self.high))
