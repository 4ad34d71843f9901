"""The API of assessments: what they say, and one's own answers while they are blind."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema

from sextant_server.accounts.bearer import Bearer
from sextant_server.products.api import AuthedRequest
from sextant_server.products.api import standing as enter
from sextant_server.products.entering import Here
from sextant_server.strategy.assessments.board import Board, board
from sextant_server.strategy.assessments.models import Answer
from sextant_server.strategy.assessments.standing import standing_of
from sextant_server.strategy.assessments.weighing import Weighed

router = Router(tags=["assessments"])


class DimensionOut(Schema):
    """One reason of a verdict: the levels that are still possible, worst first."""

    key: str
    name: str
    levels: list[str]
    says: str
    fails: bool


class AssessmentOut(Schema):
    """How an assessment stands. Its outcome is empty while it is open or blind."""

    number: int
    framework: str
    version: int
    name: str
    state: str
    verdict: str
    outcome: str
    says: str
    grade: str
    reopened: list[str]
    expires_on: date | None
    dimensions: list[DimensionOut]
    page: str


class AnswerOut(Schema):
    """One answer: a level, the ends of a range, or a text; `settles` speaks for everybody."""

    question: str
    by: str
    at: datetime
    levels: list[str]
    low: float | None
    high: float | None
    text: str
    why: str
    grade: str
    reference: str
    settles: bool


class WholeOut(AssessmentOut):
    """An assessment with the answers that its reader may see: his own until it is uncovered."""

    answers: list[AnswerOut]


@router.get(
    "/products/{slug}/assessments", response=list[AssessmentOut], auth=Bearer("products:read"),
    summary="Assessments",
)  # fmt: skip
def assessments(request: AuthedRequest, slug: str) -> list[dict[str, Any]]:
    """All open assessments of a product, by the key of their framework."""
    here = enter(request, slug)
    found = _board(here).weighed
    return [_plain(here, found[key]) for key in sorted(found)]


@router.get(
    "/products/{slug}/assessments/{framework}", response=WholeOut, auth=Bearer("products:read"),
    summary="An assessment",
)  # fmt: skip
def assessment(request: AuthedRequest, slug: str, framework: str) -> dict[str, Any]:
    """One assessment with its answers. Answering and settling take a person in a browser."""
    here = enter(request, slug)
    held = _board(here)
    one = held.weighed.get(framework)
    if one is None:
        raise Http404
    rows = held.answers.get(one.assessment.pk, ())
    return {**_plain(here, one), "answers": [_answer(row) for row in rows]}


def _board(here: Here) -> Board:
    return board(here.product, timezone.now().date(), here.user, ())


def _plain(here: Here, weighed: Weighed) -> dict[str, Any]:
    one = standing_of(weighed)
    address = reverse("assessment", args=[here.product.slug, one.framework])
    return {
        "number": one.number, "framework": one.framework, "version": one.version,
        "name": one.name, "state": one.state, "verdict": one.verdict, "outcome": one.outcome,
        "says": one.says, "grade": one.grade, "reopened": list(one.reopened),
        "expires_on": one.expires_on, "dimensions": one.dimensions, "page": address,
    }  # fmt: skip


def _answer(row: Answer) -> dict[str, Any]:
    value = row.value
    return {
        "question": row.question, "by": str(row.by), "at": row.at,
        "levels": value.get("levels", []), "low": value.get("low"), "high": value.get("high"),
        "text": value.get("text", ""), "why": row.why, "grade": str(row.grade),
        "reference": row.reference, "settles": row.settles,
    }  # fmt: skip
