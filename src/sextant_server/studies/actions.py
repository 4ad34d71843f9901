"""Everything that changes studies: start, cancel, record, keep. A study never changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from sextant.states.state import StateError
from sextant_server.accounts.acting import Acting
from sextant_server.audit.seals import json_digest, seal_of, text_digest
from sextant_server.contracts.models import Contract
from sextant_server.core.errors import Conflict, Invalid
from sextant_server.core.storable import check_storable
from sextant_server.evidence.evaluating import CODE
from sextant_server.evidence.models import Evidence
from sextant_server.jobs.actions import ask_to_cancel, start
from sextant_server.products.entering import need
from sextant_server.products.models import Product
from sextant_server.sources.models import SourceVersion, VersionState
from sextant_server.studies import queries
from sextant_server.studies.kinds import figure_of
from sextant_server.studies.kinds.kind import Asking, Counted, Found, Held, Kind
from sextant_server.studies.models import Study, StudyLooks, StudyRun, question_of
from sextant_server.studies.plain import plain

JOB = "studies.compute"
MOST_ASKED = 20_000
"""Characters of what is asked, as JSON."""
MOST_STATES = 16 * 2**20


@transaction.atomic
def start_study(by: Acting, product: Product, kind: Kind, asking: Asking) -> StudyRun:
    """Have a study computed from rows. A second click gives the same job."""
    user = need(by, product, "study")
    _askable(product, kind, asking)
    held = _held(asking.contract)
    run = StudyRun(
        product=product, kind=kind.name, title=asking.title[:200], asked=plain(asking.asked),
        version=asking.version, other=asking.other, contract=held, text=held.text if held else "",
        asked_by=user,
    )  # fmt: skip
    _hold(product)
    if waiting := queries.same_run(run):
        return waiting
    run.save()
    run.job = start(JOB, run.subject, user)
    run.save(update_fields=["job"])
    by.record("study.started", run.subject, product=product.pk, kind=kind.name,
              title=run.title)  # fmt: skip
    return run


@transaction.atomic
def cancel_study(by: Acting, run: StudyRun) -> None:
    """End a job before it is done; nothing of it is kept and no look is counted."""
    need(by, run.product, "study")
    assert run.job is not None
    if run.job.ended:
        raise Conflict(f"The study is {run.job.get_state_display()} already.")
    ask_to_cancel(by, run.job)


def record_run(run: StudyRun, found: Found | Counted, judged: tuple[Found, str], was: str) -> Study:
    """Keep what a job has worked out, inside the job's last transaction.

    `judged` is what was found on the ledger `was`. Where another study has looked at the question
    meanwhile, it is judged again on the ledger as it now stands.
    """
    by = Acting(user=run.asked_by) if run.asked_by else Acting(operator=True)
    study = Study(
        product=run.product, kind=run.kind, asked=run.asked, version=run.version, other=run.other,
        contract=run.contract, run=run, asked_by=run.asked_by,
    )  # fmt: skip
    if isinstance(found, Found):
        return _write(by, study, found)
    looks = _looks(run.product, found.digest)
    if looks.ledger != was:
        ledger, _ = queries.ledger_of(run.product, found.digest)
        judged = found.judge(ledger)
    result, ledger_text = judged
    StudyLooks.objects.filter(pk=looks.pk).update(ledger=ledger_text)
    return _write(by, study, result, ledger=text_digest(ledger_text))


@transaction.atomic
def record_sent(
    by: Acting, product: Product, kind: str, contract: Contract | None, asked: dict[str, Any],
    counted: Counted, rows: Sequence[SourceVersion] = (),
) -> tuple[Study, bool]:  # fmt: skip
    """Judge and keep what was counted elsewhere: rows never come here, verdicts are made here.

    `rows`: the versions of sources here that hold them. The same states sent again give the same
    study, and False.
    """
    user = need(by, product, "study")
    _bounded(asked)
    held = _held(contract)
    looks = _looks(product, counted.digest)
    ledger, _ = queries.ledger_of(product, counted.digest)
    found, text = counted.judge(ledger)
    version, other = (*rows, None, None)[:2]
    study = Study(
        product=product, kind=kind, asked=plain(asked), contract=held, version=version, other=other,
        asked_by=user,
    )  # fmt: skip
    if same := queries.same_sent(study, found):
        return same, False
    StudyLooks.objects.filter(pk=looks.pk).update(ledger=text)
    return _write(by, study, found, ledger=text_digest(text)), True


@transaction.atomic
def keep_live(
    by: Acting, evidence: Evidence, kind: Kind, settings: dict[str, Any], asked: dict[str, Any]
) -> Study:
    """Keep what a live page shows with these settings. The same settings again give the same study.

    `settings` are the form's cleaned data, `asked` the same as the address has them.
    """
    user = need(by, evidence.product, "study")
    live = kind.live
    if live is None:
        raise Invalid(f"{kind.title} is not asked of evidence.", "kind")
    held = Held(evidence)
    if why := live.obstacle(held):
        raise Conflict(why)
    shown = plain(asked)
    _bounded(shown)
    own = f"sha256:{json_digest([evidence.seal, kind.name, shown, CODE])}"
    try:
        found = live.compute(held, settings)
    except StateError as error:
        raise Conflict(f"The evidence's states cannot be read any more. {error}") from None
    _hold(evidence.product)
    if same := queries.same_study(evidence, kind.name, own):
        return same
    study = Study(
        product=evidence.product, kind=kind.name, asked=shown, version=evidence.run.version,
        contract=evidence.contract, evidence=evidence, asked_by=user, digest=own,
        snapshot=evidence.snapshot, opened_at=timezone.now(),
    )  # fmt: skip
    return _write(by, study, found)


def note_opened(study: Study, at: datetime) -> None:
    """Note that somebody of the team reads it. It is bookkeeping and stands in no audit log."""
    Study.objects.filter(pk=study.pk, opened_at=None).update(opened_at=at)


def _askable(product: Product, kind: Kind, asking: Asking) -> None:
    if kind.from_rows is None:
        raise Invalid(f"{kind.title} is asked of evidence, not of rows.", "kind")
    if lacks := kind.from_rows.missing():
        raise Conflict(lacks)
    _bounded(asking.asked)
    for version in filter(None, (asking.version, asking.other)):
        if version.source.product_id != product.pk:
            raise Invalid("The version is another product's.", "version")
        if version.state != VersionState.READY:
            raise Conflict(f"Version {version.number} is {version.get_state_display()}.")
    if asking.contract is not None and asking.contract.product_id != product.pk:
        raise Invalid("The contract is another product's.", "contract")


def _hold(product: Product) -> None:
    """One study of a product begins or is written at a time: numbers follow, clicks count once."""
    Product.objects.select_for_update().get(pk=product.pk)


def _bounded(asked: dict[str, Any]) -> None:
    check_storable(asked)
    if len(str(asked)) > MOST_ASKED:
        raise Invalid(f"What is asked may have at most {MOST_ASKED:,} characters.")


def _held(contract: Contract | None) -> Contract | None:
    """The contract as it stands now, held until its text is written down."""
    if contract is None:
        return None
    held = Contract.objects.select_for_update().get(pk=contract.pk)
    if held.state not in ("draft", "locked"):
        raise Conflict(f"Contract {held.number} is {held.get_state_display()}.")
    return held


def _looks(product: Product, digest: str) -> StudyLooks:
    """The ledger of a question, locked: one study at a time takes a look."""
    try:
        with transaction.atomic():
            StudyLooks.objects.get_or_create(
                product=product, digest=digest, defaults={"ledger": ""}
            )
    except IntegrityError:
        pass
    return StudyLooks.objects.select_for_update().get(product=product, digest=digest)


def _write(by: Acting, study: Study, found: Found, ledger: str = "") -> Study:
    if len(found.states) > MOST_STATES:
        raise ValueError(f"{study.kind}: states of {len(found.states):,} bytes are not kept.")
    _hold(study.product)
    last = Study.objects.filter(product=study.product_id).aggregate(last=Max("number"))["last"]
    study.number = (last or 0) + 1
    study.title, study.headline = found.title[:200], found.headline[:300]
    study.verdict, study.answer = found.verdict, found.answer[:24]
    study.record = plain(found.record)
    study.states, study.look, study.code = found.states, found.look, CODE
    study.digest = found.digest[:80] or study.digest if study.evidence is None else study.digest
    study.snapshot = found.snapshot[:80] or study.snapshot
    study.question, study.figure = question_of(study), figure_of(study)
    study.recorded_at = timezone.now()
    study.seal = seal_of(study)
    study.save(force_insert=True)
    by.record("study.recorded", study.subject, product=study.product_id, number=study.number,
              kind=study.kind, title=study.title, verdict=study.verdict, seal=study.seal,
              ledger=ledger)  # fmt: skip
    return study
