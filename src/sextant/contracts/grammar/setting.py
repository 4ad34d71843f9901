"""What a criterion may refer to: the metrics, and what the contract declares."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sextant.contracts.model import Costs, Segment
    from sextant.metrics.metric import Metric

COMPARING = ("gap", "ratio")


@cache
def default_catalogue() -> Mapping[str, Metric]:
    """Every metric by name; imported when first needed, for it brings the numerical libraries."""
    from sextant.metrics.catalogue import CATALOGUE

    return CATALOGUE


@dataclass(frozen=True, slots=True)
class Setting:
    """The surroundings in which a criterion is read.

    `roles` holds which of "label", "score", "prediction" and "unit" the data have. `roles` None or
    `segments` None: that part of the contract could not be read, so nothing is said about it.
    """

    segments: Mapping[str, Segment] | None = field(default_factory=dict)
    roles: frozenset[str] | None = frozenset({"label", "score"})
    threshold: float = 0.5
    costs: Costs | None = None
    task: str = "binary"
    catalogue: Mapping[str, Metric] = field(default_factory=default_catalogue)

    @property
    def threshold_default(self) -> float | None:
        """None where a hard decision is declared: the decision counts, not a cut of the score.

        And where the task knows more than two classes.
        """
        decided = self.roles is not None and "prediction" in self.roles
        return None if decided or self.task != "binary" else self.threshold

    def order(self, segment: str) -> int:
        """The place of a segment among those declared."""
        names = list(self.segments or ())
        return names.index(segment) if segment in names else len(names)
