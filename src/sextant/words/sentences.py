"""A result as a sentence for one of three audiences."""

from __future__ import annotations

from typing import Literal

from sextant.contracts.evidence import Evidence, RowResult
from sextant.contracts.model import Contract
from sextant.words.clause import Clause, plain_clause
from sextant.words.compare import compare_clause
from sextant.words.needed import judge_counts, undecided
from sextant.words.nouns import Subject, among, capital, subject
from sextant.words.promise import promised_quantity
from sextant.words.technical import technical

Audience = Literal["executive", "product", "technical"]
AUDIENCES: tuple[Audience, ...] = ("executive", "product", "technical")

KEPT = {
    "met": "the promise is kept",
    "missed": "the promise is not kept",
    "undecided": "it is too early to say whether the promise is kept",
}


def sentence(row: RowResult, record: Evidence | Contract, audience: Audience = "product") -> str:
    """One result in words.

    executive: one short sentence without a technical term. product: a natural frequency, what was
    promised and what would decide it. technical: metric, value, interval, n, method, bound, look.
    A result that cannot be judged says why instead of a number.
    """
    contract = record.contract if isinstance(record, Evidence) else record
    if audience == "technical":
        return technical(row, record)
    found = subject(row.criterion, contract, plain=audience == "executive")
    if not row.estimate.assessable:
        return _not_judged(row, contract, audience)
    said = clause(row, found)
    if audience == "executive":
        why = f": {row.obstacle}" if row.obstacle else ""
        return f"{capital(said.measured)}{said.consequence}; {KEPT[row.verdict]}{why}."
    text = f"{capital(said.measured)}{said.consequence}; {said.bound} was promised."
    if row.verdict == "undecided":
        text = f"{text} {undecided(row, contract)}"
    return text + judge_counts(row)


def clause(row: RowResult, found: Subject) -> Clause:
    """The measured clause of a row, its group in front."""
    if row.criterion.quantity.kind != "metric":
        return compare_clause(found, row.estimate)
    said = plain_clause(found, row.estimate)
    if not row.segment:
        return said
    where = among(row.segment, found.contract)
    return Clause(f"{where}, {said.measured}", said.bound, said.consequence)


def _not_judged(row: RowResult, contract: Contract, audience: Audience) -> str:
    where = f"{among(row.segment, contract)} " if row.segment else ""
    held = promised_quantity(row.criterion, contract, plain=audience == "executive")
    reason = row.reason or "there is no evidence"
    return f"{capital(f'{where}it cannot be said yet whether {held}')}: {reason}."
