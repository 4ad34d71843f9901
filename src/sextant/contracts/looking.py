"""Taking a look and noting it, wherever the ledger is kept."""

from __future__ import annotations

from datetime import date

from sextant.contracts.evidence import Evidence
from sextant.contracts.ledger import Ledger, Seen
from sextant.contracts.looks import Look, row_key
from sextant.contracts.model import Contract
from sextant.contracts.normal_form import digest
from sextant.contracts.partition import Partition
from sextant.metrics.tally import Tally


def take_look(ledger: Ledger, contract: Contract, tally: Tally) -> Look:
    """Which look at the contract's question these data are, by what the ledger holds."""
    snapshot = tally.snapshot.hex
    return ledger.find(digest(contract), contract.model, snapshot, tally.sample, contract.looks)


def noted(
    ledger: Ledger, contract: Contract, tally: Tally, look: Look, evidence: Evidence, today: date
) -> Ledger:
    """The ledger with this look and its evidence; the same object where nothing is new."""
    seen = Seen(look.number, tally.snapshot.hex, tally.rows, tally.sample, today.isoformat())
    sizes = {
        row_key(one.criterion, segment): n for one in evidence.criteria for segment, n in one.sizes
    }
    folds = Partition(contract, tally, look.folds).folds()
    return ledger.record(digest(contract), contract.model, look, seen, sizes, folds)
