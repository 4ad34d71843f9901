"""Evidence: the list, the page that always shows the same, its report as a file."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from sextant.reports.html import page as report_page
from sextant.reports.since import since
from sextant.words import AUDIENCES
from sextant_server.contracts.models import State
from sextant_server.evidence import queries
from sextant_server.evidence.consequence import caught, consequences
from sextant_server.evidence.models import Evidence
from sextant_server.products.entering import Here, in_product, show
from sextant_server.products.models import Product
from sextant_server.ui.paging import page_of

TITLES = {
    "executive": "for the board",
    "product": "for the product team",
    "technical": "for data science",
}
REMEMBERED = 6
REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@in_product
@require_safe
def listing(request: HttpRequest, here: Here) -> HttpResponse:
    """All evidence and the runs that are under way or came to nothing."""
    today = timezone.now().date()
    page = page_of(request, queries.evidence_of(here.product))
    rows = [(one, queries.is_expired(one, today)) for one in page.rows]
    runs = queries.runs_of(here.product).exclude(job__state="done").exclude(job=None)[:10]
    context = {"page": page, "rows": rows, "runs": list(runs)}
    return show(request, here, "evidence/evidence.html", context)


@in_product
@require_safe
def one(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """The answer as a headline, the proof below it. Drawn from the record alone."""
    found = _evidence(here, number)
    record, earlier = found.record, queries.before(found)
    audience = request.GET.get("for", "product")
    moved = since(earlier.record, record) if earlier else []
    newest = queries.latest_deciding(here.product)
    context = {
        "evidence": found,
        "record": record,
        "audience": audience if audience in AUDIENCES else "product",
        "audiences": [(one, TITLES[one]) for one in AUDIENCES],
        "sentences": _sentences(record, audience if audience in AUDIENCES else "product"),
        "consequences": consequences(record),
        "caught": caught(here.product.automation),
        "earlier": earlier,
        "moved": [one for one in moved if one.kind != "noise"],
        "noise": [one for one in moved if one.kind == "noise"],
        "history": _history(here.product, found),
        "expired": queries.is_expired(found, timezone.now().date()),
        "newer": newest if newest and newest.number > found.number else None,
        "further": _further(found),
        "failing": _failing(found),
        "stands": found.contract.state == State.LOCKED,
    }
    return show(request, here, "evidence/one.html", context)


@in_product
@require_safe
def report(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """The same as one self-contained file, to keep or to send."""
    found = _evidence(here, number)
    response = HttpResponse(report_page(found.record))
    name = f"{here.product.slug}-evidence-{found.number}.html"
    response.headers["Content-Security-Policy"] = REPORT_POLICY
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@in_product
@require_safe
def as_json(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """The record itself, for programs."""
    return JsonResponse(_evidence(here, number).record)


def _further(found: Evidence) -> list[tuple[str, str, str]]:
    """What else its states can be asked: title, why, address; other apps name it."""
    return [
        link for name in settings.SEXTANT_ASKED_OF_EVIDENCE for link in import_string(name)(found)
    ]


def _failing(found: Evidence) -> list[Any]:
    """How the product fails by this evidence, and what happens then; other apps say it."""
    return [one for name in settings.SEXTANT_SAID_OF_EVIDENCE for one in import_string(name)(found)]


def _evidence(here: Here, number: int) -> Evidence:
    found = queries.evidence_one(here.product, number)
    if found is None:
        raise Http404(f"There is no evidence {number}.")
    return found


def _sentences(record: dict[str, Any], audience: str) -> list[tuple[str, str]]:
    return [(one["verdict"], one["sentences"][audience]) for one in record["criteria"]]


def _history(product: Product, found: Evidence) -> list[dict[str, Any]]:
    """Each promise's figure in the evidences before this one, the oldest first."""
    rows = Evidence.objects.filter(queries.DECIDES, product=product, number__lt=found.number)
    past = list(rows.defer("states", "sample").order_by("-number")[: REMEMBERED - 1])[::-1]
    if not past:
        return []
    shown = [*past, found]
    return [
        {
            "text": criterion["text"],
            "cells": [
                (one.number, _top(one.record, criterion["text"])) for one in shown
            ],
        }
        for criterion in found.record["criteria"]
    ]  # fmt: skip


def _top(record: dict[str, Any], text: str) -> dict[str, Any] | None:
    found = next((one for one in record["criteria"] if one["text"] == text), None)
    return {**found["top"], "verdict": found["verdict"]} if found else None
