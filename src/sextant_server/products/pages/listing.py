"""The products that somebody may see, and beginning one."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from sextant.strategy.lifecycles import cycles
from sextant_server.accounts.acting import Acting, person_of
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.access import MEMBER, SIGNED_IN, access
from sextant_server.products import actions, queries
from sextant_server.products.forms import AboutForm
from sextant_server.products.lenses import Lens
from sextant_server.products.models import Membership, Part
from sextant_server.ui.paging import page_of


@access(SIGNED_IN)
@require_safe
def products(request: HttpRequest) -> HttpResponse:
    """Every visible product with its stage and its owner, by the names of any life cycle."""
    lens, rows = Lens.of(request.GET.dict()), queries.visible_to(person_of(request))
    counted = rows.order_by().values("stage").annotate(n=Count("pk"))
    stages = {one["stage"]: one["n"] for one in counted}
    if lens.step:
        rows = rows.filter(stage__in=lens.step.stages)
    owners = Membership.objects.filter(part=Part.OWNER).select_related("user")
    page = page_of(request, rows.prefetch_related(Prefetch("memberships", owners, "owners")))
    context = {
        "page": page,
        "listed": [(one, lens.named(one.stage)) for one in page.rows],
        "lens": lens,
        "steps": lens.counted(stages),
        "all": sum(stages.values()),
        "cycles": cycles().values(),
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
