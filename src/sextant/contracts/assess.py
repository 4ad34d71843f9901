"""From states to evidence: a contract judged on a tally, wherever the tally came from."""

from __future__ import annotations

from datetime import date

from sextant.contracts.evidence import DataFacts, Evidence
from sextant.contracts.judge import judge, overall
from sextant.contracts.looks import Look
from sextant.contracts.model import Contract
from sextant.contracts.normal_form import digest
from sextant.contracts.partition import Partition
from sextant.contracts.requests import request_of
from sextant.metrics.tally import Tally, covers


def assess(
    contract: Contract, tally: Tally, look: Look, source: str, today: date, code: str
) -> Evidence:
    """The evidence of one look: every criterion with its verdict, and the facts about the data.

    A pure function: the same contract, states and look give the same evidence, on any machine.
    """
    criteria = judge(contract, tally, look)
    facts = DataFacts(
        source=source,
        rows=tally.rows,
        labelled=tally.labelled,
        snapshot=tally.snapshot.hex,
        period=tally.period,
        set_aside=tally.set_aside,
        segments=Partition(contract, tally, look.folds).coverage(),
    )
    return Evidence(
        contract=contract,
        digest=digest(contract),
        look=look.number,
        data=facts,
        verdict=overall(criteria),
        criteria=criteria,
        code=code,
        checked_on=today.isoformat(),
        notes=tally.notes,
    )


def unanswerable(contract: Contract, tally: Tally) -> list[str]:
    """What a contract asks and states from elsewhere do not hold, as sentences with the remedy."""
    remedy = "Tally the data again with this contract."
    problems = [
        f"The states hold no rows of segment '{segment.name}'. {remedy}"
        for segment in contract.data.segments
        if (segment.name,) not in tally.counts
    ]
    for criterion in contract.criteria:
        request = request_of(criterion)
        for grouping in criterion.scope.groupings or ((),):
            held = tally.cells.get(grouping, {})
            if not any(covers(wide, request) for wide in held):
                of = f" by {' x '.join(grouping)}" if grouping else ""
                problems.append(f"The states do not answer '{criterion.text}'{of}. {remedy}")
    return list(dict.fromkeys(problems))
