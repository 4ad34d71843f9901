"""Everything that changes frameworks, assessments and measures."""

from sextant_server.strategy.assessments.actions.answering import (
    answer,
    confirm,
    hand_in,
    settle,
)
from sextant_server.strategy.assessments.actions.beginning import ask, begin, begin_anew, uncover
from sextant_server.strategy.assessments.actions.frameworks import draft, publish, withdraw, write
from sextant_server.strategy.assessments.actions.measures import (
    Wanted,
    change_measure,
    take_measure,
    withdraw_measure,
)
from sextant_server.strategy.assessments.values import Said

__all__ = [
    "Said",
    "Wanted",
    "answer",
    "ask",
    "begin",
    "begin_anew",
    "change_measure",
    "confirm",
    "draft",
    "hand_in",
    "publish",
    "settle",
    "take_measure",
    "uncover",
    "withdraw",
    "withdraw_measure",
    "write",
]
