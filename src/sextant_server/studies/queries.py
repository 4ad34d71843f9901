"""What is read of studies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from sextant.contracts.ledger import Ledger, ledger_from_text
from sextant_server.evidence.models import Evidence
from sextant_server.jobs.models import ENDED
from sextant_server.products.models import Product
from sextant_server.studies.models import Study, StudyLooks, StudyRun

if TYPE_CHECKING:
    from sextant_server.studies.kinds.kind import Found

BULKY = ("record", "states", "asked")


def studies_of(product: Product) -> QuerySet[Study]:
    """All studies of a product without their bulk, the newest first."""
    rows = Study.objects.filter(product=product).select_related("asked_by", "evidence")
    return rows.defer(*BULKY, "evidence__record", "evidence__states", "evidence__sample",
                      "evidence__brief").order_by("-number")  # fmt: skip


def study_one(product: Product, number: int) -> Study | None:
    """One study by its number, with its record."""
    rows = Study.objects.filter(product=product, number=number)
    return (
        rows.select_related("version__source", "other__source", "contract", "evidence", "asked_by")
        .defer("states", "evidence__record", "evidence__states", "evidence__sample",
               "evidence__brief")
        .first()
    )  # fmt: skip


def runs_of(product: Product) -> QuerySet[StudyRun]:
    """All jobs of studies of a product, the newest first."""
    rows = StudyRun.objects.filter(product=product)
    return rows.select_related("job", "version__source", "other__source", "contract", "asked_by",
                               "product").order_by("-id")  # fmt: skip


def same_run(run: StudyRun) -> StudyRun | None:
    """A job that waits or runs and asks exactly this."""
    rows = StudyRun.objects.filter(
        product=run.product, kind=run.kind, version=run.version, other=run.other, text=run.text,
        contract=run.contract, job__isnull=False,
    ).exclude(job__state__in=ENDED)  # fmt: skip
    return next((one for one in rows.order_by("-id") if one.asked == run.asked), None)


def same_study(evidence: Evidence, kind: str, digest: str) -> Study | None:
    """A study that kept exactly this already."""
    rows = Study.objects.filter(evidence=evidence, kind=kind, digest=digest)
    return rows.order_by("-number").first()


def same_sent(study: Study, found: Found) -> Study | None:
    """A study that was sent with exactly these states, and asked exactly this."""
    rows = Study.objects.filter(
        product=study.product, kind=study.kind, contract=study.contract, version=study.version,
        other=study.other, run=None, evidence=None, digest=found.digest, snapshot=found.snapshot,
    ).select_related("evidence").order_by("number")  # fmt: skip
    return next(
        (one for one in rows if one.asked == study.asked and bytes(one.states) == found.states),
        None,
    )


def evidence_with_states(product: Product, number: int) -> Evidence | None:
    """An evidence with its states, for what is computed from them."""
    rows = Evidence.objects.filter(product=product, number=number)
    return (
        rows.select_related("run__contract", "run__version__source", "contract")
        .defer("sample")
        .first()
    )


def evidence_to_ask(evidence: Evidence) -> Evidence:
    """The same evidence with what tells whether it can be asked: its record, not its states."""
    rows = Evidence.objects.select_related("run__contract", "contract", "product")
    return rows.defer("states", "sample").get(pk=evidence.pk)


def ledger_of(product: Product, digest: str) -> tuple[Ledger, str]:
    """The ledger of a question, and its text, by which a later change of it shows."""
    held = StudyLooks.objects.filter(product=product, digest=digest).first()
    if held is None or not held.ledger:
        return Ledger(), ""
    return ledger_from_text(held.ledger, f"the ledger of {digest}"), held.ledger
