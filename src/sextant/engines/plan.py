"""One plan per source: what all criteria need, merged into as few states as possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sextant.contracts.model import Contract
from sextant.contracts.requests import request_of
from sextant.metrics.paired.requests import PairRequest
from sextant.metrics.reading import own_columns
from sextant.metrics.requests import Request
from sextant.metrics.tally import Grouping, covers, merge


@dataclass(frozen=True, slots=True)
class Plan:
    """The states to tally per grouping, and the columns that they read (name → what for)."""

    requests: Mapping[Grouping, tuple[Request, ...]]
    columns: Mapping[str, str]

    @property
    def all_requests(self) -> tuple[Request, ...]:
        return merge([request for held in self.requests.values() for request in held])


def build_plan(contract: Contract) -> Plan:
    """What one scan must yield to judge every criterion of the contract."""
    wanted: dict[Grouping, list[Request]] = {}
    for criterion in contract.criteria:
        for grouping in criterion.scope.groupings or ((),):
            wanted.setdefault(grouping, []).append(request_of(criterion))
    return plan_of(contract, wanted)


def plan_of(contract: Contract, asked: Mapping[Grouping, list[Request]]) -> Plan:
    """What one scan must yield to answer these requests of each grouping of the rows."""
    wanted: dict[Grouping, list[Request]] = {(): []}
    wanted |= {(segment.name,): [] for segment in contract.data.segments}
    wanted |= asked
    shared = merge([request for held in wanted.values() for request in held])
    widened = {
        grouping: tuple(wide for wide in shared if any(covers(wide, one) for one in held))
        for grouping, held in wanted.items()
    }
    return Plan(widened, _columns(contract, shared))


def _columns(contract: Contract, requests: tuple[Request, ...]) -> dict[str, str]:
    data = contract.data
    columns: dict[str, str] = {}
    roles = [
        (data.label.column if data.label else None, "the label"),
        (data.score.column if data.score else None, "the score"),
        (data.prediction, "the prediction"),
        (data.time, "the time"),
        (data.unit, "the unit"),
        *[(segment.column, f"segment {segment.name}") for segment in data.segments],
    ]
    for name, use in roles:
        if name is not None:
            columns.setdefault(name, use)
    for request in requests:
        for name in own_columns(request):
            versions = isinstance(request, PairRequest)
            columns.setdefault(name, "a version" if versions else "a criterion")
    return columns
