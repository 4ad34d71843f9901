"""Everything that changes gates."""

from sextant_server.gates.actions.asking import ask, take_evidence, withdraw
from sextant_server.gates.actions.deciding import Asked, decide, meet_condition, refuse, second
from sextant_server.gates.actions.talking import answer, question, state_opinion

__all__ = [
    "Asked",
    "answer",
    "ask",
    "decide",
    "meet_condition",
    "question",
    "refuse",
    "second",
    "state_opinion",
    "take_evidence",
    "withdraw",
]
