"""The products that somebody may see, and beginning one."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from sextant_server.accounts.acting import Acting, person_of
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.access import MEMBER, SIGNED_IN, access
from sextant_server.products import actions, queries
from sextant_server.products.forms import AboutForm
from sextant_server.products.lenses import LENSES
from sextant_server.products.models import Membership, Part
from sextant_server.ui.paging import page_of


@access(SIGNED_IN)
@require_safe
def products(request: HttpRequest) -> HttpResponse:
    """Every visible product with its stage and its owner, all or through a lens."""
    user, lens = person_of(request), request.GET.get("lens", "")
    rows = queries.visible_to(user)
    if lens in LENSES:
        rows = rows.filter(stage__in=LENSES[lens][1])
    owners = Membership.objects.filter(part=Part.OWNER).select_related("user")
    page = page_of(request, rows.prefetch_related(Prefetch("memberships", owners, "owners")))
    context = {
        "page": page,
        "lens": lens if lens in LENSES else "",
        "lenses": [("", "All"), *((key, word) for key, (word, _) in LENSES.items())],
    }
    return render(request, "products/products.html", context)


@access(MEMBER)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a product: as an opportunity, owned by whoever begins it."""
    initial = {"risk": "limited", "automation": "reviewed", "is_open": True}
    form = AboutForm(request.POST or None, initial=initial)
    if request.method == "POST":
        by = Acting.of(request)
        made = attempt(form, lambda: actions.begin(by, form.about()))
        if made:
            messages.success(request, f"{made} is begun. You own it.")
            return redirect("product", made.slug)
    return render(request, "products/new.html", {"form": form}, status=422 if form.errors else 200)
