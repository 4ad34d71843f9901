"""What a look does not show, in plain words: where it is worst, who was too few, what is unseen.

Every sentence follows from the evidence alone, so the same evidence always says the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from sextant.contracts.evidence import CriterionResult, Evidence, RowResult
from sextant.contracts.model import Contract
from sextant.words.clause import plain_clause
from sextant.words.nouns import among, capital, group_name, is_plural, listed, rows_noun, subject
from sextant.words.numbers import whole

NAMED = 6
"""So many groups are named in one sentence, then their number."""
ONE = 0.005
"""Fewer rows set aside than this share are not worth a sentence of their own."""


def limits(evidence: Evidence) -> list[str]:
    """Sentences on where it is worst, whom it says nothing of, and what it was not tested on."""
    return [*_worst(evidence), *_too_few(evidence), *_folded(evidence), *_unseen(evidence)]


def _worst(evidence: Evidence) -> Iterator[str]:
    """For each promise over groups: the group that may be worst off, by its interval's end."""
    for result in evidence.criteria:
        rows = [row for row in result.rows if row.estimate.assessable and not row.obstacle]
        if result.criterion.scope.kind != "every" or len(rows) < 2:
            continue
        row = min(rows, key=_worse)
        about = subject(row.criterion, evidence.contract)
        where, noun = among(row.segment, evidence.contract), about.reading.noun
        measured = plain_clause(about, row.estimate).measured.removeprefix(f"{noun} is ")
        end = "lowest" if row.criterion.op == ">=" else "highest"
        yield f"{capital(noun)} may be {end} {where}: {measured}, n {_n(row)}."


def _worse(row: RowResult) -> tuple[float, tuple[tuple[str, str], ...]]:
    """The end of the interval on the bad side, the lowest first."""
    bad = row.estimate.low if row.criterion.op == ">=" else -row.estimate.high
    return bad, row.segment


def _too_few(evidence: Evidence) -> Iterator[str]:
    """The groups of each promise of which nothing can be said, with the reason of the first."""
    for result in evidence.criteria:
        silent = _silent(result)
        if not silent:
            continue
        names = listed((group_name(row.segment) for row in silent), most=NAMED)
        noun = subject(result.criterion, evidence.contract).reading.noun
        yield f"Of {names} it says nothing by {noun}: {silent[0].reason or 'no evidence'}."


def _silent(result: CriterionResult) -> list[RowResult]:
    return [
        row for row in result.rows
        if row.segment and (row.obstacle or not row.estimate.assessable)
    ]  # fmt: skip


def _folded(evidence: Evidence) -> Iterator[str]:
    for one in evidence.data.segments:
        if one.folded:
            names = listed(one.folded, most=NAMED)
            are = "were" if len(one.folded) > 1 or is_plural(one.folded[0]) else "was"
            yield (
                f"{capital(names)} {are} too few to be judged alone, and counted together as"
                f" {one.fold}: how each of them fares is not known."
            )


def _unseen(evidence: Evidence) -> Iterator[str]:
    """What the rows do not hold: other times, missing labels, what was set aside, other groups."""
    contract, data = evidence.contract, evidence.data
    if told := _period(*data.period):
        yield f"It was tested on {rows_noun(contract)} {told}, and on no others."
    if data.labelled is not None and data.rows > data.labelled:
        without = data.rows - data.labelled
        yield (
            f"Of {whole(data.rows)} {rows_noun(contract)} {whole(without)} have no label that"
            " counts here: of these nothing is known."
        )
    aside = sum(rows for _, rows in data.set_aside)
    if data.rows and aside >= ONE * data.rows:
        yield f"{whole(aside)} of {whole(data.rows)} {rows_noun(contract)} could not be read."
    yield from _groups(contract)


def _period(start: str | None, end: str | None) -> str:
    if start is None and end is None:
        return ""
    if start == end:
        return f"of {start}"
    return f"from {start or 'the beginning'} to {end or 'the end'}"


def _groups(contract: Contract) -> Iterator[str]:
    declared = [one.name for one in contract.data.segments]
    judged = {
        name for one in contract.criteria for each in one.scope.groupings for name in each
    }  # fmt: skip
    if not declared:
        yield "It was judged for all together: whom it serves worse than others is not known."
    elif left := [name for name in declared if name not in judged]:
        yield f"No promise speaks of {listed(left)}, though the data tell them apart."


def _n(row: RowResult) -> str:
    return whole(round(row.estimate.n))
