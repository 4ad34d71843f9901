"""Everything that changes ideas, goals, bets and what is known of them."""

from sextant_server.strategy.opportunities.actions.bets import (
    report_kill,
    set_effort,
    set_kind,
    set_stake,
)
from sextant_server.strategy.opportunities.actions.drafts import draft_from_pattern
from sextant_server.strategy.opportunities.actions.goals import (
    GoalSaid,
    add_goal,
    change_goal,
    drop_goal,
)
from sextant_server.strategy.opportunities.actions.ideas import (
    IdeaSaid,
    add_idea,
    decline,
    keep,
    make_bet,
)
from sextant_server.strategy.opportunities.actions.records import add, change, drop

__all__ = [
    "GoalSaid",
    "IdeaSaid",
    "add",
    "add_goal",
    "add_idea",
    "change",
    "change_goal",
    "decline",
    "draft_from_pattern",
    "drop",
    "drop_goal",
    "keep",
    "make_bet",
    "report_kill",
    "set_effort",
    "set_kind",
    "set_stake",
]
