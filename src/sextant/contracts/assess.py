"""From a contract and a tally to the evidence of one look, wherever the tally comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sextant.contracts.evidence import DataFacts, Evidence
from sextant.contracts.grammar import band_labels
from sextant.contracts.judge import judge, overall
from sextant.contracts.looks import Look
from sextant.contracts.model import Contract, Criterion
from sextant.contracts.normal_form import digest
from sextant.contracts.partition import Partition
from sextant.contracts.requests import request_of
from sextant.metrics.catalogue import CATALOGUE
from sextant.metrics.requests import Copies, Ranking
from sextant.metrics.tally import Grouping, Tally, covers

REMEDY = "Compute the states again with this contract."


def assess(
    contract: Contract, tally: Tally, look: Look, source: str, today: date, code: str
) -> Evidence:
    """Every criterion judged at this look, with what the scan saw.

    `source` names the data, `code` the version of the program. The tally must hold what the
    contract asks: a scan for this contract does, for others `unanswerable` tells.
    """
    criteria = judge(contract, tally, replace(look, today=today))
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
    """What the contract asks and the tally does not hold, as sentences; empty where it can answer.

    For states that come from elsewhere. It finds what is absent, not what was counted otherwise:
    a positive class or a column under a known name leaves no trace in states, so compare the
    digest of the contract they were computed for too.
    """
    return list(
        dict.fromkeys(
            [
                *_labels_absent(contract, tally),
                *_segments_absent(contract, tally),
                *_foreign_bands(contract, tally),
                *(one for criterion in contract.criteria for one in _absent(criterion, tally)),
                *_units_absent(contract, tally),
            ]
        )
    )


def _labels_absent(contract: Contract, tally: Tally) -> Iterator[str]:
    needs = [one for one in contract.criteria if CATALOGUE[one.quantity.call.metric].labelled]
    if contract.data.label and needs and tally.labelled is None:
        yield f"The states were computed without a label, and '{needs[0].text}' needs one. {REMEDY}"


def _segments_absent(contract: Contract, tally: Tally) -> Iterator[str]:
    for segment in contract.data.segments:
        if (segment.name,) not in tally.counts:
            yield f"The states do not count the rows by {segment.name}. {REMEDY}"


def _foreign_bands(contract: Contract, tally: Tally) -> Iterator[str]:
    for segment in contract.data.segments:
        held = {values[0] for values in tally.counts.get((segment.name,), {})} - {""}
        foreign = sorted(held - set(band_labels(segment.bands))) if segment.bands else []
        if foreign:
            yield (
                f"The states hold {segment.name} = '{foreign[0]}', which is no band of the "
                f"contract. {REMEDY}"
            )


def _absent(criterion: Criterion, tally: Tally) -> Iterator[str]:
    request = request_of(criterion)
    for grouping in criterion.scope.groupings or ((),):
        held = tally.cells.get(grouping, {})
        if not any(covers(wide, request) for wide in held):
            yield f"The states{_by(grouping)} do not answer '{criterion.text}'. {REMEDY}"


def _units_absent(contract: Contract, tally: Tally) -> Iterator[str]:
    """Rows that depend on each other must not be judged as if they did not."""
    if contract.data.unit is None:
        return
    requests = {request for held in tally.cells.values() for request in held}
    counted = {
        one
        for one in requests
        if isinstance(one, Copies) or (isinstance(one, Ranking) and one.kind == "coverage")
    }
    cells = (
        cell
        for held in tally.cells.values()
        for request, of in held.items()
        if request not in counted
        for cell in of.values()
    )
    if any(cell.by_unit is None for cell in cells):
        yield (
            f"The states were not kept by unit, and rows of one {contract.data.unit} depend on "
            f"each other. {REMEDY}"
        )


def _by(grouping: Grouping) -> str:
    return f" by {' x '.join(grouping)}" if grouping else ""
