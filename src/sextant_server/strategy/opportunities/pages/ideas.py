"""The inbox of ideas, one idea with its doubts, and the bet that it becomes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from sextant.strategy.opportunities.hype import Doubt, Recorded, doubts
from sextant.strategy.opportunities.reframe import Reframed, reframe
from sextant_server.accounts.acting import Acting, person_of
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.access import MEMBER, SIGNED_IN, access
from sextant_server.products.forms import AboutForm
from sextant_server.products.queries import visible_to
from sextant_server.strategy.opportunities import actions, queries
from sextant_server.strategy.opportunities.forms import IdeaForm, ReasonForm
from sextant_server.strategy.opportunities.models import Idea, IdeaState
from sextant_server.strategy.opportunities.pages.shown import person
from sextant_server.ui.paging import page_of

VIEWS = {
    "": ("Open", (IdeaState.NEW, IdeaState.KEPT)),
    "product": ("Became a product", (IdeaState.PRODUCT,)),
    "declined": ("Declined", (IdeaState.DECLINED,)),
}
MOST_NAME = 80


@access(SIGNED_IN)
def ideas(request: HttpRequest) -> HttpResponse:
    """The ideas, what each leaves open, and those that nobody has looked at for long."""
    user, view = person_of(request), request.GET.get("view", "")
    view = view if view in VIEWS else ""
    form = IdeaForm(request.POST or None)
    if request.method == "POST":
        by = Acting.of(request)
        if made := attempt(form, lambda: actions.add_idea(by, form.content())):
            messages.success(request, "It is in the inbox.")
            return redirect(made)
    rows = queries.ideas_for(user)
    page = page_of(request, rows.filter(state__in=VIEWS[view][1]), size=25)
    silent = list(queries.unreviewed(rows, timezone.localdate())[:25])
    context = {
        "form": form,
        "page": page,
        "view": view,
        "views": [(key, word) for key, (word, _) in VIEWS.items()],
        "rows": [(one, reframe(one.text), len(_doubts(one)), person(one.created_by))
                 for one in page.rows],
        "silent": silent,
        "days": queries.REVIEW_DAYS,
    }  # fmt: skip
    return render(request, "opportunities/ideas.html", context, status=_status(form))


@access(SIGNED_IN)
def idea(request: HttpRequest, idea_id: int) -> HttpResponse:
    """One idea: how else it can be put, what is to be doubted, and what becomes of it."""
    found = _idea(request, idea_id)
    return _shown(request, found, ReasonForm(initial={"version": found.version}))


@access(MEMBER)
@require_POST
def judge(request: HttpRequest, idea_id: int, verdict: str) -> HttpResponse:
    """Keep or decline it, with the reason."""
    found, acts = _idea(request, idea_id), {"keep": actions.keep, "decline": actions.decline}
    if verdict not in acts:
        raise Http404(f"Nothing is called '{verdict[:40]}' here.")
    form, by = ReasonForm(request.POST), Acting.of(request)
    if attempt(form, lambda: acts[verdict](by, found, form.cleaned_data["reason"], form.seen)):
        messages.success(request, "It is said.")
        return redirect("ideas")
    found.refresh_from_db()
    return _shown(request, found, form)


@access(MEMBER)
def begin(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Make it a bet: a product begins, with what the idea says of its problem."""
    found = _idea(request, idea_id)
    initial = {
        "name": found.text[:MOST_NAME], "problem": found.problem, "affected": found.affected,
        "version": found.version, "risk": "limited", "automation": "reviewed", "is_open": True,
    }  # fmt: skip
    form = AboutForm(request.POST or None, initial=initial)
    if request.method == "POST":
        by = Acting.of(request)
        made = attempt(form, lambda: actions.make_bet(
            by, found, form.about(), form.cleaned_data["version"] or 0
        ))  # fmt: skip
        if made:
            messages.success(request, f"{made} is a bet now. You own it.")
            return redirect("opportunity", made.slug)
    context = {"form": form, "idea": found, "framing": reframe(found.text)}
    return render(request, "opportunities/idea_bet.html", context, status=_status(form))


def _shown(request: HttpRequest, found: Idea, form: ReasonForm) -> HttpResponse:
    user = person_of(request)
    product = found.product and visible_to(user).filter(pk=found.product.pk).first()
    told: tuple[Doubt, ...] = _doubts(found)
    framing: Reframed = reframe(found.text)
    context: dict[str, Any] = {
        "idea": found,
        "framing": framing,
        "doubts": told,
        "form": form,
        "product": product,
        "who": person(found.created_by),
        "looked": person(found.looked_by),
    }
    return render(request, "opportunities/idea.html", context, status=_status(form))


def _idea(request: HttpRequest, idea_id: int) -> Idea:
    found = queries.ideas_for(person_of(request)).filter(pk=idea_id).first()
    if found is None:
        raise Http404("There is no such idea, or it is not open to you.")
    return found


def _doubts(of: Idea) -> tuple[Doubt, ...]:
    metric = reframe(of.text).parts.get("metric", "")
    return doubts(Recorded(of.text, of.problem, metric, today=bool(of.today)))


def _status(form: Any) -> int:
    return 422 if form.errors else 200
