"""The API of studies: list, read, start, watch, cancel; keep what an evidence's states answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema, Status

from sextant_server.accounts.bearer import Bearer
from sextant_server.core.errors import Conflict, Invalid
from sextant_server.evidence.api import body_of
from sextant_server.evidence.evaluating import CODE
from sextant_server.products.api import AuthedRequest, standing
from sextant_server.products.entering import Here
from sextant_server.products.models import Product
from sextant_server.sources.models import SourceVersion
from sextant_server.studies import actions, kinds, queries
from sextant_server.studies.kinds import kind_named
from sextant_server.studies.kinds.forms import many
from sextant_server.studies.kinds.kind import Held, Kind
from sextant_server.studies.kinds.sent import comparison_sent
from sextant_server.studies.models import Study, StudyRun
from sextant_server.studies.offering import obstacle
from sextant_server.studies.pages.runs import CLOSED

router = Router(tags=["studies"])
MOST = 200


class NewStudy(Schema):
    """What to study: the kind, and its settings as its form has them.

    `source` and `version` choose the rows: without a version the newest. Or `asked` names
    `version` itself, by its key in the form.
    """

    kind: str
    source: str = ""
    version: int | None = None
    asked: dict[str, Any] = {}  # noqa: RUF012 - pydantic copies it


class KeptStudy(Schema):
    """A kind of study of an evidence's states, and its settings as the page's address has them."""

    kind: str
    asked: dict[str, Any] = {}  # noqa: RUF012 - pydantic copies it


class StudyRunOut(Schema):
    """How far a study is; `study` is the number of what it gave."""

    id: int
    kind: str
    title: str
    state: str
    progress: float
    phase: str
    problems: list[str]
    study: int | None
    page: str


class StudyOut(Schema):
    """One study. `evidence`: the number of the one it was drawn from."""

    number: int
    kind: str
    title: str
    headline: str
    verdict: str
    answer: str
    evidence: int | None
    digest: str
    look: int
    snapshot: str
    code: str
    recorded_at: datetime
    seal: str
    page: str


class StudyWhole(StudyOut):
    """The same with what was asked and the record: every figure and sentence of its page."""

    asked: dict[str, Any]
    record: dict[str, Any]


@router.get(
    "/products/{slug}/studies", response=list[StudyOut], auth=Bearer("products:read"),
    summary="Studies",
)  # fmt: skip
def studies(request: AuthedRequest, slug: str) -> list[dict[str, Any]]:
    """All studies without their records, the newest first, at most 200."""
    product = standing(request, slug).product
    return [_plain(one, product) for one in queries.studies_of(product)[:MOST]]


@router.get(
    "/products/{slug}/studies/{number}", response=StudyWhole, auth=Bearer("products:read"),
    summary="One study",
)  # fmt: skip
def one(request: AuthedRequest, slug: str, number: int) -> dict[str, Any]:
    """One study with its record."""
    product = standing(request, slug).product
    found = queries.study_one(product, number)
    if found is None:
        raise Http404
    return _whole(found, product)


@router.post(
    "/products/{slug}/studies", response={201: StudyRunOut}, auth=Bearer("runs:write"),
    summary="Study",
)  # fmt: skip
def start(request: AuthedRequest, slug: str, asked: NewStudy) -> Status[dict[str, Any]]:
    """Have a study computed from rows in the background."""
    here = standing(request, slug)
    kind = _kind(asked.kind)
    if kind.from_rows is None:
        raise Invalid(f"{kind.title} is asked of evidence, not of rows.", "kind")
    given = dict(asked.asked)
    if asked.source:
        given["version"] = _version(here.product, asked.source, asked.version).pk
    form = kind.from_rows.form(here.product, many(given))
    if not form.is_valid():
        _refuse(form.errors)
    run = actions.start_study(request.auth, here.product, kind, form.asking())
    return Status(201, _run(here, run))


@router.post(
    "/products/{slug}/comparisons", response={200: StudyWhole, 201: StudyWhole},
    auth=Bearer("runs:write"),
    summary="Send a comparison",
)  # fmt: skip
def compare(request: AuthedRequest, slug: str) -> Status[dict[str, Any]]:
    """The body is what `sextant compare --server` sends: a question and states, never rows.

    The same once more answers 200 with the study that the first gave.
    """
    product = standing(request, slug).product
    body = body_of(request, actions.MOST_STATES)
    who, today = str(request.auth.user), timezone.now().date()
    sent = comparison_sent(product, body, who, today, CODE)
    study, new = actions.record_sent(
        request.auth, product, "comparison", sent.contract, sent.asked, sent.counted, sent.rows
    )
    return Status(201 if new else 200, _whole(study, product))


@router.get(
    "/products/{slug}/studies/runs/{run_id}", response=StudyRunOut, auth=Bearer("products:read"),
    summary="A study under way",
)  # fmt: skip
def one_run(request: AuthedRequest, slug: str, run_id: int) -> dict[str, Any]:
    """How far a study is, or how it ended."""
    here = standing(request, slug)
    return _run(here, _found_run(here.product, run_id))


@router.post(
    "/products/{slug}/studies/runs/{run_id}/cancel", response=StudyRunOut,
    auth=Bearer("runs:write"), summary="Cancel a study",
)  # fmt: skip
def cancel(request: AuthedRequest, slug: str, run_id: int) -> dict[str, Any]:
    """End a study under way; nothing of it is kept and no look is counted."""
    here = standing(request, slug)
    actions.cancel_study(request.auth, _found_run(here.product, run_id))
    return _run(here, _found_run(here.product, run_id))


@router.post(
    "/products/{slug}/evidence/{number}/studies", response={201: StudyWhole},
    auth=Bearer("runs:write"), summary="Keep a study of evidence",
)  # fmt: skip
def keep(
    request: AuthedRequest, slug: str, number: int, asked: KeptStudy
) -> Status[dict[str, Any]]:
    """Keep what an evidence's states answer at these settings."""
    product, kind = standing(request, slug).product, _kind(asked.kind)
    evidence = queries.evidence_with_states(product, number)
    if evidence is None:
        raise Http404
    if kind.live is None:
        raise Invalid(f"{kind.title} is not asked of evidence.", "kind")
    held = Held(evidence)
    if why := obstacle(kind, held):
        raise Conflict(why)
    form = kind.live.form(held, many(asked.asked))
    if not form.is_valid():
        _refuse(form.errors)
    study = actions.keep_live(request.auth, evidence, kind, form.cleaned_data, form.sent())
    return Status(201, _whole(study, product))


def _kind(name: str) -> Kind:
    found = kind_named(name)
    if found is None:
        known = ", ".join(one.name for one in kinds.KINDS)
        raise Invalid(f"There is no kind of study called '{name[:40]}'. Use {known}.", "kind")
    return found


def _version(product: Product, source: str, number: int | None) -> SourceVersion:
    rows = SourceVersion.objects.filter(source__product=product, source__name=source, state="ready")
    found = rows.order_by("-number") if number is None else rows.filter(number=number)
    version = found.first()
    if version is None:
        named = f"version {number} of it" if number else "version of it"
        raise Invalid(f"'{source[:60]}' is no source here, or no {named} can be read.", "source")
    return version


def _refuse(errors: Any) -> None:
    name, found = next(iter(errors.items()))
    raise Invalid(" ".join(str(one) for one in found), "" if name == "__all__" else str(name))


def _found_run(product: Product, run_id: int) -> StudyRun:
    found = queries.runs_of(product).filter(pk=run_id).first()
    if found is None:
        raise Http404
    return found


def _run(here: Here, found: StudyRun) -> dict[str, Any]:
    job = found.job
    assert job is not None
    given = Study.objects.filter(run=found).values_list("number", flat=True).first()
    return {
        "id": found.pk, "kind": found.kind, "title": found.title, "state": job.state,
        "progress": job.progress, "phase": job.phase, "problems": here.told(job.problems, CLOSED),
        "study": given, "page": reverse("study_run", args=[here.product.slug, found.pk]),
    }  # fmt: skip


def _plain(one: Study, product: Product) -> dict[str, Any]:
    return {
        "number": one.number, "kind": one.kind, "title": one.title, "headline": one.headline,
        "verdict": one.verdict, "answer": one.answer,
        "evidence": one.evidence.number if one.evidence else None,
        "digest": one.digest, "look": one.look, "snapshot": one.snapshot, "code": one.code,
        "recorded_at": one.recorded_at, "seal": one.seal,
        "page": reverse("study", args=[product.slug, one.number]),
    }  # fmt: skip


def _whole(one: Study, product: Product) -> dict[str, Any]:
    return {**_plain(one, product), "asked": one.asked, "record": one.record}
