"""What labels of the rows of now say: criteria by window, and how labels follow one another."""

from __future__ import annotations

from dataclasses import dataclass

from sextant.contracts.evidence import RowResult
from sextant.contracts.model import Contract, Criterion
from sextant.stats.estimate import Estimate
from sextant.stats.needed import decided


@dataclass(frozen=True, slots=True)
class Performed:
    """A criterion in one window by the window's own labels; `before`: in the reference.

    `row`: met by its interval, missed at an error that all windows and criteria share.
    """

    criterion: Criterion
    before: Estimate
    row: RowResult

    @property
    def kept_before(self) -> bool:
        """Whether the reference does not miss it by its own interval."""
        one = self.criterion
        return decided(self.before, one.bound, one.op) != "missed"

    @property
    def broken(self) -> bool:
        """Whether a promise that decides is missed here, and was not in the reference."""
        decides = self.criterion.role != "secondary"
        return decides and self.row.verdict == "missed" and self.kept_before


@dataclass(frozen=True, slots=True)
class Succession:
    """How often a row has the label of the row before it, in the order of time.

    `same`: that share; `usual`: of the most frequent label; `right`: of the decisions that are
    right, undefined where there are none. `time`: the column that orders them.
    """

    same: Estimate
    usual: Estimate
    right: Estimate
    time: str

    @property
    def hangs(self) -> bool:
        """Whether it is shown that repeating the last label beats the most frequent one."""
        return self.same.low > self.usual.high

    @property
    def beats(self) -> bool:
        """Whether it is shown that repeating the last label is right more often than the model."""
        return self.hangs and self.right.value is not None and self.same.low > self.right.high


@dataclass(frozen=True, slots=True)
class Labelled:
    """All that labels said; `contract`: with windows for segments; `why`: why they said nothing."""

    contract: Contract | None = None
    windows: tuple[tuple[Performed, ...], ...] = ()
    why: str = ""
    succession: Succession | None = None
