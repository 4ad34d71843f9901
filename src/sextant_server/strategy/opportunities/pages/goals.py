"""The tree of goals: from why the company is there to the metric of an AI that should move it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sextant_server.accounts.acting import Acting, person_of
from sextant_server.accounts.pages.forms import attempt
from sextant_server.core.access import MEMBER, SIGNED_IN, access
from sextant_server.core.errors import Refused
from sextant_server.core.numbers import number_in
from sextant_server.products.models import Stage
from sextant_server.products.queries import visible_to
from sextant_server.strategy.opportunities import actions, queries
from sextant_server.strategy.opportunities.forms import GoalForm
from sextant_server.strategy.opportunities.models import Goal, GoalKind, GoalLink

DEEPEST = 5
MOST_LOOSE = 100


@dataclass(frozen=True, slots=True)
class Branch:
    """A goal at its depth in the tree, with the products that serve it."""

    goal: Goal
    depth: int
    links: list[GoalLink]


@access(SIGNED_IN)
def goals(request: HttpRequest) -> HttpResponse:
    """The tree, pairing each number of the business with that of the AI; and who serves nothing."""
    user = person_of(request)
    rows = queries.goals() if user.is_member else []
    form = GoalForm(rows, request.POST or None, initial={"kind": GoalKind.GOAL})
    if request.method == "POST":
        by = Acting.of(request)
        if made := attempt(form, lambda: actions.add_goal(by, form.content())):
            messages.success(request, f"It is in the tree: {made}")
            return redirect("goals")
    visible = visible_to(user)
    links = queries.links_among(visible) if rows else []
    served = {one.product_id for one in links}
    loose = visible.exclude(stage=Stage.RETIRED).exclude(pk__in=served)[:MOST_LOOSE]
    context = {
        "form": form, "tree": tree(rows, links), "loose": list(loose),
        "paired": sum(bool(one.metric) for one in links),
        "has_vision": any(one.kind == GoalKind.VISION for one in rows),
    }  # fmt: skip
    return _render(request, "opportunities/goals.html", context, form)


@access(MEMBER)
def goal(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Change a goal or its place."""
    rows = queries.goals()
    found = _goal(rows, goal_id)
    initial = {name: getattr(found, name) for name in ("kind", "text", "metric", "version")}
    others = [one for one in rows if one.pk != found.pk]
    form = GoalForm(others, request.POST or None, initial={**initial, "parent": found.parent_id})
    if request.method == "POST":
        by = Acting.of(request)
        if attempt(form, lambda: actions.change_goal(by, found, form.content(), form.seen)):
            messages.success(request, "It is kept.")
            return redirect("goals")
    return _render(request, "opportunities/goal.html", {"form": form, "goal": found}, form)


@access(MEMBER)
@require_POST
def drop(request: HttpRequest, goal_id: int) -> HttpResponse:
    """Take a goal out of the tree."""
    found = _goal(queries.goals(), goal_id)
    try:
        actions.drop_goal(Acting.of(request), found, number_in(request.POST, "version"))
        messages.success(request, f"It is dropped: {found}")
    except Refused as refused:
        messages.error(request, refused.detail)
    return redirect("goals")


def tree(rows: list[Goal], links: list[GoalLink]) -> list[Branch]:
    """The goals, each under its own; what serves them beside them, the closest first."""
    under: dict[int | None, list[Goal]] = {}
    for one in rows:
        under.setdefault(one.parent_id, []).append(one)
    serving: dict[int, list[GoalLink]] = {}
    for link in sorted(links, key=lambda one: (-one.fit, one.pk)):
        serving.setdefault(link.goal_id, []).append(link)
    found: list[Branch] = []
    ahead = [(one, 0) for one in reversed(under.get(None, []))]
    while ahead:
        at, depth = ahead.pop()
        found.append(Branch(at, min(depth, DEEPEST), serving.get(at.pk, [])))
        ahead += [(one, depth + 1) for one in reversed(under.get(at.pk, []))]
    return found


def _goal(rows: list[Goal], goal_id: int) -> Goal:
    found = next((one for one in rows if one.pk == goal_id), None)
    if found is None:
        raise Http404("There is no such goal; somebody may have dropped it.")
    return found


def _render(
    request: HttpRequest, template: str, context: dict[str, Any], form: GoalForm
) -> HttpResponse:
    return render(request, template, context, status=422 if form.errors else 200)
