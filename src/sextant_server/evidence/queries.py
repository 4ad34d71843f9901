"""What is read of runs and evidence."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from sextant.contracts.ledger import Ledger, ledger_from_text, same_rows, sample_from_text
from sextant.metrics.tally import Tally
from sextant.metrics.tally_codec import dump_tally
from sextant_server.contracts.models import Contract, State
from sextant_server.evidence.models import Evidence, Looks, Run, Via
from sextant_server.jobs.models import ENDED
from sextant_server.products.models import Product

BULKY = ("record", "states", "sample")
DECIDES = Q(draft=False, aside="")
"""A draft's evidence decides nothing, nor does what was set aside."""


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
    """The newest evidence that decides, of the contract that is locked now."""
    return evidence_of(product).filter(DECIDES, contract__state=State.LOCKED).first()


def why_aside(run: Run, verdict: str, snapshot: str) -> str:
    """Why evidence of a locked contract decides nothing, as a sentence; empty where it decides.

    A period that was chosen for the run can be chosen to fit: only a miss of it counts. Rows that
    newer ones have taken the place of do not become new by looking at them again.
    """
    if (run.start or run.end) and verdict != "missed":
        return "Its period was chosen for the run; the contract's own decides."
    rows = Evidence.objects.filter(DECIDES, contract=run.contract_id, run__start="", run__end="")
    rows = rows.only("number", "snapshot").order_by("number")
    newest, first = rows.last(), rows.filter(snapshot=snapshot).first()
    if first and newest and newest.snapshot != snapshot:
        return f"Its rows are those of evidence {first.number}; evidence {newest.number} is newer."
    if run.version:
        later = rows.filter(
            run__version__source=run.version.source_id, run__version__number__gt=run.version.number
        ).last()
        if later:
            return f"Evidence {later.number} is of a newer version of the source."
    return ""


def first_looked_at(product: Product, digest: str, snapshot: str) -> date | None:
    """The day on which a question was first asked of these very rows."""
    rows = Evidence.objects.filter(product=product, digest=digest, snapshot=snapshot)
    found = rows.order_by("number").values_list("recorded_at", flat=True).first()
    return found.date() if found else None


def before(evidence: Evidence) -> Evidence | None:
    """The evidence before this one that decided, with its record, to say what has changed."""
    rows = Evidence.objects.filter(product=evidence.product_id, number__lt=evidence.number)
    return rows.filter(DECIDES).defer("states", "sample").order_by("-number").first()


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


def same_evidence(
    run: Run, model: str, digest: str, tally: Tally, code: str, draft: bool
) -> Evidence | None:
    """Evidence that these very states have left already: a pipeline that sends them twice."""
    return Evidence.objects.filter(
        contract=run.contract, run__via=Via.STATES, run__text=run.text, model=model, draft=draft,
        run__start=run.start, run__end=run.end, digest=digest, snapshot=tally.snapshot.hex,
        states=dump_tally(tally), code=code,
    ).order_by("-number").first()  # fmt: skip


def ledger_of(product: Product, digest: str) -> tuple[Ledger, str]:
    """The ledger of a question, and its text, by which a later change of it shows."""
    held = Looks.objects.filter(product=product, digest=digest).first()
    if held is None or not held.ledger:
        return Ledger(), ""
    return ledger_from_text(held.ledger, f"the ledger of {digest}"), held.ledger


def seen_before(contract: Contract, run: Run, digest: str, tally: Tally) -> Evidence | None:
    """Evidence that looked at these rows before the contract was locked.

    Criteria that were chosen when their answers were known prove nothing; so evidence of a draft
    counts, also where the draft was locked as it stood, and that of other criteria. Rows are known
    by the file they came in, and by samples: the old ones among the new, or the new among the old.
    """
    rows = Evidence.objects.filter(product=contract.product_id)
    rows = rows.exclude(digest=digest, draft=False)
    if contract.locked_at is not None:
        rows = rows.filter(recorded_at__lt=contract.locked_at)
    content = run.version.content if run.version else None
    for one in rows.select_related("run__version").defer("record", "states").order_by("number"):
        if one.snapshot == tally.snapshot.hex:
            return one
        if content and one.run.version and one.run.version.content == content:
            return one
        old = sample_from_text(one.sample)
        if same_rows(tally.sample, old) or same_rows(old, tally.sample):
            return one
    return None
