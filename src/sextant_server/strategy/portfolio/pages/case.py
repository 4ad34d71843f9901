"""The case for leadership, as a page and as a PDF of one page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sextant_server.products.entering import Here, in_product, show
from sextant_server.products.queries import visible_to
from sextant_server.strategy.opportunities.queries import alternatives_of, whys_of
from sextant_server.strategy.portfolio import document
from sextant_server.strategy.portfolio.case import case_of, name_of
from sextant_server.strategy.portfolio.gathering import CANDIDATES, portfolio_of
from sextant_server.strategy.portfolio.rows import value_bar


@in_product
@require_safe
def case(request: HttpRequest, here: Here) -> HttpResponse:
    """The case as it stands now."""
    held = _case(here)
    return show(request, here, "portfolio/case.html", {"case": held, "bar": value_bar(held)})


@in_product
@require_safe
def case_pdf(request: HttpRequest, here: Here) -> HttpResponse:
    """The same as a file."""
    held = _case(here)
    name = name_of(held, here.product.slug)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(document.pdf(held), content_type="application/pdf", headers=headers)


def _case(here: Here) -> dict[str, Any]:
    """The case among all bets that are ahead, and this one whatever its stage."""
    today, product = timezone.localdate(), here.product
    ahead = list(visible_to(here.user).filter(stage__in=CANDIDATES))
    products = ahead if product in ahead else [*ahead, product]
    found = portfolio_of(products, today)
    entry = next(one for one in found.entries if one.product.pk == product.pk)
    return case_of(found, entry, whys_of(product), alternatives_of(product), today)
