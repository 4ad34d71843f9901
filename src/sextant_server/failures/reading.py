"""What a failure mode says now: its band, read off the record of one evidence.

A pure function of the mode and the record's criteria; nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sextant.stats.bands import Band, Bands
from sextant.words.bands import banded, bounds, cases_more, in_a_word, rows_more, unit_of
from sextant.words.nouns import capital, group_name
from sextant_server.evidence.models import Evidence
from sextant_server.failures.models import FailureMode

Criteria = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Watched:
    """The number that a mode can be watched by, as the record has it; `row` holds its figures."""

    text: str
    group: tuple[tuple[str, str], ...]
    metric: str
    row: Mapping[str, Any]

    @property
    def key(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """What names this number: a database may give the group in another order."""
        return self.text, tuple(sorted(self.group))

    @property
    def name(self) -> str:
        """`recall >= 0.8 in every sex: women`."""
        return f"{self.text}: {group_name(self.group)}" if self.group else self.text


@dataclass(frozen=True, slots=True)
class Sight:
    """A mode as it stands: the bands that are possible, the best first; none: not known."""

    mode: FailureMode
    possible: tuple[Band, ...]
    says: str
    figures: str = ""
    bands: Bands | None = None
    row: Mapping[str, Any] | None = None

    @property
    def band(self) -> Band | None:
        """The band that it is in; None while more than one is possible, or none is known."""
        return self.possible[0] if len(self.possible) == 1 else None

    @property
    def word(self) -> str:
        """`red`, `green or amber`, `not known`."""
        return in_a_word(self.possible)

    @property
    def lacks(self) -> tuple[str, ...]:
        """What has to be written down before it is known what happens then."""
        return tuple(_lacks(self.mode))


def watchable(criteria: Criteria) -> list[Watched]:
    """Every number of a record that a mode can be watched by: one of each criterion and group."""
    found = []
    for one in criteria:
        for row in one["rows"] or [one["top"]]:
            group = tuple((str(name), str(value)) for name, value in row["segment"].items())
            found.append(Watched(one["text"], group, one["metric"], row))
    return found


def sight(mode: FailureMode, evidence: Evidence | None, criteria: Criteria, today: date) -> Sight:
    """What a mode says under an evidence whose record has these criteria; None: there is none."""
    if not mode.criterion or mode.red is None:
        return Sight(mode, (), "Not known: no number watches it.")
    if evidence is None:
        return Sight(mode, (), "Not known: no evidence decides under a locked contract.")
    number = evidence.number
    if evidence.expires_on is not None and evidence.expires_on < today:
        gone = f"{evidence.expires_on.day} {evidence.expires_on:%b %Y}"
        return Sight(mode, (), f"Not known: evidence {number} expired on {gone}.")
    found = find(criteria, mode.criterion, mode.group)
    if found is None:
        return Sight(mode, (), f"Not known: evidence {number} says nothing of {named(mode)}.")
    return _banded(mode, found, number)


def find(criteria: Criteria, text: str, group: Sequence[Sequence[str]]) -> Watched | None:
    """The number of a criterion in one of its groups; None where the record has none."""
    wanted = text, tuple(sorted((name, value) for name, value in group))
    return next((one for one in watchable(criteria) if one.key == wanted), None)


def named(mode: FailureMode) -> str:
    """What watches a mode, as text."""
    group = group_name(tuple((name, value) for name, value in mode.group)) if mode.group else ""
    return f"{mode.criterion}: {group}" if group else mode.criterion


def _banded(mode: FailureMode, found: Watched, number: int) -> Sight:
    row = found.row
    green = row["limit"] if mode.green is None else mode.green
    try:
        bands = Bands(row["op"], green, mode.red or 0.0)
    except ValueError as error:
        return Sight(mode, (), f"Not known: {error} Change the bounds.", row=row)
    unit = unit_of(found.metric, row["between"] is not None)
    told = capital(f"{bounds(bands, unit)}.")
    if row["low"] is None or row["high"] is None or row["estimate"] is None:
        why = row["reason"] or "its interval has no end"
        return Sight(mode, (), f"Not known: {why} (evidence {number}).", told, bands, row)
    possible = bands.possible(row["low"], row["high"])
    says = banded(possible, _more(bands, row))
    figures = f"{row['value']} ({row['interval'].replace(' – ', ' to ')}), n {row['n']}"
    return Sight(mode, possible, says, f"{figures}, evidence {number}. {told}", bands, row)


def _more(bands: Bands, row: Mapping[str, Any]) -> str:
    """How much would decide: as the record forecasts it of the promise, else by the interval.

    The record's number is exact for its own bound, so it serves where that is the nearest inside.
    """
    inside = [one for one in (bands.green, bands.red) if row["low"] <= one <= row["high"]]
    nearest = min(inside, key=lambda bound: abs(bound - row["estimate"]), default=None)
    if row["needed"] and nearest == row["limit"]:
        return rows_more(int(row["needed"]))
    more = bands.more_to_decide(row["estimate"], row["low"], row["high"], row["count"] or 0)
    return cases_more(more) if more else ""


def _lacks(mode: FailureMode) -> Iterator[str]:
    if not mode.criterion or mode.red is None:
        yield "a number that watches it"
    for band, response, owner in (
        ("amber", mode.amber_response, mode.amber_owner),
        ("red", mode.red_response, mode.red_owner),
    ):
        if not response:
            yield f"a response for {band}"
        if owner is None or not owner.is_active:
            yield f"somebody who sees to it in {band}"
