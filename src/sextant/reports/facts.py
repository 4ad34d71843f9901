"""What a verdict rests on and what would decide the open ones, as lines for any report."""

from __future__ import annotations

from dataclasses import dataclass

from sextant.contracts.evidence import DataFacts, Evidence, RowResult
from sextant.reports.text import short
from sextant.words.needed import decides
from sextant.words.nouns import group_name
from sextant.words.numbers import whole


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and what it is; `code` marks a digest or another text that is no prose."""

    term: str
    text: str
    code: str = ""


def basis(evidence: Evidence) -> list[Fact]:
    """Contract, data, what was set aside, look, code: what anyone needs to check it again."""
    contract, data = evidence.contract, evidence.data
    facts = [
        Fact("Contract", _locked(evidence), short(evidence.digest)),
        Fact("Data", f"{whole(data.rows)} rows of {data.source}{_period(data)}"),
        Fact("Labelled", labelled(data)),
        Fact("Set aside", set_aside(data)),
        Fact("Snapshot", "", short(data.snapshot)),
        Fact("Look", look(evidence)),
    ]
    optional = [
        ("Model", contract.model),
        ("Checked on", evidence.checked_on),
        ("Valid for", contract.valid_for),
        ("Code", evidence.code),
    ]
    return facts + [Fact(term, text) for term, text in optional if text]


def segments(evidence: Evidence) -> list[Fact]:
    """The rows of each value of each segment, and what was folded together."""
    facts = []
    for coverage in evidence.data.segments:
        shown = [f"{value}: {whole(rows)}" for value, rows in coverage.rows[:12]]
        more = len(coverage.rows) - 12
        text = ", ".join(shown) + (f" and {more:,} more values" if more > 0 else "")
        if coverage.folded:
            folded = ", ".join(coverage.folded[:12])
            rest = len(coverage.folded) - 12
            folded += f" and {rest:,} more" if rest > 0 else ""
            text += f"; counted as {coverage.fold}: {folded}"
        facts.append(Fact(coverage.name, text))
    return facts


def open_questions(evidence: Evidence) -> list[tuple[RowResult, str]]:
    """The undecided rows that have an answer, or a reason for none, with it."""
    found = []
    for row in evidence.results:
        if row.verdict != "undecided":
            continue
        what = row.obstacle or decides(row, evidence.contract)
        if what:
            found.append((row, f"{what}."))
    return found


def row_title(row: RowResult) -> str:
    """A row's name beside its criterion: `recall >= 0.75 in every race: White`."""
    group = f": {group_name(row.segment)}" if row.segment else ""
    return f"{row.criterion.text}{group}"


def labelled(data: DataFacts) -> str:
    """How many rows carry a label, and what share that is."""
    if data.labelled is None:
        return "no criterion needs labels"
    if not data.rows:
        return "0 rows"
    return f"{whole(data.labelled)} of {whole(data.rows)} rows"


def set_aside(data: DataFacts) -> str:
    """Rows that could not be used, by reason."""
    if not data.set_aside:
        return "no row"
    total = sum(rows for _, rows in data.set_aside)
    reasons = ", ".join(f"{reason} {whole(rows)}" for reason, rows in data.set_aside)
    return f"{whole(total)} row{'' if total == 1 else 's'}: {reasons}"


def look(evidence: Evidence) -> str:
    """Which look at this question it is, and of how many."""
    looks = evidence.contract.looks
    if looks == "continuous":
        return f"number {evidence.look}; the intervals hold at every look"
    if isinstance(looks, int):
        return f"number {evidence.look} of {looks} locked ones, which share the error"
    if evidence.look == 1:
        return "the first at this question, exact intervals"
    return f"number {evidence.look} at this question, always-valid intervals"


def _locked(evidence: Evidence) -> str:
    locked = evidence.contract.locked
    if not locked:
        return "draft, not locked"
    return "locked" if locked == evidence.digest else "edited since it was locked"


def _period(data: DataFacts) -> str:
    start, end = data.period
    if start is None and end is None:
        return ""
    if start == end:
        return f", {start}"
    return f", {start or 'the beginning'} to {end or 'the end'}"
