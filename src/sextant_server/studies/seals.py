"""The seal of studies, whether a record states its verdict, and the ledgers of their looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sextant_server.audit.models import Entry
from sextant_server.audit.seals import Kind, Sealed, text_digest, told
from sextant_server.studies.kinds import figure_of, kind_named
from sextant_server.studies.models import Study, StudyLooks, question_of


def _rows() -> Iterable[Study]:
    return Study.objects.select_related("version", "other").iterator(chunk_size=20)


def _deep(record: Sealed) -> Iterable[str]:
    """The record must state the verdict that lists show."""
    assert isinstance(record, Study)
    kind = kind_named(record.kind)
    if kind is None:
        yield f"its kind '{record.kind}' is unknown here"
    elif record.verdict and kind.check(record.record) != record.verdict:
        yield "its record states another verdict"
    elif record.figure is not None and figure_of(record) != record.figure:
        yield "its record states another number"
    elif record.question and question_of(record) != record.question:
        yield "it answers another question"


def _ledgers() -> Iterator[str]:
    """Each ledger must be as the newest study of its question left it."""
    rows = StudyLooks.objects.order_by("id").exclude(ledger="")
    held = {(one.product_id, one.digest): text_digest(one.ledger) for one in rows.iterator()}
    logged = _logged()
    for product, digest in dict.fromkeys([*logged, *held]):
        name = f"the ledger of product:{product} for studies of {digest}"
        if (product, digest) not in held:
            yield f"{name} is missing"
        elif (product, digest) not in logged:
            yield f"{name} stands in no entry of the log"
        elif logged[product, digest] != held[product, digest]:
            yield f"{name} was changed"


def _logged() -> dict[tuple[int, str], object]:
    """The digests of the newest ledgers, by product and question."""
    rows = Study.objects.values_list("pk", "product", "digest")
    questions = {f"study:{pk}": (product, digest) for pk, product, digest in rows.iterator()}
    entries = Entry.objects.filter(action="study.recorded").order_by("sequence")
    return {
        questions[entry.subject]: ledger
        for entry in entries.iterator()
        if entry.subject in questions and (ledger := told(entry, "ledger"))
    }


KIND = Kind("studies", "study.recorded", _rows, _deep, _ledgers)
