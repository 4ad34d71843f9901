"""Outcomes that people own, and what was measured of them; no list of tasks."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sextant.words.numbers import word
from sextant_server.accounts.acting import person_of
from sextant_server.core.access import SIGNED_IN, access
from sextant_server.core.numbers import number_in
from sextant_server.products.models import Product
from sextant_server.strategy.team import queries
from sextant_server.strategy.team.records import Recorded, evidence_of, held, people_of
from sextant_server.ui.paging import page_of


@access(SIGNED_IN)
@require_safe
def outcomes(request: HttpRequest) -> HttpResponse:
    """The outcome of each product, who answers for it, and what its newest evidence says."""
    user, today = person_of(request), timezone.now().date()
    people = list(queries.colleagues(user)[:200])
    asked = number_in(request.GET, "person")
    person = next((one for one in people if one.pk == asked), None)
    page = page_of(request, queries.owned(user, person.pk if person else 0))
    found = held(page.rows)
    rows = [(one, people_of(found[one.pk]), evidence_of(found[one.pk], today)) for one in page.rows]
    context = {
        "page": page,
        "rows": rows,
        "people": people,
        "person": person,
        "headline": _headline(rows, str(person or "")),
    }
    return render(request, "team/outcomes.html", context)


def _headline(rows: Sequence[tuple[Product, Recorded, Recorded]], person: str) -> str:
    """How many outcomes are owned, and of how many products every promise is met."""
    stated = sum(product.has_outcome for product, _, _ in rows)
    kept = sum(evidence.verdict == "met" for _, _, evidence in rows)
    if not stated:
        return f"{person} owns no outcome yet." if person else "No outcome is owned yet."
    owned = f"{word(stated)} outcome{'' if stated == 1 else 's'}"
    told = f"{person} works for {owned}" if person else (
        f"{owned.capitalize()} {'is' if stated == 1 else 'are'} owned"
    )  # fmt: skip
    if kept:
        return f"{told}; {word(kept)} with every promise met."
    return f"{told}; none with every promise met."
