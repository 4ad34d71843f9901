"""The API of agreed trade-offs: what was agreed, and what records say. Agreeing takes a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import Http404
from django.urls import reverse
from ninja import Router, Schema

from sextant_server.accounts.bearer import Bearer
from sextant_server.candidates import queries
from sextant_server.candidates.models import Tradeoff
from sextant_server.candidates.traded import of_versions
from sextant_server.candidates.trades import Answer
from sextant_server.products.api import AuthedRequest, standing
from sextant_server.products.models import Product

router = Router(tags=["candidates"])
READS = "products:read"


class WeighedOut(Schema):
    """What one record says of a trade-off: a study of two versions, or the newest evidence.

    `late`: it was agreed after that was measured.
    """

    verdict: str
    word: str
    headline: str
    sentences: list[str]
    study: int | None
    evidence: int | None
    late: bool


class TradeoffOut(Schema):
    """What may be given up for what. `state`: proposed, agreed or ended; only agreed ones count.

    `answers` is empty where no record measures both sides: then nothing is shown, and nothing is
    met.
    """

    number: int
    text: str
    why: str
    state: str
    proposed_by: str
    proposed_at: datetime
    business_by: str | None
    business_at: datetime | None
    technical_by: str | None
    technical_at: datetime | None
    ended_by: str | None
    ended_at: datetime | None
    ended_why: str
    seal: str
    answers: list[WeighedOut]
    page: str


@router.get(
    "/products/{slug}/trade-offs", response=list[TradeoffOut], auth=Bearer(READS),
    summary="Trade-offs",
)  # fmt: skip
def tradeoffs(request: AuthedRequest, slug: str) -> list[dict[str, Any]]:
    """Every trade-off in the order it came, those that were ended last."""
    product = standing(request, slug).product
    return _answered(product, queries.tradeoffs_of(product))


@router.get(
    "/products/{slug}/trade-offs/{number}", response=TradeoffOut, auth=Bearer(READS),
    summary="A trade-off",
)  # fmt: skip
def tradeoff(request: AuthedRequest, slug: str, number: int) -> dict[str, Any]:
    """One trade-off with what the newest records say of it."""
    product = standing(request, slug).product
    found = [one for one in queries.tradeoffs_of(product) if one.number == number]
    if not found:
        raise Http404
    return _answered(product, found)[0]


def _answered(product: Product, held: Sequence[Tradeoff]) -> list[dict[str, Any]]:
    running = [one for one in held if not one.ended_at]
    answers = of_versions(product, running) if running else []
    return [_plain(one, product, answers) for one in held]


def _plain(one: Tradeoff, product: Product, answers: Sequence[Answer]) -> dict[str, Any]:
    state = "ended" if one.ended_at else "agreed" if one.in_force else "proposed"
    return {
        "number": one.number, "text": one.text, "why": one.why, "state": state,
        "proposed_by": str(one.proposed_by), "proposed_at": one.proposed_at,
        "business_by": _name(one.business_by), "business_at": one.business_at,
        "technical_by": _name(one.technical_by), "technical_at": one.technical_at,
        "ended_by": _name(one.ended_by), "ended_at": one.ended_at, "ended_why": one.ended_why,
        "seal": one.seal,
        "answers": [
            {"verdict": each.verdict, "word": each.word, "headline": each.headline,
             "sentences": list(each.sentences), "study": each.study, "evidence": each.evidence,
             "late": each.late}
            for each in answers if state != "ended" and each.text == one.text
        ],
        "page": f"{reverse('tradeoffs', args=[product.slug])}#tradeoff-{one.number}",
    }  # fmt: skip


def _name(person: Any) -> str | None:
    return str(person) if person else None
