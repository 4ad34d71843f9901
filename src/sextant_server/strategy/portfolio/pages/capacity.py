"""Who is there and what the bets need of them, by role and month."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sextant_server.accounts.acting import Acting, person_of
from sextant_server.accounts.models import User
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.access import SIGNED_IN, access
from sextant_server.products.queries import visible_to
from sextant_server.strategy.opportunities.models import Role
from sextant_server.strategy.opportunities.queries import known
from sextant_server.strategy.portfolio import actions, queries
from sextant_server.strategy.portfolio.forms import CapacityForm
from sextant_server.strategy.portfolio.gathering import CANDIDATES
from sextant_server.strategy.portfolio.planning import Plan, planned

SHOWN = 20


@access(SIGNED_IN)
def capacity(request: HttpRequest) -> HttpResponse:
    """The plan of the coming year; members say who is there, a role at a time."""
    user = person_of(request)
    role = request.GET.get("role", "")
    form = _form(request, role) if user.is_member else None
    if request.method == "POST":
        by = Acting.of(request)
        sent = form or CapacityForm(request.POST)
        made = attempt(sent, lambda: actions.set_capacity(
            by, sent.staffing(), sent.cleaned_data["version"] or 0
        ))  # fmt: skip
        if made:
            messages.success(request, f"{made[0].get_role_display()}: kept for {len(made)} months.")
            return redirect("capacity")
        form = sent if user.is_member else None
    plan = _plan(user)
    context = {
        "plan": plan,
        "form": form,
        "answer": answer(plan),
        "roles": Role.choices,
        "worst_role": queries.role_name(plan.worst.role) if plan.worst else "",
        "role_name": queries.role_name(str(form["role"].value())) if form else "",
        "unplanned": plan.unplanned[:SHOWN],
        "more": max(0, len(plan.unplanned) - SHOWN),
    }
    failed = request.method == "POST"
    return render(request, "portfolio/capacity.html", context, status=422 if failed else 200)


def _plan(user: User) -> Plan:
    today = timezone.localdate()
    products = list(visible_to(user).filter(stage__in=CANDIDATES))
    facts = known([one.pk for one in products], today)
    first = today.replace(day=1)
    there = queries.people(queries.capacities(first, first.replace(year=first.year + 1)))
    return planned([(one, facts[one.pk]) for one in products], there, today)


def _form(request: HttpRequest, role: str) -> CapacityForm:
    """The form of a role, with the version of its plan as it is shown."""
    chosen = role if role in Role.values else str(Role.values[0])
    initial = {
        "role": chosen,
        "version": actions.version_of(queries.plan_of(chosen)),
        "month": timezone.localdate().replace(day=1),
        "months": 6,
    }
    return CapacityForm(request.POST or None, initial=initial)


def answer(plan: Plan) -> str:
    """The headline: the first month that breaks, or that all fits, or that nobody can say."""
    worst = plan.worst
    if not plan.planned:
        return "No bet is planned yet: none has a start, a length and an effort by role."
    if worst is None:
        noun = "The one planned bet fits" if plan.planned == 1 else "The planned bets fit"
        return f"{noun} the people who are there."
    month, role = f"{worst.month:%B %Y}", queries.role_name(worst.role)
    if worst.verdict == "missed":
        return f"{month} does not fit: {role} cannot do all that is planned."
    if worst.there is None:
        return f"{month} may not fit: nobody has said how many of {role} are there."
    return f"{month} may not fit: it depends on how much is needed of {role}."
