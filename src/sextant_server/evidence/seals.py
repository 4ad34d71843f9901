"""The seal of evidence, and whether its states still give the verdict that it states."""

from __future__ import annotations

from collections.abc import Iterable

from sextant.metrics.tally import Tally
from sextant.metrics.tally_codec import load_tally
from sextant.states.state import StateError
from sextant_server.audit.seals import Kind, Sealed
from sextant_server.evidence.evaluating import CODE, contract_of, judge
from sextant_server.evidence.models import Evidence
from sextant_server.evidence.queries import ledger_of


def _rows() -> Iterable[Evidence]:
    return Evidence.objects.select_related("product", "contract", "run__contract").iterator(
        chunk_size=20
    )


def _deep(record: Sealed) -> Iterable[str]:
    """The states must still hold the rows that the record speaks of."""
    assert isinstance(record, Evidence)
    try:
        tally = load_tally(bytes(record.states))
    except StateError as error:
        if record.code == CODE:
            yield f"its states cannot be read ({error})"
        return
    if tally.snapshot.hex != record.snapshot or tally.rows != record.record["data"]["rows"]:
        yield "its states are those of other rows"
    if record.record["verdict"] != record.verdict:
        yield "its record states another verdict"
    if record.code == CODE and _judged_again(record, tally) != record.verdict:
        yield "its states give another verdict"


def _judged_again(record: Evidence, tally: Tally) -> str:
    """The verdict of the states at the look that the ledger has noted for them."""
    ledger, _ = ledger_of(record.product, record.digest)
    day = record.recorded_at.date()
    return judge(contract_of(record.run), tally, ledger, "", day).look.verdict


KIND = Kind("evidence", "evidence.recorded", _rows, _deep)
