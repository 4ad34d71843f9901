"""The library of use cases: where to begin, what to promise, and how it usually fails."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from sextant.strategy.opportunities.industries import industries
from sextant.strategy.opportunities.kinds import FAMILIES, TECHNIQUES
from sextant.strategy.opportunities.patterns import Pattern, shipped_pattern
from sextant.strategy.opportunities.patterns import patterns as shipped
from sextant_server.accounts.acting import Acting, person_of
from sextant_server.accounts.models import User
from sextant_server.core.access import SIGNED_IN, access
from sextant_server.core.errors import Refused
from sextant_server.core.numbers import number_in
from sextant_server.products.abilities import ABILITIES
from sextant_server.products.models import Product
from sextant_server.products.queries import visible_to
from sextant_server.strategy.opportunities import actions, queries
from sextant_server.strategy.opportunities.actions.bets import Kind


@access(SIGNED_IN)
@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """All patterns, the wizard from a decision to a family of task, and the industries."""
    context = {
        "patterns": [(one, FAMILIES[one.family].name.lower()) for one in shipped().values()],
        "families": list(FAMILIES.values()),
        "techniques": list(TECHNIQUES.values()),
        "industries": list(industries().values()),
    }
    return render(request, "opportunities/patterns.html", context)


@access(SIGNED_IN)
def pattern(request: HttpRequest, key: str) -> HttpResponse:
    """One pattern whole; POST takes it for a bet of one's own."""
    found = shipped_pattern(key)
    if found is None:
        raise Http404(f"There is no pattern '{key[:40]}'.")
    mine = list(explorable(person_of(request)))
    if request.method == "POST":
        return _use(request, found)
    context = {
        "pattern": found,
        "family": FAMILIES[found.family],
        "technique": TECHNIQUES[found.technique],
        "mine": mine,
    }
    return render(request, "opportunities/pattern.html", context)


def explorable(user: User) -> list[Product]:
    """The products in which somebody may write down what is known, with their bets."""
    parts = ABILITIES["explore"].parts
    rows = Product.objects.filter(memberships__user=user, memberships__part__in=parts)
    return list(rows.select_related("bet").distinct())


def _use(request: HttpRequest, found: Pattern) -> HttpResponse:
    """Fill technique and family of a bet from the pattern; what else is said of it stays."""
    rows = visible_to(person_of(request))
    product = get_object_or_404(rows, pk=number_in(request.POST, "product"))
    held = queries.bet_of(product)
    said = Kind(
        held.technique, held.family, held.pattern, held.industry, held.scope
    ) if held else Kind()  # fmt: skip
    wanted = replace(said, technique=found.technique, family=found.family, pattern=found.key)
    try:
        actions.set_kind(
            Acting.of(request), product, wanted, number_in(request.POST, f"version-{product.pk}")
        )
        messages.success(request, f"{product} follows the pattern “{found.name}”.")
    except Refused as refused:
        messages.error(request, refused.detail)
        return redirect("pattern", found.key)
    return redirect("opportunity", product.slug)
