"""The seal of evidence, whether its states still give its verdict, and the ledgers of its looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sextant.metrics.tally import Tally
from sextant.metrics.tally_codec import load_tally
from sextant.states.state import StateError
from sextant_server.audit.chain import Plain
from sextant_server.audit.models import Entry
from sextant_server.audit.seals import Kind, Sealed, text_digest, told
from sextant_server.evidence.evaluating import CODE, contract_of, judge
from sextant_server.evidence.models import Evidence, Looks
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


Question = tuple[int, str]
"""A product and the digest of what was asked: each has one ledger."""


def _ledgers() -> Iterator[str]:
    """Each ledger must be as the newest evidence of its question left it."""
    rows = Looks.objects.order_by("id").exclude(ledger="")
    held = {(one.product_id, one.digest): text_digest(one.ledger) for one in rows.iterator()}
    logged, unsure = _logged_ledgers()
    for product, digest in dict.fromkeys([*logged, *held]):
        if product in unsure:
            continue
        name = f"the ledger of product:{product} for {digest}"
        if (product, digest) not in held:
            yield f"{name} is missing"
        elif (product, digest) not in logged:
            yield f"{name} stands in no entry of the log"
        elif logged[product, digest] not in (None, held[product, digest]):
            yield f"{name} was changed"


def _logged_ledgers() -> tuple[dict[Question, Plain], set[Plain]]:
    """The digests of the newest ledgers, by question; and the products that lack evidence.

    Of evidence that is gone nobody knows the question; that it is gone is said already.
    """
    rows = Evidence.objects.values_list("pk", "product", "digest")
    questions = {f"evidence:{pk}": (product, digest) for pk, product, digest in rows.iterator()}
    entries = Entry.objects.filter(action="evidence.recorded").order_by("sequence")
    logged: dict[Question, Plain] = {}
    unsure: set[Plain] = set()
    for entry in entries.iterator():
        if entry.subject in questions:
            logged[questions[entry.subject]] = told(entry, "ledger")
        else:
            unsure.add(told(entry, "product"))
    return logged, unsure


KIND = Kind("evidence", "evidence.recorded", _rows, _deep, _ledgers)
