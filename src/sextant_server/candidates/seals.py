"""The seal of a champion's choice, and whether the studies that it rests on are still those."""

from __future__ import annotations

from collections.abc import Iterable

from sextant_server.audit.seals import Kind, Sealed
from sextant_server.candidates.models import Choice


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


KIND = Kind("choice", "champion.chosen", _rows, _deep)
