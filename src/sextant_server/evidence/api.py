"""The API of runs and evidence: start, watch, cancel; read records; send states."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from ninja import Router, Schema, Status

from sextant_server.accounts.bearer import Bearer
from sextant_server.contracts.api import found_contract
from sextant_server.contracts.models import Contract
from sextant_server.contracts.queries import contracts_of, locked_of
from sextant_server.core.errors import Conflict, Invalid, NotAllowed
from sextant_server.evidence import actions, queries
from sextant_server.evidence.models import Evidence, Run, Via
from sextant_server.evidence.reasons import reasons_of
from sextant_server.products.api import AuthedRequest, standing
from sextant_server.products.entering import Here
from sextant_server.products.models import Product
from sextant_server.sources.models import SourceVersion
from sextant_server.sources.queries import latest_ready, readable_by

router = Router(tags=["evidence"])
MOST = 200
CHUNK = 1 << 20


class NewRun(Schema):
    """What to run. Without a contract the locked one, without a version the newest."""

    contract: int | None = None
    version: int | None = None
    model: str = ""
    start: str = ""
    end: str = ""


class RunOut(Schema):
    """How far a run is; `evidence` is the number of what it gave."""

    id: int
    contract: int
    state: str
    progress: float
    phase: str
    problems: list[str]
    evidence: int | None
    page: str


class EvidenceOut(Schema):
    """One look at a product's promises."""

    number: int
    verdict: str
    headline: str
    contract: int
    draft: bool
    aside: str
    digest: str
    look: int
    snapshot: str
    model: str
    code: str
    seen: int | None
    recorded_at: datetime
    expires_on: date | None
    seal: str
    page: str


class EvidenceWhole(EvidenceOut):
    """The same with its record: every figure and sentence of its page."""

    record: dict[str, Any]


@router.post(
    "/products/{slug}/runs",
    response={201: RunOut},
    auth=Bearer("runs:write"),
    summary="Run",
)
def run(request: AuthedRequest, slug: str, asked: NewRun) -> Status[dict[str, Any]]:
    """Have a contract evaluated in the background."""
    here = standing(request, slug)
    contract = _contract(here.product, asked.contract)
    version = _version(contract, asked.version)
    made = actions.start_run(
        request.auth, contract, version, model=asked.model, start_at=asked.start, end_at=asked.end,
        via=Via.API,
    )  # fmt: skip
    return Status(201, _run(here, made))


@router.get(
    "/products/{slug}/runs/{run_id}", response=RunOut, auth=Bearer("products:read"), summary="A run"
)
def one_run(request: AuthedRequest, slug: str, run_id: int) -> dict[str, Any]:
    """How far a run is, or how it ended."""
    here = standing(request, slug)
    return _run(here, _found_run(here.product, run_id))


@router.post(
    "/products/{slug}/runs/{run_id}/cancel", response=RunOut, auth=Bearer("runs:write"),
    summary="Cancel a run",
)  # fmt: skip
def cancel(request: AuthedRequest, slug: str, run_id: int) -> dict[str, Any]:
    """End a run; nothing of it is kept and no look is counted."""
    here = standing(request, slug)
    actions.cancel_run(request.auth, _found_run(here.product, run_id))
    return _run(here, _found_run(here.product, run_id))


@router.post(
    "/products/{slug}/states", response={201: EvidenceWhole}, auth=Bearer("runs:write"),
    summary="Send states",
)  # fmt: skip
def states(
    request: AuthedRequest, slug: str, digest: str, model: str = "", start: str = "",
    end: str = "", source: str = "",
) -> Status[dict[str, Any]]:  # fmt: skip
    """The body is a tally; the product's contract of this digest is judged on it, here."""
    product = standing(request, slug).product
    rows = contracts_of(product).filter(digest=digest, state__in=actions.RUNS)
    contract = rows.order_by("-state").first()
    if contract is None:
        raise Invalid(
            "The product has no locked contract and no draft of this digest: what was tallied is"
            " not what is agreed here. Export the contract, and check that.",
            "digest",
        )
    body = body_of(request, actions.MOST_STATES)
    made = actions.record_states(
        request.auth, contract, body, model=model, start_at=start, end_at=end, source=source[:200]
    )
    return Status(201, _whole(made))


@router.get(
    "/products/{slug}/evidence", response=list[EvidenceOut], auth=Bearer("products:read"),
    summary="Evidence",
)  # fmt: skip
def evidence(request: AuthedRequest, slug: str) -> list[dict[str, Any]]:
    """All evidence without its records, the newest first, at most 200."""
    rows: QuerySet[Evidence] = queries.evidence_of(standing(request, slug).product)
    return [_plain(one) for one in rows.select_related("product", "contract", "seen")[:MOST]]


@router.get(
    "/products/{slug}/evidence/{number}", response=EvidenceWhole, auth=Bearer("products:read"),
    summary="One evidence",
)  # fmt: skip
def one(request: AuthedRequest, slug: str, number: int) -> dict[str, Any]:
    """One evidence with its record."""
    return _whole(_found(standing(request, slug).product, number))


@router.get(
    "/products/{slug}/evidence/{number}/states", auth=Bearer("products:read"),
    summary="Its states",
)  # fmt: skip
def its_states(request: AuthedRequest, slug: str, number: int) -> HttpResponse:
    """The tally from which everything can be computed again, for readers of the source.

    It holds no rows, but every value of the segments. Of states from elsewhere there is no source:
    whoever may start runs has them.
    """
    here = standing(request, slug)
    held = _found(here.product, number)
    _may_have_states(here, held)
    return HttpResponse(bytes(held.states), content_type="application/octet-stream")


def _contract(product: Product, number: int | None) -> Contract:
    if number is not None:
        return found_contract(product, number)
    locked = locked_of(product)
    if locked is None:
        raise Conflict("No contract is locked. Name the draft's number to try it.", "contract")
    return locked


def _version(contract: Contract, number: int | None) -> SourceVersion:
    if contract.source is None:
        raise Conflict("The contract names no source that can be read.", "contract")
    if number is None:
        newest = latest_ready(contract.source)
        if newest is None:
            raise Conflict("No version of its source can be read yet.", "version")
        return newest
    found = contract.source.versions.filter(number=number).first()
    if found is None:
        raise Invalid(f"{contract.source} has no version {number}.", "version")
    return found


def _found_run(product: Product, run_id: int) -> Run:
    found = queries.runs_of(product).filter(pk=run_id).first()
    if found is None:
        raise Http404
    return found


def _found(product: Product, number: int) -> Evidence:
    found = queries.evidence_one(product, number)
    if found is None:
        raise Http404
    return found


def _may_have_states(here: Here, held: Evidence) -> None:
    """Refuse a tally to whom its small groups and their values are not open."""
    version = held.run.version
    if version is None and not here.may("run"):
        raise NotAllowed(
            f"The states of evidence {held.number} hold every value of its segments. They are open"
            " to those alone who may start runs. The owner gives parts."
        )
    if version is not None and not readable_by(here.user, version.source):
        raise NotAllowed(
            f"The states of evidence {held.number} hold every value of its segments. They are open"
            f" to those alone who may see the rows of {version.source}. The product owner or the"
            " technical signatory lets people in by name."
        )


def body_of(request: AuthedRequest, most: int) -> bytes:
    """The body, up to a little more than what is accepted."""
    body = b""
    while len(body) <= most and (chunk := request.read(CHUNK)):
        body += chunk
    return body


def _run(here: Here, found: Run) -> dict[str, Any]:
    job = found.job
    given = Evidence.objects.filter(run=found).values_list("number", flat=True).first()
    return {
        "id": found.pk, "contract": found.contract.number,
        "state": job.state if job else "done", "progress": job.progress if job else 1.0,
        "phase": job.phase if job else "", "problems": reasons_of(here, found),
        "evidence": given, "page": reverse("run", args=[found.product.slug, found.pk]),
    }  # fmt: skip


def _plain(one: Evidence) -> dict[str, Any]:
    return {
        "number": one.number, "verdict": one.verdict, "headline": one.headline,
        "contract": one.contract.number, "draft": one.draft, "aside": one.aside,
        "digest": one.digest,
        "look": one.look, "snapshot": one.snapshot, "model": one.model, "code": one.code,
        "seen": one.seen_number, "recorded_at": one.recorded_at, "expires_on": one.expires_on,
        "seal": one.seal, "page": reverse("evidence_one", args=[one.product.slug, one.number]),
    }  # fmt: skip


def _whole(one: Evidence) -> dict[str, Any]:
    return {**_plain(one), "record": one.record}
