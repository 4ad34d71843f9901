"""From a run's text and states to what its evidence will say; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sextant import __version__
from sextant.contracts.assess import assess
from sextant.contracts.evidence import Evidence as Look
from sextant.contracts.file.moments import as_moment
from sextant.contracts.file.reading import contract_from_text
from sextant.contracts.ledger import Ledger, ledger_text
from sextant.contracts.looking import noted, take_look
from sextant.contracts.model import Contract, Moment, Period
from sextant.engines.scan import tally as scan
from sextant.engines.source import Source
from sextant.metrics.tally import Tally
from sextant.reports.record import record_of
from sextant_server.evidence.models import Run

CODE = f"sextant {__version__}"
_read = lru_cache(maxsize=64)(contract_from_text)
"""A text is read once: what it gives never changes, and pages ask for it again and again."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A look as it would be recorded on a ledger that stands as it stood when it was taken."""

    look: Look
    record: dict[str, Any]
    ledger: str


def contract_of(run: Run) -> Contract:
    """The contract of a run: its text as it was, with the run's model and period."""
    contract = _read(run.text)
    if run.contract.locked_at:
        contract = replace(contract, locked=run.contract.digest)
    if run.model:
        contract = replace(contract, model=run.model)
    if run.start or run.end:
        old = contract.data.period or Period()
        start = _moment(run.start) if run.start else old.start
        end = _moment(run.end) if run.end else old.end
        contract = replace(contract, data=replace(contract.data, period=Period(start, end)))
    return contract


def _moment(text: str) -> Moment:
    found = as_moment(text)
    if found is None:
        raise ValueError(f"'{text}' is no time. Write a year, a month, a day or a moment.")
    return found


def measure(contract: Contract, source: Source, progress: Callable[[float], None]) -> Tally:
    """Scan the source once. Raises SourceError, or Cancelled where `progress` does."""
    return scan(contract, source, progress)


def judge(contract: Contract, tally: Tally, ledger: Ledger, source: str, today: date) -> Judged:
    """Judge states at the look that they are on this ledger."""
    number = take_look(ledger, contract, tally)
    look = assess(contract, tally, number, source, today, CODE)
    after = noted(ledger, contract, tally, number, look, today)
    return Judged(look, record_of(look, tally), ledger_text(after))
