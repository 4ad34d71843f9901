"""Which bet next: the ranking, the picture, the rules side by side, the mix."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sextant.strategy.portfolio import RULES, disagreements
from sextant.strategy.portfolio.rules import known_places
from sextant_server.accounts.acting import person_of
from sextant_server.core.access import SIGNED_IN, access
from sextant_server.products.models import STAGES
from sextant_server.strategy.bindings.gates import at_gates
from sextant_server.strategy.portfolio import telling
from sextant_server.strategy.portfolio.gathering import CANDIDATES, gather
from sextant_server.strategy.portfolio.rows import picture, rows_of
from sextant_server.ui.paging import page_of

TOLD = 8
SIZE = 25
"""Bets on a page: as many as the picture can name."""


@access(SIGNED_IN)
@require_safe
def bets(request: HttpRequest) -> HttpResponse:
    """The bets that somebody may see, all that are ahead or those of one stage."""
    today, asked = timezone.localdate(), request.GET.get("stage", "")
    stages = [stage for stage in STAGES if stage == asked] or CANDIDATES
    found = gather(person_of(request), today, stages)
    page = page_of(request, cast("Any", found.entries), count=len(found.entries), size=SIZE)
    gates = at_gates([one.product.pk for one in page.rows])
    rows = rows_of(found, page.rows, page.first, gates)
    differ = disagreements(found.bets, found.ranking, found.places)
    beaten = telling.beaten(found)
    grid, off = telling.squares(found.bets)
    context = {
        "page": page,
        "rows": rows,
        "found": found,
        "answer": telling.answer(found),
        "footing": telling.footing(found),
        "stage": asked if len(stages) == 1 else "",
        "stages": [("", "All that are ahead"), *((one.value, one.label) for one in STAGES)],
        "picture": picture(rows, found.currency, found.measures),
        "apart": [one for one in page.rows if one.bet.value is None],
        "rules": [(rule, known_places(rule, found.bets)) for rule in RULES],
        "differ": differ[:TOLD],
        "more_differ": max(0, len(differ) - TOLD),
        "spread": telling.spread(found),
        "beaten": beaten[:TOLD],
        "more_beaten": max(0, len(beaten) - TOLD),
        "grid": grid,
        "off_grid": len(off),
        "ahead": telling.ahead(page.rows, today),
    }
    return render(request, "portfolio/bets.html", context)
