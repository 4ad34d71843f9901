"""What happens to the tree of goals; it belongs to all members."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from sextant_server.accounts.acting import Acting
from sextant_server.core.errors import Conflict
from sextant_server.strategy.opportunities.actions.ideas import member
from sextant_server.strategy.opportunities.actions.records import STALE
from sextant_server.strategy.opportunities.checking import line, one_of
from sextant_server.strategy.opportunities.graphs import refuse_cycle
from sextant_server.strategy.opportunities.models import Goal, GoalKind

MOST = 500
"""So many goals; more are no goals."""


@dataclass(frozen=True, slots=True)
class GoalSaid:
    """A goal as somebody writes it."""

    kind: str
    text: str
    metric: str = ""
    parent: Goal | None = None


@transaction.atomic
def add_goal(by: Acting, said: GoalSaid) -> Goal:
    """Put a goal into the tree; the same one at the same place is kept once."""
    user, fields = member(by), _fields(said)
    goals = _tree()
    same = (one for one in goals.values() if all(getattr(one, k) == v for k, v in fields.items()))
    if held := next(same, None):
        return held
    if len(goals) >= MOST:
        raise Conflict(f"{MOST} goals are kept. Drop some: so many steer nobody.")
    made = Goal.objects.create(edited_by=user, **fields)
    by.record("goal.added", made.subject, text=made.text, kind=str(made.kind))
    return made


@transaction.atomic
def change_goal(by: Acting, goal: Goal, said: GoalSaid, version: int) -> Goal:
    """Change a goal or its place; a place under itself is refused, with the way."""
    user, fields = member(by), _fields(said)
    goals = _tree()
    held = _fresh(goals, goal, version)
    parent = fields["parent"]
    if parent is not None:
        edges = [(one.pk, one.parent_id) for one in goals.values()
                 if one.parent_id and one.pk != held.pk]  # fmt: skip
        refuse_cycle(edges, held.pk, parent.pk, lambda keys: _names(goals, keys), "parent", "under")
    changed = [name for name, value in fields.items() if getattr(held, name) != value]
    if changed:
        for name in changed:
            setattr(held, name, fields[name])
        held.version += 1
        held.edited_by = user
        held.save()
        by.record("goal.changed", held.subject, text=held.text, parent=held.parent_id)
    return held


@transaction.atomic
def drop_goal(by: Acting, goal: Goal, version: int) -> None:
    """Take a goal out of the tree, where nothing hangs on it."""
    member(by)
    goals = _tree()
    if goal.pk not in goals:
        return
    held = _fresh(goals, goal, version)
    under = sum(one.parent_id == held.pk for one in goals.values())
    served = held.links.count()
    if under or served:
        raise Conflict(
            f"{under} goals stand under it and {served} products serve it. Move them first."
        )
    by.record("goal.dropped", held.subject, text=held.text)
    held.delete()


def _tree() -> dict[int, Goal]:
    """All goals, held: two who move parts of the tree at once could close a circle together."""
    return {one.pk: one for one in Goal.objects.select_for_update().order_by("pk")}


def _fresh(goals: dict[int, Goal], goal: Goal, version: int) -> Goal:
    held = goals.get(goal.pk)
    if held is None:
        raise Conflict("Somebody has dropped this goal since you opened the page.")
    if held.version != version:
        raise Conflict(STALE)
    return held


def _fields(said: GoalSaid) -> dict[str, Any]:
    return {
        "kind": one_of(said.kind, GoalKind.values, "kind"),
        "text": line(said.text, "text", 200, "What is wanted? One sentence."),
        "metric": line(said.metric, "metric", 160),
        "parent": said.parent,
    }


def _names(goals: dict[int, Goal], keys: Iterable[int]) -> dict[int, str]:
    return {key: goals[key].text for key in keys}
