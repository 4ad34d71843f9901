"""What weighing an agreed trade-off gave."""

from __future__ import annotations

from dataclasses import dataclass

from sextant.contracts.evidence import Needed, Verdict
from sextant.contracts.grammar.trading import Term, Tradeoff
from sextant.contracts.model import Contract
from sextant.stats.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Moved:
    """How far one quantity moved from the old version to the new one.

    `change` is new - old in the quantity's own unit, `sign` +1 where more of it is better and -1
    where less is.
    """

    term: Term
    change: Estimate
    sign: float

    @property
    def gain(self) -> Estimate:
        """The change counted towards the good side."""
        if self.sign > 0:
            return self.change
        one = self.change
        value = None if one.value is None else -one.value
        return Estimate(value, -one.high, -one.low, one.n, one.method, one.reason)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One trade-off answered. `net`: of an exchange rate what is left, in units of `second`.

    `joint`: both changes were weighed with their correlation; else by intervals that hold together
    whatever it is, which are wider. `unit`: of what more would decide.
    """

    agreed: Tradeoff
    contract: Contract
    names: tuple[str, str]
    first: Moved
    second: Moved
    net: Estimate | None
    verdict: Verdict
    needed: Needed | None
    confidence: float
    joint: bool
    unit: str = "labelled rows"
