"""What is read of runs and evidence."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from sextant.contracts.ledger import Ledger, ledger_from_text, same_rows, sample_from_text
from sextant.metrics.tally import Tally
from sextant_server.contracts.models import Contract, State
from sextant_server.evidence.models import Evidence, Looks, Run, Via
from sextant_server.jobs.models import ENDED
from sextant_server.products.models import Product

BULKY = ("record", "states", "sample")


def evidence_of(product: Product) -> QuerySet[Evidence]:
    """All evidence of a product without its bulk, the newest first."""
    rows = Evidence.objects.filter(product=product).select_related("contract")
    return rows.defer(*BULKY).order_by("-number")


def evidence_one(product: Product, number: int) -> Evidence | None:
    """One evidence by its number, with its record."""
    rows = Evidence.objects.filter(product=product, number=number)
    return (
        rows.select_related("contract", "run__version__source", "run__asked_by", "seen")
        .defer("states", "sample", "seen__record", "seen__states", "seen__sample")
        .first()
    )


def latest_deciding(product: Product) -> Evidence | None:
    """The newest evidence of the contract that is locked now; a draft's decides nothing."""
    rows = evidence_of(product).filter(draft=False, contract__state=State.LOCKED)
    return rows.first()


def before(evidence: Evidence) -> Evidence | None:
    """The evidence before this one that decided, with its record, to say what has changed."""
    rows = Evidence.objects.filter(product=evidence.product_id, number__lt=evidence.number)
    return rows.filter(draft=False).defer("states", "sample").order_by("-number").first()


def is_expired(evidence: Evidence, today: date) -> bool:
    """Whether it has outlived what its contract allows."""
    return evidence.expires_on is not None and evidence.expires_on < today


def runs_of(product: Product) -> QuerySet[Run]:
    """All runs of a product, the newest first."""
    rows = Run.objects.filter(product=product).select_related("job", "contract", "asked_by")
    return rows.select_related("version__source").defer("text").order_by("-id")


def same_run(run: Run) -> Run | None:
    """A run of the same question on the same data that has not ended yet."""
    rows = Run.objects.filter(
        contract=run.contract, version=run.version, text=run.text, model=run.model,
        start=run.start, end=run.end, job__isnull=False,
    )  # fmt: skip
    return rows.exclude(job__state__in=ENDED).order_by("-id").first()


def same_evidence(run: Run, model: str, digest: str, tally: Tally, code: str) -> Evidence | None:
    """Evidence that these very states have left already: a pipeline that sends them twice."""
    return Evidence.objects.filter(
        contract=run.contract, run__via=Via.STATES, run__text=run.text, model=model,
        digest=digest, snapshot=tally.snapshot.hex, code=code,
    ).order_by("-number").first()  # fmt: skip


def ledger_of(product: Product, digest: str) -> tuple[Ledger, str]:
    """The ledger of a question, and its text, by which a later change of it shows."""
    held = Looks.objects.filter(product=product, digest=digest).first()
    if held is None or not held.ledger:
        return Ledger(), ""
    return ledger_from_text(held.ledger, f"the ledger of {digest}"), held.ledger


def seen_before(contract: Contract, digest: str, tally: Tally) -> Evidence | None:
    """Evidence under other criteria that looked at these rows before the contract was locked.

    Criteria that were chosen when their answers were known prove nothing.
    """
    rows = Evidence.objects.filter(product=contract.product_id).exclude(digest=digest)
    if contract.locked_at is not None:
        rows = rows.filter(recorded_at__lt=contract.locked_at)
    for one in rows.defer("record", "states").order_by("number"):
        if one.snapshot == tally.snapshot.hex:
            return one
        if same_rows(tally.sample, sample_from_text(one.sample)):
            return one
    return None
