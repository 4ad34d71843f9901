"""The seal of a decision, and whether each product stands where its decisions have moved it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sextant_server.audit.models import Entry
from sextant_server.audit.seals import Kind, Sealed, told
from sextant_server.gates.models import Decision
from sextant_server.products.models import STAGES, Product, StageMove


def _rows() -> Iterable[Decision]:
    rows = Decision.objects.exclude(seal="").select_related("gate", "evidence")
    return rows.prefetch_related("conditions", "gate__opinions").iterator(chunk_size=100)


def _deep(record: Sealed) -> Iterable[str]:
    """The evidence must still be the one that it was decided on."""
    assert isinstance(record, Decision)
    if record.evidence is not None and record.evidence.seal != record.evidence_seal:
        yield "its evidence is not the one that it was decided on"


def _stages() -> Iterator[str]:
    """Each product stands where its last move led, and that move is the last in the log."""
    moves = dict(StageMove.objects.order_by("id").values_list("product", "stage"))
    logged = _logged_moves()
    for product in Product.objects.order_by("id").only("stage").iterator():
        moved = moves.get(product.pk, str(STAGES[0]))
        if product.stage != moved:
            yield f"{product.subject} stands at {product.stage}, its last move led to {moved}"
        if moved != logged.get(product.subject, str(STAGES[0])):
            yield f"{product.subject}: its last move, to {moved}, is not the last in the log"


def _logged_moves() -> dict[str, object]:
    entries = Entry.objects.filter(action="product.moved").order_by("sequence")
    return {entry.subject: told(entry, "stage") for entry in entries.iterator()}


KIND = Kind("decisions", "decision.taken", _rows, _deep, _stages)
