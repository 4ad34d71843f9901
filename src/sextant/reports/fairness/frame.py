"""A fairness review as pandas frames, by the names and in the shape of Fairlearn's MetricFrame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sextant.studies.fairness.result import Fairness, Grouped, GroupResult

if TYPE_CHECKING:
    import pandas as pd

Method = Literal["between_groups", "to_overall"]
COUNT = "count"
ENDS = ("low", "high", "n")


@dataclass(frozen=True, slots=True)
class GroupFrame:
    """One grouping as Fairlearn shows it: a row per group, a column per metric.

    `by_group`, `overall`, `difference`, `ratio`, `group_min` and `group_max` hold what a
    `MetricFrame` of the same rows holds; undefined values are NaN. `intervals` has the ends.
    Raises ValueError where there is no group.
    """

    whole: GroupResult
    grouped: Grouped

    def __post_init__(self) -> None:
        if not self.grouped.groups:
            why = self.grouped.reason or "no row has a value"
            raise ValueError(f"By {self.grouped.name} there is no frame: {why}.")

    @property
    def by_group(self) -> pd.DataFrame:
        import pandas as pd

        rows = [_row(one) for one in self.grouped.groups]
        found = pd.DataFrame(rows, index=self._index(), dtype=float).sort_index()
        return found.astype({COUNT: int})

    @property
    def overall(self) -> pd.Series:
        import pandas as pd

        return pd.Series(_row(self.whole), dtype=float)

    @property
    def intervals(self) -> pd.DataFrame:
        """Columns (metric, `low`, `high` or `n`); all intervals hold at once."""
        import pandas as pd

        rows = [
            {(name, end): getattr(one, end) for name, one in group.estimates for end in ENDS}
            for group in self.grouped.groups
        ]
        found = pd.DataFrame(rows, index=self._index()).sort_index()
        found.columns = pd.MultiIndex.from_tuples(list(found.columns))
        return found

    def group_min(self) -> pd.Series:
        """The smallest value of each metric over the groups."""
        return self.by_group.min()

    def group_max(self) -> pd.Series:
        """The largest value of each metric over the groups."""
        return self.by_group.max()

    def difference(self, method: Method = "between_groups") -> pd.Series:
        """The largest absolute difference between groups, or of a group from all rows."""
        held = self.by_group
        if _method(method) == "between_groups":
            return held.max() - held.min()
        return (held - self.overall).abs().max()

    def ratio(self, method: Method = "between_groups") -> pd.Series:
        """The smallest ratio between groups, or of a group to all rows, turned to be at most 1."""
        held = self.by_group
        if _method(method) == "between_groups":
            return held.min() / held.max()
        ratios = held / self.overall
        found: pd.Series = ratios.where(ratios <= 1, 1 / ratios).min()
        return found

    def _index(self) -> pd.Index:
        import pandas as pd

        names = self.grouped.grouping
        values = [one.values for one in self.grouped.groups]
        if len(names) == 1:
            return pd.Index([value for (value,) in values], name=names[0])
        return pd.MultiIndex.from_tuples(values, names=names)


def long_frame(fairness: Fairness) -> pd.DataFrame:
    """One row per grouping, group and measure: estimate, low, high, n, rows missing."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "by": grouped.name,
                "group": group.name,
                "measure": name,
                "estimate": one.value,
                "low": one.low,
                "high": one.high,
                "n": one.n,
                "missing": next((s.missing for s in group.small if s.measure == name), 0),
            }
            for grouped in fairness.groupings
            for group in grouped.groups
            for name, one in group.estimates
        ]
    )


def _row(group: GroupResult) -> dict[str, float]:
    found = {
        name: float("nan") if one.value is None else one.value for name, one in group.estimates
    }
    return found | {COUNT: group.rows}


def _method(method: str) -> str:
    if method not in ("between_groups", "to_overall"):
        raise ValueError(f"{method!r} is no method. Use 'between_groups' or 'to_overall'.")
    return method
