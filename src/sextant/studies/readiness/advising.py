"""What to do about the data, from a profile, the rows that a contract needs, and a data sheet."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sextant.contracts.evidence import Verdict
from sextant.stats.needed import rounded
from sextant.studies.enough.result import Enough, Row
from sextant.studies.sheet.making import Sheet

Advice = Literal["stop", "label", "collect", "buy", "synthesise", "say more", "build"]
ORDER: tuple[Advice, ...] = ("stop", "label", "buy", "collect", "synthesise", "say more", "build")
"""What comes first is the answer: rows that may not be used are not worth a label."""
Why = Literal["no row", "rule", "personal", "leak", "labels", "rows", "people", "teach", "expect"]


@dataclass(frozen=True, slots=True)
class Pace:
    """How many rows come a month, and how many months there are; None where nobody has said it."""

    monthly: float | None = None
    months: float | None = None

    def slow(self, rows: int) -> bool:
        """Whether so many rows would not have come in time."""
        if self.monthly is None or self.months is None:
            return False
        return rows > self.monthly * self.months


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that lacks. `about`: its name; `rows`: how many; `says`: the finding's sentence."""

    advice: Advice
    why: Why
    about: str = ""
    rows: int = 0
    says: str = ""
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """The answer with every reason, the first of the first kind leading."""

    sheet: Sheet
    enough: Enough | None
    pace: Pace
    reasons: tuple[Reason, ...]

    @property
    def advice(self) -> Advice:
        return self.reasons[0].advice if self.reasons else "build"

    @property
    def verdict(self) -> Verdict:
        """Met where nothing lacks, undecided where it is not known, else missed."""
        held: dict[Advice, Verdict] = {"build": "met", "say more": "undecided"}
        return held.get(self.advice, "missed")


def ready(sheet: Sheet, enough: Enough | None, pace: Pace) -> Ready:
    """Is the data ready? From evidence alone; what people have to say they say in the sheet.

    *Stop*: there is no row, a rule is broken, personal data have no purpose or no basis of consent,
    or a column may give the label away and nobody has said what it is for. *Label*: rows enough
    are there, and too few of them have a label. *Collect*: rows lack; *buy*, where they would not
    come in time. *Synthesise*: only people lack, whom made rows may teach; they never show that a
    promise is kept. *Say more*: nothing is expected of the model yet.
    """
    found = [*_stops(sheet), *_lacks(enough, pace), *_people(sheet, pace)]
    if enough is not None and enough.told == "cannot be said" and not enough.expected.any:
        found.append(Reason("say more", "expect"))
    if found and all(one.why == "people" for one in found) and _decided(enough):
        found.append(Reason("synthesise", "teach"))
    return Ready(sheet, enough, pace, tuple(sorted(found, key=_first)))


def _first(one: Reason) -> tuple[int, int]:
    return ORDER.index(one.advice), -one.rows


def _decided(enough: Enough | None) -> bool:
    return enough is not None and enough.told == "enough"


def _stops(sheet: Sheet) -> Iterator[Reason]:
    profile = sheet.profile
    if not profile.rows:
        yield Reason("stop", "no row")
    for one in profile.rules:
        if one.verdict == "missed":
            yield Reason("stop", "rule", one.rule.text)
    purposes = {one.name: one.purpose for one in sheet.fields}
    consent = dict(sheet.facts).get("consent", "")
    for found in profile.looked.found if profile.looked else ():
        if found.sure and not (purposes.get(found.column) and consent):
            yield Reason("stop", "personal", found.column, says=found.kind)
    for suspect in profile.suspects:
        if not purposes.get(suspect.column):
            yield Reason("stop", "leak", suspect.column)


def _lacks(enough: Enough | None, pace: Pace) -> Iterator[Reason]:
    for row in enough.rows if enough else ():
        if row.told != "not enough" or row.criterion.role == "secondary":
            continue
        needed = rounded(row.needed) if row.needed is not None else 0
        lacking = max(math.ceil(needed - row.labelled), 1)
        if row.needed is not None and needed <= row.rows:
            yield Reason("label", "labels", row.criterion.text, lacking, row=row)
        else:
            lacking = max(math.ceil(needed - row.rows), 1)
            way: Advice = "buy" if pace.slow(lacking) else "collect"
            yield Reason(way, "rows", row.criterion.text, lacking, row=row)


def _people(sheet: Sheet, pace: Pace) -> Iterator[Reason]:
    people = sheet.profile.represented
    for cut in people.cuts if people else ():
        for group in cut.groups:
            if group.told == "under-represented":
                way: Advice = "buy" if pace.slow(group.lacking) else "collect"
                name = f"{cut.name} {', '.join(group.values)}"
                yield Reason(way, "people", name, group.lacking)
