"""What the company is for, and what shall change: the tree that bets hang on."""

from __future__ import annotations

from sextant_server.accounts.acting import Acting
from sextant_server.strategy.opportunities.actions import GoalSaid, add_goal
from sextant_server.strategy.opportunities.models import Goal, GoalKind

VISION = "People get what they are owed and what they came for, at once and in the right hands"
TREE = (
    ("service", GoalKind.GOAL, "vision", "Serving people costs a fifth less by 2028",
     "cost of service per customer and year"),
    ("trust", GoalKind.GOAL, "vision", "Nobody is harmed by a decision of ours that we could see",
     "complaints upheld per 10,000 decisions"),
    ("sales", GoalKind.GOAL, "vision", "The shop grows by what people find, not by advertising",
     "sales per visit"),
    ("support", GoalKind.OUTCOME, "service", "Support costs 30 % less",
     "customer support cost per month"),
    ("checks", GoalKind.OUTCOME, "service", "Half of the income checks need no official",
     "manual income checks per 1,000 applications"),
    ("paper", GoalKind.OUTCOME, "service", "Invoices are booked on the day they come",
     "minutes of typing per invoice"),
    ("fraud", GoalKind.OUTCOME, "trust", "Accounts are not taken over unnoticed",
     "accounts taken over per 100,000 logins"),
    ("found", GoalKind.OUTCOME, "sales", "Visitors find something on the front page",
     "clicks per 1,000 recommendations"),
)  # fmt: skip


def plant(by: Acting) -> dict[str, Goal]:
    """The whole tree, by the keys of its goals."""
    found = {"vision": add_goal(by, GoalSaid(GoalKind.VISION, VISION))}
    for key, kind, parent, text, metric in TREE:
        found[key] = add_goal(by, GoalSaid(kind, text, metric, found[parent]))
    return found
