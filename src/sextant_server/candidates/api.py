"""The API of candidates: which versions are in the running, what is measured of them, add, discard.

Choosing a champion takes a person; so does what no record holds.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404
from django.urls import reverse
from ninja import Router, Schema, Status

from sextant_server.accounts.bearer import Bearer
from sextant_server.candidates import actions, queries
from sextant_server.candidates.board import board_of, options_of
from sextant_server.candidates.models import Candidate, Choice
from sextant_server.core.errors import Invalid
from sextant_server.products.api import AuthedRequest, standing
from sextant_server.products.models import Product
from sextant_server.sources.models import Source

router = Router(tags=["candidates"])
READS = "products:read"
WRITES = "products:write"
MOST = 200


class NewCandidate(Schema):
    """A version: what it is, and where its answers stand.

    `sort`: asis, baseline, rule or model. `source` is the name of a source, `written` the column as
    a comparison names it (`score@0.6`, `approved`, `always no`); without them nothing is measured.
    """

    name: str
    sort: str
    says: str
    source: str = ""
    written: str = ""


class Why(Schema):
    """Why it goes."""

    reason: str


class CandidateOut(Schema):
    """A version that is or was in the running. `dropped_why` is empty while it is."""

    number: int
    name: str
    sort: str
    says: str
    source: str
    written: str
    champion: bool
    dropped_why: str


class OptionOut(Schema):
    """One line of the table of options.

    `against`: the newest comparison with the champion (`verdict`, `word`, `study`, `row` with the
    difference, its interval and n), or `why` there is none. `floor`: whether it is better than a
    baseline on the same rows; null for what is one. `aspects`: cost, latency, explanation, needs,
    each with how it is known.
    """

    number: int
    name: str
    champion: bool
    against: dict[str, Any]
    floor: dict[str, Any] | None
    aspects: list[dict[str, Any]]


class ChoiceOut(Schema):
    """A champion that was chosen. Without `effective_at` it waits, or was refused."""

    number: int
    candidate: int
    before: int | None
    study: int | None
    verdict: str
    against: bool
    reason: str
    decided_by: str
    decided_at: datetime
    effective_at: datetime | None
    refused_at: datetime | None
    seal: str
    page: str


class CandidatesOut(Schema):
    """Everything of the page: all versions, the table of those in the running, every choice."""

    champion: int | None
    candidates: list[CandidateOut]
    options: list[OptionOut]
    choices: list[ChoiceOut]
    page: str


@router.get(
    "/products/{slug}/candidates", response=CandidatesOut, auth=Bearer(READS), summary="Candidates"
)
def candidates(request: AuthedRequest, slug: str) -> dict[str, Any]:
    """The versions in the running with what studies measured of them, and at most 200 choices."""
    product = standing(request, slug).product
    board = board_of(product)
    return {
        "champion": board.champion.number if board.champion else None,
        "candidates": [_plain(one, board.champion) for one in board.candidates],
        "options": options_of(board),
        "choices": [_choice(one, product) for one in board.choices[:MOST]],
        "page": reverse("candidates", args=[product.slug]),
    }


@router.post(
    "/products/{slug}/candidates", response={201: CandidateOut}, auth=Bearer(WRITES),
    summary="Put a version in the running",
)  # fmt: skip
def add(request: AuthedRequest, slug: str, new: NewCandidate) -> Status[dict[str, Any]]:
    """Add a version, as a pipeline does that has trained one. It is champion only once chosen."""
    product = standing(request, slug).product
    about = actions.About(new.name, new.sort, new.says, _source(product, new.source), new.written)
    made = actions.add(request.auth, product, about)
    return Status(201, _plain(made, None))


@router.post(
    "/products/{slug}/candidates/{number}/discard", response=CandidateOut, auth=Bearer(WRITES),
    summary="Take a version out of the running",
)  # fmt: skip
def discard(request: AuthedRequest, slug: str, number: int, why: Why) -> dict[str, Any]:
    """Discard a challenger; it stays on record with its reason."""
    product = standing(request, slug).product
    found = next((one for one in queries.candidates_of(product) if one.number == number), None)
    if found is None:
        raise Http404
    return _plain(actions.discard(request.auth, found, why.reason), None)


def _source(product: Product, name: str) -> Source | None:
    if not name:
        return None
    found = Source.objects.filter(product=product, name=name).first()
    if found is None:
        raise Invalid(f"There is no source '{name[:60]}'. Register it first.", "source")
    return found


def _plain(one: Candidate, champion: Candidate | None) -> dict[str, Any]:
    return {
        "number": one.number, "name": one.name, "sort": one.sort, "says": one.says,
        "source": one.source.name if one.source else "", "written": one.written,
        "champion": one == champion, "dropped_why": one.dropped_why,
    }  # fmt: skip


def _choice(one: Choice, product: Product) -> dict[str, Any]:
    return {
        "number": one.number, "candidate": one.candidate.number,
        "before": one.before.number if one.before else None,
        "study": one.study.number if one.study else None,
        "verdict": one.verdict, "against": one.against, "reason": one.reason,
        "decided_by": str(one.decided_by), "decided_at": one.decided_at,
        "effective_at": one.effective_at, "refused_at": one.refused_at, "seal": one.seal,
        "page": reverse("choice", args=[product.slug, one.number]),
    }  # fmt: skip
