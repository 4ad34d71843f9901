"""The answer to a comparison as one sentence."""

from __future__ import annotations

from sextant.studies.comparison.result import Answer, Comparison
from sextant.words.compare import compare_clause
from sextant.words.comparison.answers import is_margin, told
from sextant.words.comparison.subjects import named, subject
from sextant.words.nouns import among, listed
from sextant.words.numbers import about as roughly
from sextant.words.numbers import word


def headline(comparison: Comparison) -> str:
    """`new is better than old: of 100 predictions about 4 fewer are wrong (2 to 6).`

    What informs is named where it went the other way.
    """
    names = comparison.asked.names
    deciding = [one for one in comparison.answers if one.result.criterion.role != "secondary"]
    first = deciding[0]
    match comparison.told:
        case "better":
            start = f"{names.b} is better than {names.a}"
        case "not worse":
            start = f"{names.b} is not worse than {names.a} by more than is allowed"
        case "not better":
            start = f"{names.b} is not better than {names.a} by as much as was asked"
        case "worse":
            start = f"{names.b} is worse than {names.a}"
            if all(is_margin(one.result.criterion) for one in _of(deciding, "missed")):
                start += " by more than is allowed"
        case _:
            return _undecided(comparison, deciding)
    shown = next(iter(_of(deciding, comparison.verdict)), first)
    return f"{start}: {_measured(shown, comparison)}{_but(comparison)}."


def _of(answers: list[Answer], verdict: str) -> list[Answer]:
    return [one for one in answers if one.result.verdict == verdict]


def _measured(answer: Answer, comparison: Comparison) -> str:
    """The number of a question; of many groups the one that decided."""
    rows = [one for one in answer.rows if one.row.verdict == answer.result.verdict] or answer.rows
    if len(answer.rows) > 1:
        count = len(rows)
        noun = subject(answer.result.criterion, comparison).reading.noun
        if count == 1:
            return f"by {noun} {among(rows[0].row.segment, comparison.asked.contract)}"
        places = "every group" if count == len(answer.rows) else f"{word(count)} groups"
        return f"by {noun} in {places}"
    row = rows[0].row
    if row.estimate.value is None or not row.estimate.assessable:
        return row.reason
    return compare_clause(
        subject(row.criterion, comparison), named(row.estimate, comparison)
    ).measured


def _but(comparison: Comparison) -> str:
    """Questions that inform and that B does worse by, where the answer is for B."""
    if comparison.verdict != "met":
        return ""
    put = {
        one.result.criterion.quantity.call.metric
        for one in comparison.answers
        if one.result.criterion.role != "secondary"
    }
    lost = [
        subject(one.result.criterion, comparison).reading.noun
        for one in comparison.answers
        if one.result.criterion.role == "secondary"
        and not one.informs
        and one.result.criterion.quantity.call.metric not in put
        and any(told(each.row) == "worse" for each in one.rows)
    ]
    nouns = list(dict.fromkeys(lost))
    return f"; but worse by {listed(nouns, most=3)}" if nouns else ""


def _undecided(comparison: Comparison, deciding: list[Answer]) -> str:
    names = comparison.asked.names
    waiting = [one for one in deciding if one.result.verdict == "undecided"]
    margins = all(is_margin(one.result.criterion) for one in waiting)
    what = f"{names.b} is {'no worse' if margins else 'better'} than {names.a}"
    rows = [one.row for answer in waiting for one in answer.rows if one.row.verdict == "undecided"]
    obstacles = {row.obstacle or row.estimate.reason for row in rows}
    obstacles.discard("")
    if len(obstacles) == 1 and all(row.obstacle or not row.estimate.assessable for row in rows):
        return f"Not yet decided whether {what}: {obstacles.pop()}."
    needs = [row.needed.rows for row in rows if row.needed]
    known = [n for n in needs if n is not None]
    if not known or len(known) < len(needs):
        return f"Not yet decided whether {what}: these data cannot tell."
    noun = "labelled rows" if rows[0].labelled else "rows"
    groups = " in the group that needs most" if len(rows) > 1 else ""
    more = f"about {roughly(max(known))} more {noun}{groups}"
    return f"Not yet decided whether {what}: {more} would tell."
