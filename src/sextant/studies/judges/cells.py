"""The cells of a scan that a study of a judge reads."""

from __future__ import annotations

from sextant.contracts.partition import Partition
from sextant.metrics.requests import Patterns, Request
from sextant.metrics.tally import Cell
from sextant.studies.judges.asked import Asked
from sextant.studies.judges.patterns import held, read_alike


def find(partition: Partition, request: Request) -> Cell | None:
    """What was counted for a request over the whole table."""
    return partition.named((), partition.tally.find((), request)).get(())


def said(asked: Asked, partition: Partition, request: Patterns) -> Cell | None:
    """Rows by what stands in several columns; yes and no are one word each, however written."""
    cell = find(partition, request)
    return read_alike(cell) if cell is not None and asked.kind == "true" else cell


def known_of(asked: Asked, partition: Partition) -> tuple[set[str], dict[tuple[str, ...], float]]:
    """The verdicts that people give, and rows by people's and the judge's."""
    if not asked.compared:
        return set(), {}
    cell = said(asked, partition, asked.both)
    patterns = held(cell.whole) if cell else {}
    known = {key[0] for key in patterns if key[0]}
    for rater in asked.raters:
        other = said(asked, partition, Patterns((rater, asked.judge)))
        known |= {key[0] for key in held(other.whole) if key[0]} if other else set()
    return known, patterns
