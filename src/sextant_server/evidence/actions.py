"""Everything that changes runs and evidence: start, cancel, record. Evidence never changes."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from sextant.contracts.assess import unanswerable
from sextant.contracts.evidence import Evidence as Look
from sextant.contracts.ledger import sample_text
from sextant.contracts.model import Contract as Agreed
from sextant.contracts.normal_form import digest
from sextant.contracts.problems import ContractError
from sextant.contracts.validity import expires_on
from sextant.metrics.tally import Tally
from sextant.metrics.tally_codec import dump_tally, load_tally
from sextant.states.state import StateError
from sextant_server.accounts.acting import Acting
from sextant_server.audit.seals import seal_of, text_digest
from sextant_server.contracts.models import Contract, State
from sextant_server.contracts.reading import absent, read
from sextant_server.core.errors import Conflict, Invalid
from sextant_server.evidence import queries
from sextant_server.evidence.brief import brief_of
from sextant_server.evidence.evaluating import CODE, Judged, contract_of, judge
from sextant_server.evidence.models import Evidence, Looks, Run, Via
from sextant_server.jobs.actions import ask_to_cancel, start
from sextant_server.products.entering import need
from sextant_server.products.models import Product
from sextant_server.sources.models import SourceVersion, VersionState

JOB = "evidence.evaluate"
MOST_STATES = 16 * 2**20
MOST_TRIES = 5
RUNS = (State.DRAFT, State.LOCKED)


def start_run(
    by: Acting,
    contract: Contract,
    version: SourceVersion,
    *,
    model: str = "",
    start_at: str = "",
    end_at: str = "",
    via: Via = Via.HAND,
) -> Run:
    """Have a contract evaluated on a version of its source. A second click gives the same run."""
    need(by, contract.product, "run")
    return _start(by, contract, version, (model, start_at, end_at), via)


def run_on_new_version(version: SourceVersion) -> None:
    """Start the runs that a new version of a source brings about, for contracts that say so."""
    contracts = Contract.objects.filter(
        source=version.source_id, state=State.LOCKED, runs_itself=True
    )
    for contract in contracts.select_related("product"):
        try:
            _start(Acting(operator=True), contract, version, ("", "", ""), Via.VERSION)
        except (Conflict, Invalid) as refused:
            Acting(operator=True).record(
                "run.refused", contract.subject, product=contract.product_id, why=refused.detail
            )


@transaction.atomic
def cancel_run(by: Acting, run: Run) -> None:
    """End a run before it is done; nothing of it is kept and no look is counted."""
    need(by, run.product, "run")
    if run.job is None:
        raise Conflict("This run came with states from elsewhere: there is nothing to cancel.")
    if run.job.ended:
        raise Conflict(f"The run is {run.job.get_state_display()} already.")
    ask_to_cancel(by, run.job)


def record_states(
    by: Acting, contract: Contract, states: bytes, *, model: str = "", start_at: str = "",
    end_at: str = "", source: str = "",
) -> Evidence:  # fmt: skip
    """Judge states that were tallied elsewhere: rows never come here, verdicts are made here."""
    user = need(by, contract.product, "run")
    if contract.state not in RUNS:
        raise Conflict(f"Contract {contract.number} is {contract.get_state_display()}.")
    if len(states) > MOST_STATES:
        raise Invalid(f"States may have at most {MOST_STATES // 2**20} MB.", "states")
    try:
        tally = load_tally(states, 32 * 2**20, 2**16)
        run = Run(
            product=contract.product, contract=contract, text=contract.text,
            model=model.strip()[:120], start=start_at.strip()[:40], end=end_at.strip()[:40],
            via=Via.STATES, asked_by=user,
        )  # fmt: skip
        agreed = contract_of(run)
    except StateError as error:
        raise Invalid(f"The states cannot be read. {error}", "states") from None
    except (ContractError, ValueError) as error:
        raise Invalid(str(error), "contract") from None
    if problems := unanswerable(agreed, tally):
        raise Invalid(" ".join(problems[:5]), "states")
    told = f"states sent by {user}" + (f" ({source.strip()[:120]})" if source.strip() else "")
    for _ in range(MOST_TRIES):
        ledger, was = queries.ledger_of(run.product, digest(agreed))
        judged = judge(agreed, tally, ledger, told, timezone.now().date())
        found = _record(by, run, agreed, tally, judged, was)
        if found is not None:
            return found
    raise Conflict("Others look at this question all the time. Send the states again.")


def record_run(run: Run, agreed: Agreed, tally: Tally, judged: Judged, was: str) -> Evidence:
    """Keep what a run's job has worked out, inside the job's last transaction.

    `was` is the text of the ledger that it was judged on. Where another run has looked meanwhile,
    it is judged again on the ledger as it now stands.
    """
    by = Acting(user=run.asked_by) if run.asked_by else Acting(operator=True)
    held = Contract.objects.select_for_update().get(pk=run.contract_id)
    if held.state not in RUNS:
        raise Conflict(f"Contract {held.number} was {held.get_state_display()} meanwhile.")
    looks = _looks(run.product, judged.look.digest)
    if looks.ledger != was:
        ledger, _ = queries.ledger_of(run.product, judged.look.digest)
        judged = judge(agreed, tally, ledger, judged.look.data.source, timezone.now().date())
    return _write(by, run, held, agreed, tally, judged, looks)


def _start(
    by: Acting, contract: Contract, version: SourceVersion, of: tuple[str, str, str], via: Via
) -> Run:
    with transaction.atomic():
        held = Contract.objects.select_for_update().select_related("product").get(pk=contract.pk)
        _runnable(held, version)
        model, start_at, end_at = (text.strip()[:120] for text in of)
        run = Run(
            product=held.product, contract=held, text=held.text, version=version, model=model,
            start=start_at[:40], end=end_at[:40], via=via, asked_by=by.user,
        )  # fmt: skip
        try:
            agreed = contract_of(run)
        except (ContractError, ValueError) as error:
            raise Invalid(str(error), "start") from None
        if (run.start or run.end) and agreed.data.time is None:
            raise Invalid("A period needs a column of times: the contract names none.", "start")
        if waiting := queries.same_run(run):
            return waiting
        run.save()
        run.job = start(JOB, run.subject, by.user)
        run.save(update_fields=["job"])
        by.record("run.started", run.subject, product=held.product_id, contract=held.number,
                  version=version.number, via=str(via))  # fmt: skip
    return run


def _runnable(held: Contract, version: SourceVersion) -> None:
    """Refuse what cannot give an answer, before anybody waits for it."""
    if held.state not in RUNS:
        raise Conflict(
            f"Contract {held.number} is {held.get_state_display()}: it decides nothing any more."
        )
    reading = read(held.text, held.product)
    if reading.contract is None:
        raise Conflict(f"The contract cannot be read: {reading.problems[0]}")
    if reading.source is None or reading.source.pk != version.source_id:
        named = reading.contract.data.source
        raise Invalid(f"The contract speaks of '{named}', not of {version.source}.", "version")
    if version.state != VersionState.READY:
        raise Conflict(f"Version {version.number} is {version.get_state_display()}.")
    if lost := absent(reading.contract, version):
        more = f" {len(lost) - 1} more are missing, too." if len(lost) > 1 else ""
        raise Invalid(f"{lost[0].what} {lost[0].remedy}{more}", "version")


@transaction.atomic
def _record(
    by: Acting, run: Run, agreed: Agreed, tally: Tally, judged: Judged, was: str
) -> Evidence | None:
    """Take the look and keep what was judged on the ledger `was`; None where it has moved on."""
    held = Contract.objects.select_for_update().get(pk=run.contract_id)
    if held.state not in RUNS or held.locked_at != run.contract.locked_at:
        raise Conflict(
            f"Contract {held.number} is {held.get_state_display()} now. Send them again."
        )
    looks = _looks(run.product, digest(agreed))
    draft = _is_draft(held, run)
    if same := queries.same_evidence(run, agreed.model, looks.digest, tally, CODE, draft):
        return same
    if looks.ledger != was:
        return None
    run.save()
    by.record("run.started", run.subject, product=run.product_id, contract=held.number,
              via=str(run.via))  # fmt: skip
    return _write(by, run, held, agreed, tally, judged, looks)


def _looks(product: Product, digest: str) -> Looks:
    """The ledger of a question, locked: one run at a time takes a look."""
    try:
        with transaction.atomic():
            Looks.objects.get_or_create(product=product, digest=digest, defaults={"ledger": ""})
    except IntegrityError:
        pass
    return Looks.objects.select_for_update().get(product=product, digest=digest)


def _write(
    by: Acting, run: Run, held: Contract, agreed: Agreed, tally: Tally, judged: Judged, looks: Looks
) -> Evidence:
    now = timezone.now()
    Product.objects.select_for_update().get(pk=run.product_id)
    last = Evidence.objects.filter(product=run.product_id).aggregate(last=Max("number"))["last"]
    draft, look = _is_draft(held, run), judged.look
    evidence = Evidence(
        product=run.product, number=(last or 0) + 1, contract=held, run=run, draft=draft,
        digest=look.digest, look=look.look, snapshot=look.data.snapshot,
        sample=sample_text(tally.sample), model=agreed.model[:120], code=CODE,
        verdict=look.verdict, headline=judged.record["headline"][:300], record=judged.record,
        brief=brief_of(judged.record), states=dump_tally(tally), recorded_at=now,
        expires_on=_expires(agreed, run.product, look, now),
        seen=None if draft else queries.seen_before(held, run, look.digest, tally),
        aside="" if draft else queries.why_aside(run, look.verdict, look.data.snapshot),
    )  # fmt: skip
    evidence.seal = seal_of(evidence)
    evidence.save(force_insert=True)
    Looks.objects.filter(pk=looks.pk).update(ledger=judged.ledger)
    by.record("evidence.recorded", evidence.subject, product=run.product_id,
              number=evidence.number, verdict=evidence.verdict, seal=evidence.seal,
              ledger=text_digest(judged.ledger))  # fmt: skip
    return evidence


def _is_draft(held: Contract, run: Run) -> bool:
    return held.state == State.DRAFT or held.text != run.text


def _expires(agreed: Agreed, product: Product, look: Look, now: datetime) -> date | None:
    """Counted from the first look at these rows: looking again does not make them younger."""
    first = queries.first_looked_at(product, look.digest, look.data.snapshot)
    return expires_on(first or now.date(), agreed.valid_for)
