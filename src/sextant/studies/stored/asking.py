"""From stored states to the tally of a range: which spans it needs, whether they fit, their sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sextant.contracts.assess import unanswerable
from sextant.contracts.model import Contract, Period
from sextant.engines.reading import NAMED
from sextant.metrics.merging import merged
from sextant.metrics.tally import Tally
from sextant.states.state import StateError
from sextant.studies.stored.codes import clashing
from sextant.studies.stored.folder import Kept, current, layout_in, read
from sextant.studies.stored.layout import Layout, unlike
from sextant.studies.stored.part import Header
from sextant.studies.stored.spans import between, edges_of, is_span, order

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Range:
    """The spans of a period, in order; the files of rows without a time; spans that are not there.

    `asked`: how many spans the period has.
    """

    layout: Layout
    kept: tuple[Kept, ...]
    undated: tuple[Kept, ...]
    missing: tuple[str, ...]
    asked: int


def tally_from_states(
    contract: Contract, folder: Path, period: Period | None, partial: bool = False
) -> tuple[Tally, tuple[Header, ...]]:
    """The tally of a period from states alone, and what each of them has seen.

    Raises StateError where they were counted otherwise than the contract asks, do not hold all it
    asks, are damaged, or where spans of the period are missing, unless `partial` takes the others
    alone, which a note then says.
    """
    found = range_of(contract, folder, period)
    if found.missing and not partial:
        raise StateError(
            f"{len(found.missing):,} of {found.asked:,} {found.layout.by}s have no states in "
            f"{folder}",
            _listed(found.missing),
            "Tally them (a day without rows too), name a shorter period, or say --partial.",
        )
    held = [read(one) for one in (*found.undated, *found.kept)]
    headers = tuple(header for header, _ in held)
    for header in headers:
        if header.counted != found.layout.counted:
            name = header.name or "rows without a time"
            remedy = "Tally those rows again into this folder."
            raise StateError(f"The states of {name} are counted otherwise", folder, remedy)
    if not held:
        remedy = "Tally a source into it first."
        raise StateError("There is no state for the period in", folder, remedy)
    if problem := clashing([header.codes for header in headers]):
        raise StateError("States do not fit together, those in", folder, problem)
    notes = _notes(contract, found, headers)
    tally = merged([one for _, one in held], _reasons(headers), _asked(period), notes)
    if absent := unanswerable(contract, tally):
        raise StateError(f"The states in {folder} do not answer", contract.product, absent[0])
    return tally, headers


def range_of(contract: Contract, folder: Path, period: Period | None) -> Range:
    """Which files a period needs. Raises StateError where they are not the contract's."""
    layout = layout_in(folder)
    if layout is None:
        remedy = "Write them first: sextant tally SOURCE CONTRACT -o FOLDER."
        raise StateError("There are no states in", folder, remedy)
    if problems := unlike(layout, contract):
        remedy = "Tally the rows again with this contract."
        what = " ".join(problems[:4]).rstrip(".")
        raise StateError(f"The states in {folder} count otherwise", what, remedy)
    files = current(folder)
    by = layout.by
    spans = {name: one for name, one in files.items() if not one.undated}
    if strange := [name for name in spans if not is_span(name, by)]:
        remedy = f"Names of states are those of a {by}. Take the file away."
        raise StateError(f"A file in {folder} is no {by}", spans[strange[0]].path.name, remedy)
    names = sorted(spans, key=lambda name: order(name, by))
    first, last = edges_of(period, by)
    start, end = first or (names[0] if names else None), last or (names[-1] if names else None)
    undated = tuple(one for one in files.values() if one.undated)
    if start is None or end is None or order(start, by) > order(end, by):
        return Range(layout, (), undated, (), 0)
    inside = [name for name in names if order(start, by) <= order(name, by) <= order(end, by)]
    wanted = between(start, end, by) or inside
    missing = tuple(name for name in wanted if name not in spans)
    return Range(layout, tuple(spans[one] for one in inside), undated, missing, len(wanted))


def lineage(headers: Sequence[Header]) -> Mapping[str, int]:
    """The sources that states have seen, with their rows; older versions are not among them."""
    found: dict[str, int] = {}
    for header in headers:
        for one in header.seen:
            found[one.source] = found.get(one.source, 0) + one.rows
    return found


def _notes(contract: Contract, found: Range, headers: Sequence[Header]) -> list[str]:
    notes = []
    if found.missing:
        notes.append(
            f"{len(found.missing):,} of {found.asked:,} {found.layout.by}s have no states "
            f"({_listed(found.missing)}): what is said is of the others alone."
        )
    label = contract.data.label
    rows = sum(one.rows for one in headers)
    if not rows:
        notes.append("The states of this period have seen no row.")
        return notes
    named = label is not None and label.positive is not None
    if label and named and not any(NAMED in one.codes.get("y", ()) for one in headers):
        notes.append(
            f"No row has the positive class {label.positive!r}, and every labelled row counts as "
            "negative."
        )
    return notes


def _asked(period: Period | None) -> tuple[str | None, str | None] | None:
    if period is None:
        return None
    return tuple(None if one is None else str(one) for one in (period.start, period.end))  # type: ignore[return-value]


def _reasons(headers: Sequence[Header]) -> list[str]:
    return list(dict.fromkeys(reason for one in headers for reason in one.reasons))


def _listed(names: Sequence[str]) -> str:
    """`2026-03-01 to 2026-03-04, 2026-03-09`, and how many more."""
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
