"""The Python interface of an agreed trade-off: is what a version gives up worth what it gains?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sextant.api import Result
from sextant.comparison import ComparisonResult
from sextant.contracts.evidence import Verdict
from sextant.contracts.problems import ContractError, Problem
from sextant.studies.tradeoffs.paired import weigh_versions
from sextant.studies.tradeoffs.result import Weighed
from sextant.studies.tradeoffs.successive import weigh_evidences


@dataclass(frozen=True, slots=True, repr=False)
class TradeoffResult:
    """One agreed trade-off, answered. Prints as sentences."""

    weighed: Weighed

    @property
    def verdict(self) -> Verdict:
        """Met: worth it, or within the floor; missed: not; undecided, and what would decide."""
        return self.weighed.verdict

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `sextant compare --trade … --json` (schema 1)."""
        from sextant.reports.tradeoffs import as_dict

        return as_dict(self.weighed)

    def to_markdown(self) -> str:
        """Headline and sentences, for a pull-request comment."""
        from sextant.reports.tradeoffs import markdown

        return markdown(self.weighed)

    def __repr__(self) -> str:
        from sextant.reports.tradeoffs import terminal

        return terminal(self.weighed, width=100)


def tradeoff(
    agreed: str,
    found: ComparisonResult | Result,
    after: Result | None = None,
    *,
    names: tuple[str, str] = ("before", "after"),
) -> TradeoffResult:
    """Is what was given up worth what was gained, at what was agreed?

    `agreed`: `1% of recall is worth 2% of precision` (an exchange rate), or `precision may cost 1%
    of recall` (a floor). `found` is a comparison, whose B is weighed against its A on the same
    rows; or the older of two results of `check` or `evaluate` with the same criteria, and `after`
    the newer, called by `names`. Then each side is one of the contract's criteria over all rows.

    Raises `ContractError` with every problem of the text, or where a side was not measured.
    """
    if isinstance(found, ComparisonResult):
        if after is not None:
            what = "A comparison holds both versions already."
            raise ContractError([Problem("after", what, "Leave the second result out.")])
        one = found.comparison
        weighed = weigh_versions(agreed, one.asked, found.tally, one.look, one.asked.contract.looks)
        return TradeoffResult(weighed)
    if after is None:
        what = "One result holds one version, and a trade-off compares two."
        raise ContractError([Problem("after", what, "Give the newer result, too.")])
    old, new = found.evidence, after.evidence
    if old.digest != new.digest:
        what = "The two results answer different contracts."
        raise ContractError([Problem("after", what, "Judge both by the same criteria.")])
    weighed = weigh_evidences(agreed, new.contract, found.tally, after.tally, names, new.look)
    return TradeoffResult(weighed)
