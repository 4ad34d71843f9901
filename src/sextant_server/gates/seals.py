"""The seal of a decision: what was decided, by whom, on what, under which conditions."""

from __future__ import annotations

from collections.abc import Iterable

from sextant_server.audit.seals import Kind, Sealed
from sextant_server.gates.models import Decision


def _rows() -> Iterable[Decision]:
    rows = Decision.objects.exclude(seal="").select_related("gate", "evidence")
    return rows.prefetch_related("conditions").iterator(chunk_size=100)


def _deep(record: Sealed) -> Iterable[str]:
    """The evidence must still be the one that it was decided on."""
    assert isinstance(record, Decision)
    if record.evidence is not None and record.evidence.seal != record.evidence_seal:
        yield "its evidence is not the one that it was decided on"


KIND = Kind("decisions", "decision.taken", _rows, _deep)
