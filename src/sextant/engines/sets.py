"""Which ways to group the rows a plan needs: each yields one state of every segment."""

from __future__ import annotations

from dataclasses import dataclass

from sextant.contracts.model import Contract
from sextant.engines import pairs
from sextant.engines.plan import Plan
from sextant.metrics.paired.requests import PairRequest
from sextant.metrics.requests import (
    Among,
    Classes,
    Copies,
    Decisions,
    Distribution,
    Flag,
    Labels,
    Patterns,
    Ranking,
    Request,
    Scores,
    Within,
)
from sextant.metrics.tally import Grouping

FACTS = ("kept",)
SAMPLE = ("sampled",)


@dataclass(frozen=True, slots=True)
class GroupingSet:
    """One way to group the rows. `request` None: the counts of rows and labels."""

    keys: tuple[str, ...]
    grouping: Grouping = ()
    request: Request | None = None
    by_unit: bool = False


def grouping_sets(
    contract: Contract, plan: Plan, masks: tuple[str, ...]
) -> tuple[GroupingSet, ...]:
    """The facts, the sample, the reasons (`masks`), and per segment the counts and the states."""
    unit = ("u",) if contract.data.unit else ()
    sets = [GroupingSet(FACTS), GroupingSet(SAMPLE), *(GroupingSet((m,)) for m in masks)]
    names = [segment.name for segment in contract.data.segments]
    for grouping, requests in plan.requests.items():
        base = ("kept", *[f"s{names.index(name)}" for name in grouping])
        sets.append(GroupingSet((*base, "y"), grouping))
        for request in requests:
            index = plan.all_requests.index(request)
            if isinstance(request, PairRequest):
                sets += [
                    GroupingSet((*base, *keys), grouping, request, by_unit)
                    for keys, by_unit in pairs.groupings(request, index, bool(unit))
                ]
                continue
            match request:
                case Scores():
                    sets.append(GroupingSet((*base, "bin", "cut", "y"), grouping, request))
                    if unit:
                        keys = (*base, "u", "coarse", "cut", "y")
                        sets.append(GroupingSet(keys, grouping, request, by_unit=True))
                case Copies():  # a scan of its own tells it
                    pass
                case Ranking(kind="coverage"):  # users are counted: no bucket of them is needed
                    sets.append(GroupingSet((*base, f"i{index}"), grouping, request))
                case _:
                    keys = (*base, *unit, *_tail(request, index))
                    sets.append(GroupingSet(keys, grouping, request, bool(unit)))
    return tuple(sets)


def _tail(request: Request, index: int) -> tuple[str, ...]:
    """What the rows of a segment are grouped by for this request."""
    match request:
        case Decisions():
            return ("d", "y")
        case Distribution():
            return (f"h{index}", f"hc{index}", f"hv{index}")
        case Flag() | Within() | Among() | Ranking(kind="hit"):
            return (f"f{index}",)
        case Labels():
            return ("y",)
        case Classes():
            return ("label", "prediction")
        case Patterns():
            return (f"k{index}",)
        case _:
            return ()
