"""One scan of the reference and one of the current rows: their scores by window and group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sextant.contracts.evidence import DataFacts
from sextant.contracts.model import Contract
from sextant.contracts.partition import Partition
from sextant.engines.errors import SourceError
from sextant.engines.plan import plan_of
from sextant.engines.scan import tally as scan
from sextant.engines.source import Source
from sextant.metrics.requests import Request
from sextant.metrics.tally import Cell, Grouping, Tally, Values
from sextant.studies.estimate import selection
from sextant.studies.estimate.asked import Asked, within

Progress = Callable[[float], None]
MOST_WINDOWS = 1_000
ALL = ""
"""The name of the only window where no column cuts the rows."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One side: its contract, its tally, its segments under the contract's names."""

    contract: Contract
    tally: Tally
    partition: Partition

    def cells(self, grouping: Grouping, request: Request) -> Mapping[Values, Cell | None]:
        return self.partition.named(grouping, self.tally.find(grouping, request))


def reference(asked: Asked, source: Source, progress: Progress | None = None) -> Counted:
    """The reference's scores by label, of all rows and of each group. Raises `SourceError`."""
    contract = replace(asked.contract, criteria=())
    wanted: dict[Grouping, list[Request]] = {one: [asked.request] for one in asked.places()}
    tally = scan(contract, source, progress, plan_of(contract, wanted))
    return Counted(contract, tally, Partition(contract, tally))


def current(
    asked: Asked, source: Source, taught: Counted, progress: Progress | None = None
) -> Counted:
    """The current rows' scores by window, of all and of each group, under the reference's names.

    Labels are read where there is such a column. Raises `SourceError` where there is no row, or
    there are more windows than anybody would read.
    """
    data = asked.contract.data
    assert data.label
    label = data.label if data.label.column in source.columns else None
    time = data.time if data.time in source.columns else None
    if asked.rows is not None and (problems := source.check_columns({data.time or "": "the time"})):
        raise SourceError(problems)
    now = replace(asked.contract, data=replace(data, label=label, time=time, period=asked.rows))
    contract = within(now, asked.window, selection.segments(asked) if label else ())
    by = (asked.by,) if asked.by else ()
    if asked.by and (problems := source.check_columns({_column(asked): "the windows"})):
        raise SourceError(problems)
    wanted: dict[Grouping, list[Request]] = {
        joined(by, one): [asked.request] for one in asked.places()
    }
    if asked.selection and label:
        weight = selection.request(asked)
        wanted |= {selection.grouping(asked, joined(by, one)): [weight] for one in asked.places()}
    tally = scan(contract, source, progress, plan_of(contract, wanted))
    found = tally.counts[by]
    if not any(rows for rows, _ in found.values()):
        raise SourceError([f"{source.name} has no row to estimate anything of."])
    if len(found) > MOST_WINDOWS:
        remedy = "Name a column of days, weeks or batches."
        raise SourceError([f"'{asked.by}' makes {len(found):,} windows. {remedy}"])
    return Counted(contract, tally, Partition(contract, tally, taught.partition.folds()))


def joined(by: Grouping, grouping: Grouping) -> Grouping:
    """The windows, then the groups; a grouping by the windows' own column needs it once."""
    return (*by, *(name for name in grouping if name not in by))


def facts(counted: Counted, source: Source) -> DataFacts:
    """What a scan saw."""
    tally = counted.tally
    return DataFacts(
        source=source.name,
        rows=tally.rows,
        labelled=tally.labelled,
        snapshot=tally.snapshot.hex,
        period=tally.period,
        set_aside=tally.set_aside,
        segments=tuple(
            one
            for one in counted.partition.coverage()
            if one.name not in (selection.LABEL, selection.CUT)
        ),
    )


def _column(asked: Asked) -> str:
    assert asked.window
    return asked.window.column
