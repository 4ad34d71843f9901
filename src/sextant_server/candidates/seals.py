"""The seal of a champion's choice, and whether the studies that it rests on are still those."""

from __future__ import annotations

from collections.abc import Iterable

from sextant_server.audit.seals import Kind, Sealed
from sextant_server.candidates.models import Choice, Tradeoff


def _rows() -> Iterable[Choice]:
    rows = Choice.objects.exclude(seal="").select_related("candidate", "before", "study", "floor")
    return rows.iterator(chunk_size=50)


def _deep(record: Sealed) -> Iterable[str]:
    """A choice against the verdict took a second person, or says that there was none."""
    assert isinstance(record, Choice)
    if record.against and not (record.alone or record.seconded_by_id):
        yield "it goes against the verdict and nobody has seconded it"
    if record.seconded_by_id == record.decided_by_id:
        yield "it was seconded by the one who chose it"


def _tradeoffs() -> Iterable[Tradeoff]:
    return Tradeoff.objects.exclude(seal="").iterator(chunk_size=50)


def _two_sides(record: Sealed) -> Iterable[str]:
    """Both sides have agreed, two people unless the team is declared to be one."""
    assert isinstance(record, Tradeoff)
    if not (record.business_by_id and record.technical_by_id):
        yield "a side has not agreed"


TRADEOFF = Kind("tradeoff", "tradeoff.agreed", _tradeoffs, _two_sides)
KIND = Kind("choice", "champion.chosen", _rows, _deep)
