"""A comparison from the rows: one scan, one look, every question answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from sextant.contracts.evidence import DataFacts
from sextant.contracts.judge import overall
from sextant.contracts.ledger import Ledger, Seen
from sextant.contracts.ledger_file import held, ledger_path, read_ledger, write_ledger
from sextant.contracts.looks import Look, row_key
from sextant.contracts.partition import Partition
from sextant.engines.joined import Overlap
from sextant.engines.plan import plan_of
from sextant.engines.scan import tally as scan
from sextant.engines.source import Source
from sextant.metrics.tally import Tally
from sextant.studies.comparison.asked import Asked
from sextant.studies.comparison.changes import changes
from sextant.studies.comparison.questions import answer, change_request, requests_of
from sextant.studies.comparison.result import Comparison

Progress = Callable[[float], None]


def scanned(
    asked: Asked, source: Source, overlap: Overlap | None = None, progress: Progress | None = None
) -> Tally:
    """Every state that the questions need, from one scan; rows of one table only are counted.

    Raises `SourceError` where the data cannot answer, `Cancelled` on interrupt.
    """
    found = scan(asked.contract, source, progress, plan_of(asked.contract, requests_of(asked)))
    if asked.versions.truth:
        whole = found.find((), change_request(asked)).get(())
        found = replace(found, labelled=int(whole.whole.total) if whole else 0)
    if overlap is None:
        return found
    apart = overlap.apart()
    return replace(
        found,
        rows=found.rows + sum(n for _, n in apart),
        set_aside=(*apart, *found.set_aside),
    )


def compared(
    asked: Asked, tally: Tally, look: Look, source: str, today: date, code: str = ""
) -> Comparison:
    """Every question judged at this look, wherever the states come from."""
    partition = Partition(asked.contract, tally, look.folds)
    answers = tuple(answer(one, asked, partition, look) for one in asked.contract.criteria)
    first = asked.contract.criteria[0]
    facts = DataFacts(
        source=source,
        rows=tally.rows,
        labelled=tally.labelled,
        snapshot=tally.snapshot.hex,
        period=tally.period,
        set_aside=tally.set_aside,
        segments=partition.coverage(),
    )
    return Comparison(
        asked=asked,
        digest=asked.digest(),
        look=look.number,
        data=facts,
        verdict=overall([one.result for one in answers]),
        answers=answers,
        changes=changes(asked, partition, look.level(first, ())),
        code=code,
        compared_on=today.isoformat(),
        notes=tally.notes,
    )


def noted(
    asked: Asked, tally: Tally, ledger: Ledger, source: str, today: date, code: str = ""
) -> tuple[Comparison, Ledger]:
    """As `compared`, at the look that these data are by the ledger; and the ledger with it.

    The question is one of two versions: looks at a contract's own promises do not count here.
    """
    model, looks, snapshot = asked.contract.model, asked.contract.looks, tally.snapshot.hex
    look = ledger.find(asked.digest(), model, snapshot, tally.sample, looks)
    found = compared(asked, tally, look, source, today, code)
    seen = Seen(look.number, snapshot, tally.rows, tally.sample, today.isoformat())
    results = [one.result for one in found.answers]
    sizes = {row_key(one.criterion, at): n for one in results for at, n in one.sizes}
    folds = Partition(asked.contract, tally, look.folds).folds()
    after = ledger.record(asked.digest(), model, look, seen, sizes, folds)
    return replace(found, counted=True), after


def counted(
    asked: Asked, tally: Tally, contract: Path, source: str, today: date, code: str = ""
) -> Comparison:
    """As `noted`, with the ledger that lies beside the contract.

    Raises `LedgerError` where the ledger cannot be read or written.
    """
    path = ledger_path(contract)
    with held(path):
        ledger = read_ledger(path)
        found, after = noted(asked, tally, ledger, source, today, code)
        if after is not ledger:
            write_ledger(path, after)
    return found
