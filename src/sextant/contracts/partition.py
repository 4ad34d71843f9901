"""A table cut into segments: declared names for values, small ones folded, coverage shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from sextant.contracts.evidence import SegmentCoverage
from sextant.contracts.grammar import MISSING, band_labels
from sextant.contracts.grammar.segments import value_text
from sextant.contracts.model import Contract, Criterion, Segment
from sextant.contracts.requests import request_of
from sextant.metrics.tally import Cell, Grouping, Tally, Values

Folds = Mapping[str, Mapping[str, str]]
MOST_DECLARED_COMBINATIONS = 1_000


@dataclass(frozen=True, slots=True)
class Partition:
    """The tally's cells under the contract's names for segment values.

    A value below the segment's `min_rows` is folded into its `fold`. What was folded when the
    question was first looked at stays folded, and the rest stays apart (`folds`): groups must not
    change with the data they are judged on. Declared values without a row are kept as empty
    segments: no data is never a pass.
    """

    contract: Contract
    tally: Tally
    frozen: Folds = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(init=False)
    declared: dict[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        segments = self.contract.data.segments
        frozen = {s.name: self.frozen.get(s.name, {}) for s in segments}
        names = {s.name: _names(s, self._marginal(s), frozen[s.name]) for s in segments}
        declared = {s.name: _declared(s, names[s.name], frozen[s.name]) for s in segments}
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "declared", declared)

    def _marginal(self, segment: Segment) -> Mapping[str, float]:
        held = self.tally.counts.get((segment.name,), {})
        return {values[0]: rows for values, (rows, _) in held.items()}

    def cells(self, grouping: Grouping, criterion: Criterion) -> dict[Values, Cell | None]:
        """Segment values → cell (None without rows), in the declared order."""
        return self.named(grouping, self.tally.find(grouping, request_of(criterion)))

    def named(self, grouping: Grouping, held: Mapping[Values, Cell]) -> dict[Values, Cell | None]:
        """As `cells`, of any cells of a grouping."""
        merged: dict[Values, Cell] = {}
        for raw, cell in held.items():
            values = tuple(
                self.names[name].get(value, value)
                for name, value in zip(grouping, raw, strict=True)
            )
            merged[values] = merged[values] + cell if values in merged else cell
        if not grouping:
            return {(): merged.get(())}
        order = [self.declared[name] for name in grouping]
        count = 1
        for values in order:
            count *= len(values)
        if len(grouping) == 1 or count <= MOST_DECLARED_COMBINATIONS:
            return {values: merged.get(values) for values in product(*order)}
        return {values: merged[values] for values in sorted(merged)}

    def folds(self) -> dict[str, dict[str, str]]:
        """Per segment that may fold: each value's name, and the name it is judged under."""
        return {
            segment.name: {
                _own(segment, raw): name for raw, name in self.names[segment.name].items()
            }
            for segment in self.contract.data.segments
            if segment.min_rows
        }

    def coverage(self) -> tuple[SegmentCoverage, ...]:
        """Rows of each segment value, and which were folded together."""
        return tuple(self._coverage(segment) for segment in self.contract.data.segments)

    def _coverage(self, segment: Segment) -> SegmentCoverage:
        rows = dict.fromkeys(self.declared[segment.name], 0)
        folded = set()
        for raw, n in self._marginal(segment).items():
            name = self.names[segment.name][raw]
            rows[name] = rows.get(name, 0) + int(n)
            if (own := _own(segment, raw)) != name:
                folded.add(own)
        return SegmentCoverage(
            segment.name, tuple(rows.items()), tuple(sorted(folded)), segment.fold if folded else ""
        )


def _plain_names(segment: Segment) -> dict[str, str]:
    named = {value_text(value): label for value, label in segment.labels}
    return {"": MISSING} | named


def _own(segment: Segment, raw: str) -> str:
    """The name of a value before any folding."""
    whole = _whole(raw)
    return _plain_names(segment).get(whole, whole)


def _names(
    segment: Segment, marginal: Mapping[str, float], frozen: Mapping[str, str]
) -> dict[str, str]:
    totals: dict[str, float] = {}
    owned = {raw: _own(segment, raw) for raw in marginal}
    for raw, rows in marginal.items():
        totals[owned[raw]] = totals.get(owned[raw], 0.0) + rows
    small = {name for name, rows in totals.items() if rows < segment.min_rows}
    return {
        raw: frozen.get(name, segment.fold if name in small else name)
        for raw, name in owned.items()
    }


def _whole(raw: str) -> str:
    """1.0 as 1: a whole number in a column of fractions is the same value."""
    return raw[:-2] if raw.endswith(".0") and raw[:-2].lstrip("-").isdigit() else raw


def _declared(
    segment: Segment, names: Mapping[str, str], frozen: Mapping[str, str]
) -> tuple[str, ...]:
    """Declared values first, in their order, then those met in the data, by name."""
    first = list(band_labels(segment.bands)) if segment.bands else []
    first += [label for _, label in segment.labels]
    kept = {*names.values(), *frozen.values()}
    if segment.min_rows:
        first = [label for label in first if label in kept]
    found = sorted(kept - {MISSING, segment.fold}, key=_by_number)
    last = [one for one in (segment.fold, MISSING) if one in kept]
    return tuple(dict.fromkeys([*first, *found, *last]))


def _by_number(value: str) -> tuple[int, float, str]:
    try:
        return (0, float(value), value)
    except ValueError:
        return (1, 0.0, value)
