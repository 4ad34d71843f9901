"""Tally a source into a folder of states: which spans are new, the same, later, corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from sextant.contracts.model import Contract
from sextant.engines.duck import Progress
from sextant.engines.errors import SourceError
from sextant.engines.parted import UNDATED, Parted, tally_by
from sextant.engines.plan import Plan
from sextant.engines.source import Source
from sextant.metrics.merging import merged
from sextant.metrics.request_codec import plain_request
from sextant.metrics.requests import Distribution
from sextant.metrics.tally import Tally
from sextant.states.snapshot import RowSample, Snapshot
from sextant.states.state import StateError
from sextant.studies.stored.codes import clashing
from sextant.studies.stored.folder import (
    alone,
    current,
    header,
    layout_in,
    place_of,
    read,
    write,
    write_layout,
)
from sextant.studies.stored.layout import Layout, differences, layout_of, whole, wider_plan
from sextant.studies.stored.part import Few, Header, Seen
from sextant.studies.stored.spans import between, edges_of

Late = Literal["refuse", "replace", "add"]
What = Literal["new", "same", "more rows", "corrected", "added"]


@dataclass(frozen=True, slots=True)
class Taken:
    """One span after a tally: what became of it, and its rows before and now."""

    span: str
    what: What
    rows: int
    before: int
    version: int


@dataclass(frozen=True, slots=True)
class Taking:
    """What a tally did: the folder's layout and every span that the source has rows of."""

    layout: Layout
    source: str
    spans: tuple[Taken, ...]
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.spans)


def take(
    source: Source,
    contract: Contract,
    folder: Path,
    *,
    by: str,
    segments: Sequence[str],
    late: Late,
    today: date,
    code: str,
    progress: Progress | None = None,
) -> Taking:
    """Scan the source once and write the states of every span whose rows are new.

    A span that the folder has is written anew, as its next version, where the source holds more
    rows of it: all that were there before, or those of the same source as it is now. Other rows
    are refused unless `late` says that they "replace" the old ones, or are to be "add"ed to them.
    Nothing is written unless every span can be. Raises `SourceError` and `StateError`.
    """
    plan = wider_plan(contract, segments)
    layout = layout_of(whole(contract), plan, by)
    old = layout_in(folder)
    if old is not None and (problems := differences(old, layout)):
        what = " ".join(problems[:4]).rstrip(".")
        remedy = "Tally with the contract of these states, or into a new folder."
        raise StateError(f"The states in {folder} are counted otherwise", what, remedy)
    few = _few_before(folder, plan) if old is not None else {}
    parted = tally_by(contract, source, plan, by, progress, few)
    tallies = _filled(parted, contract, plan, by)
    if old is None:
        write_layout(folder, layout)
    with alone(folder):
        found = [
            _weighed(span, tally, parted, source, folder, late) for span, tally in tallies.items()
        ]
        refused = [one for one in found if isinstance(one, str)]
        if refused:
            raise SourceError(_few_of(refused))
        spans = []
        for one in found:
            assert not isinstance(one, str)
            taken, tally, seen, codes = one
            if taken.what != "same":
                told = Header(
                    taken.span, taken.version, layout.counted, layout.contract, tally.rows,
                    tally.snapshot.hex,
                    tuple(replace(each, on=each.on or today.isoformat()) for each in seen),
                    codes, _few(parted, plan), parted.reasons, code,
                )  # fmt: skip
                write(folder, place_of(taken.span, source.name), told, tally)
            spans.append(taken)
    return Taking(layout, source.name, tuple(spans), tuple(_notes(spans, by, today)))


Weighed = tuple[Taken, Tally, tuple[Seen, ...], Mapping[str, tuple[int, ...]]]


def _weighed(
    span: str, tally: Tally, parted: Parted, source: Source, folder: Path, late: Late
) -> Weighed | str:
    """What is to become of a span, or why it cannot be said."""
    kept = current(folder).get(place_of(span, source.name))
    seen = Seen(source.name, tally.rows, tally.snapshot.hex, "")
    codes = parted.codes.get(span, {})
    if kept is None:
        return Taken(span, "new", tally.rows, 0, 1), tally, (seen,), codes
    before, states = read(kept)
    if before.snapshot == tally.snapshot.hex and before.rows == tally.rows:
        return Taken(span, "same", tally.rows, before.rows, kept.version), tally, (seen,), codes
    version = kept.version + 1
    share = states.sample.contained_in(tally.sample)
    holds = not before.rows or (share == 1.0 and tally.rows >= before.rows)
    again = [one.source for one in before.seen] == [source.name] and tally.rows >= before.rows
    if late == "add":
        if overlap := tally.sample.contained_in(states.sample):
            named = _named(span)
            return (
                f"{named}: {overlap:.0%} of these rows are among those already counted. "
                "Leave --add out, or name the rows that came late alone."
            )
        both = merged([states, tally], parted.reasons)
        joined = {
            name: tuple(sorted({*before.codes.get(name, ()), *codes.get(name, ())}))
            for name in dict.fromkeys([*before.codes, *codes])
        }
        if problem := clashing([before.codes, codes]):
            return f"{_named(span)}: {problem}"
        taken = Taken(span, "added", both.rows, before.rows, version)
        return taken, both, (*before.seen, seen), joined
    if holds:
        return Taken(span, "more rows", tally.rows, before.rows, version), tally, (seen,), codes
    if again or late == "replace" or span == UNDATED:
        return Taken(span, "corrected", tally.rows, before.rows, version), tally, (seen,), codes
    return (
        f"{_named(span)}: the states have {before.rows:,} rows (of {before.seen[-1].source}), and "
        f"{source.name} has {tally.rows:,} that do not hold them. Say --replace where these are "
        "all its rows, --add where they came late."
    )


def _filled(parted: Parted, contract: Contract, plan: Plan, by: str) -> dict[str, Tally]:
    """The tallies of all spans, those between the first and the last without rows included.

    Where the contract names a period, all of it is told of: that it has no rows is a fact too.
    """
    tallies = dict(parted.tallies)
    named = [name for name in tallies if name != UNDATED]
    first, last = edges_of(contract.data.period, by)
    ends = first or (named[0] if named else None), last or (named[-1] if named else None)
    if ends[0] is None or ends[1] is None:
        return tallies
    empty = _empty(contract, plan)
    spans = between(ends[0], ends[1], by)
    found = {UNDATED: tallies[UNDATED]} if UNDATED in tallies else {}
    return found | {name: tallies.get(name, empty) for name in spans or named}


def _empty(contract: Contract, plan: Plan) -> Tally:
    """A span without a row: that there was none is told, and nothing is missing."""
    return Tally(
        cells={
            grouping: {request: {} for request in held} for grouping, held in plan.requests.items()
        },
        counts={grouping: {} for grouping in plan.requests},
        rows=0,
        labelled=0 if contract.data.label else None,
        snapshot=Snapshot(),
        sample=RowSample(),
    )


def _few_before(folder: Path, plan: Plan) -> dict[int, tuple[float, ...] | None]:
    """How columns were counted in the newest span that has rows."""
    for kept in reversed(current(folder).values()):
        if not kept.undated and (found := header(kept)).rows:
            return {
                at: found.few[_key(request)]
                for at, request in enumerate(plan.all_requests)
                if isinstance(request, Distribution) and _key(request) in found.few
            }
    return {}


def _few(parted: Parted, plan: Plan) -> Few:
    return {
        _key(request): parted.head.few.get(at)
        for at, request in enumerate(plan.all_requests)
        if isinstance(request, Distribution)
    }


def _key(request: Distribution) -> str:
    return str(plain_request(request)[1])


def _notes(spans: Sequence[Taken], by: str, today: date) -> list[str]:
    """Days that have not come yet: a clock is wrong, or the days are those of another zone."""
    if by != "day":
        return []
    beyond = (today + timedelta(days=1)).isoformat()
    ahead = [one for one in spans if one.span > beyond and one.rows]
    if not ahead:
        return []
    rows = sum(one.rows for one in ahead)
    return [
        f"{rows:,} rows lie in days that have not come yet ({ahead[0].span} to {ahead[-1].span}). "
        "Check the clock that wrote them: days are those of UTC."
    ]


def _named(span: str) -> str:
    return span or "Rows without a time"


def _few_of(problems: list[str]) -> list[str]:
    """Some problems, and how many more there are."""
    most = 5
    more = len(problems) - most
    return problems[:most] + ([f"{more:,} more spans are refused so."] if more > 0 else [])
