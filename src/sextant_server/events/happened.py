"""What happened to a product in a stretch of time: what is recorded here, and what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse

from sextant_server.candidates.models import Choice
from sextant_server.contracts.models import Contract
from sextant_server.events.models import Event, Sort
from sextant_server.evidence.models import Evidence
from sextant_server.gates.models import Decision, Outcome
from sextant_server.products.models import Product, Stage, StageMove
from sextant_server.sources.models import SourceVersion, VersionState

MOST = 40
"""So many events of a stretch are read; beyond that the newest."""


@dataclass(frozen=True, slots=True)
class Happened:
    """When, what kind of thing, what, and its page where it has one."""

    at: datetime
    sort: str
    what: str
    href: str = ""


def happened(product: Product, start: datetime, end: datetime, most: int = MOST) -> list[Happened]:
    """The newest events of a stretch, the oldest first; one query."""
    first, *others = (
        _rows(rows, product, when, start, end, sort, number, text)
        for rows, when, sort, number, text in _tables()
    )
    found = first.union(*others, all=True).order_by("-moment", "kind", "-which")[:most]
    return [_told(product, *row) for row in found][::-1]


def _tables() -> tuple[tuple[QuerySet[Any], str, str, str, str], ...]:
    """Rows, their time, what kind of thing they are, their number, and what is said of them."""
    return (
        (Evidence.objects.all(), "recorded_at", "evidence", "number", "verdict"),
        (Decision.objects.all(), "effective_at", "gate", "gate__number", "outcome"),
        (Contract.objects.all(), "locked_at", "contract", "number", "state"),
        (SourceVersion.objects.filter(state=VersionState.READY), "created_at", "data", "number",
         "source__name"),
        (StageMove.objects.exclude(origin=""), "at", "stage", "id", "stage"),
        (Choice.objects.all(), "effective_at", "champion", "number", "candidate__name"),
        (Event.objects.filter(withdrawn_at=None), "at", "sent", "id", "what"),
    )  # fmt: skip


OF = {"gate": "gate__product", "data": "source__product"}


def _rows(
    rows: QuerySet[Any], product: Product, when: str, start: datetime, end: datetime, sort: str,
    number: str, text: str,
) -> QuerySet[Any]:  # fmt: skip
    """The same five columns of every table, so that one query reads them all."""
    span = {f"{when}__gte": start, f"{when}__lt": end, OF.get(sort, "product"): product}
    more = F("sort") if sort == "sent" else Value("", CharField())
    found: QuerySet[Any] = (
        rows.filter(**span)
        .order_by()
        .annotate(
            moment=F(when),
            kind=Value(sort, CharField()),
            which=Cast(number, BigIntegerField()),
            said=Cast(text, CharField()),
            more=Cast(more, CharField()),
        )
        .values_list("moment", "kind", "which", "said", "more")
    )
    return found


def _told(product: Product, at: datetime, sort: str, number: int, text: str, more: str) -> Happened:
    slug = product.slug
    match sort:
        case "evidence":
            page = reverse("evidence_one", args=[slug, number])
            return Happened(at, sort, f"Evidence {number}: {text}", page)
        case "gate":
            said = f"Gate {number} decided: {Outcome(text).label}"
            return Happened(at, sort, said, reverse("gate", args=[slug, number]))
        case "contract":
            said = f"Contract {number} locked"
            return Happened(at, sort, said, reverse("contract", args=[slug, number]))
        case "data":
            return Happened(
                at, sort, f"{text}, version {number}", reverse("source", args=[slug, text])
            )
        case "stage":
            return Happened(at, sort, f"The product went to {Stage(text).label.lower()}")
        case "champion":
            said = f"{text} became champion"
            return Happened(at, sort, said, reverse("choice", args=[slug, number]))
        case _:
            return Happened(at, Sort(more).label, text)
