"""What would decide an undecided result."""

from __future__ import annotations

from sextant.contracts.evidence import RowResult
from sextant.contracts.model import Contract
from sextant.contracts.questions import rests_on_labels
from sextant.words.nouns import rows_noun
from sextant.words.numbers import about, whole


def undecided(row: RowResult, contract: Contract) -> str:
    """`Not enough evidence in 411 cases: about 390 more labelled rows would decide it, …`."""
    if row.obstacle:
        return f"It cannot be judged: {row.obstacle}."
    cases = f"{whole(round(row.estimate.n))} case{'' if round(row.estimate.n) == 1 else 's'}"
    if what := decides(row, contract):
        return f"Not enough evidence in {cases}: {what}."
    return f"Not enough evidence in {cases}."


def decides(row: RowResult, contract: Contract) -> str:
    """`about 390 more labelled rows would decide it, probably as met`, or why no number can."""
    needed = row.needed
    if needed is None:
        return row.reason
    if needed.rows is None:
        return needed.why
    more = f"about {about(needed.rows)} more {labelled_rows(row, contract)} would decide it"
    return f"{more}, probably as {needed.towards}" if needed.towards else more


def judge_counts(row: RowResult) -> str:
    """` With the judge 250 labelled rows count as 640.`; nothing where no judge was asked."""
    worth, n = row.estimate.worth, row.estimate.n
    if worth is None:
        return ""
    if round(worth) <= round(n):
        return f" The judge adds nothing here: the {whole(round(n))} labelled rows decide alone."
    return f" With the judge {whole(round(n))} labelled rows count as {whole(round(worth))}."


def labelled_rows(row: RowResult, contract: Contract) -> str:
    """The noun for what is needed: `labelled rows`, `labelled applicants of this group`.

    Where rows of one unit are dependent, more rows of units that are there already tell little.
    """
    labelled = "labelled " if rests_on_labels(row.criterion) else ""
    group = " of this group" if row.segment else ""
    units = f", with new values of {contract.data.unit}," if contract.data.unit else ""
    return f"{labelled}{rows_noun(contract)}{group}{units}"
