"""What is kept of ideas, goals and bets."""

from sextant_server.strategy.opportunities.models.bet import Bet, KillState
from sextant_server.strategy.opportunities.models.choices import (
    AlternativeKind,
    DependencyKind,
    Fit,
    Impact,
    Period,
    Role,
    Severity,
)
from sextant_server.strategy.opportunities.models.goal import Goal, GoalKind, GoalLink
from sextant_server.strategy.opportunities.models.idea import Idea, IdeaState
from sextant_server.strategy.opportunities.models.known import (
    Alternative,
    Dependency,
    PainPoint,
    Why,
)

__all__ = [
    "Alternative",
    "AlternativeKind",
    "Bet",
    "Dependency",
    "DependencyKind",
    "Fit",
    "Goal",
    "GoalKind",
    "GoalLink",
    "Idea",
    "IdeaState",
    "Impact",
    "KillState",
    "PainPoint",
    "Period",
    "Role",
    "Severity",
    "Why",
]
