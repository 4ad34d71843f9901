"""What the strategy gate and the discovery gate require of a product as a bet."""

from __future__ import annotations

from sextant.strategy.lifecycles.gates import Required
from sextant_server.gates.known import Assessed, Bet, Facts, Requirement, Verdict

SURE, UNLIKELY = 0.8, 0.2
"""Being worth it is met from this chance on, and missed up to that: a proposal of ours."""


def assessed(required: Required, bet: Bet) -> Requirement:
    """An assessment: its verdict, unless it is missing, still covered, or has reopened."""
    key = required.framework
    where = f"assessment:{key}"
    found = bet.assessed.get(key)
    if found is None:
        says = f"{required.says} It has not been assessed; answering would decide this."
        return Requirement(key, "undecided", says, where)
    if required.begun:
        return Requirement(key, "met", f"{found.name} is begun.", where)
    return Requirement(key, *_decided(found), where)


def baseline(facts: Facts) -> Requirement:
    """The way without AI stands on record as a candidate of its own."""
    if facts.bet.baseline:
        says = "A way without AI is on record, as a candidate of its own."
        return Requirement("baseline", "met", says, "opportunity")
    says = "No way without AI is on record. Writing down what it reaches would decide this."
    return Requirement("baseline", "undecided", says, "opportunity")


def value(facts: Facts) -> Requirement:
    """Whether it is worth more than the way without AI, as surely as was agreed."""
    worth = facts.bet.worth
    if worth is None:
        says = "Nothing is known of what it is worth. A value model would decide this."
        return Requirement("value", "undecided", says, "value_model")
    says = f"{worth.says} {_chance(worth.chance)}"
    if worth.chance >= SURE and worth.expected > 0:
        return Requirement("value", "met", says, "value_model")
    if worth.chance <= UNLIKELY:
        return Requirement("value", "missed", says, "value_model")
    says += " Its next learning would decide this."
    return Requirement("value", "undecided", says, "value_model")


def kill_criterion(facts: Facts) -> Requirement:
    """What would end the bet is written down, and does not hold already."""
    if not facts.bet.kill:
        says = "Nothing is written down that would end this bet. Writing it would decide this."
        return Requirement("kill_criterion", "undecided", says, "opportunity")
    if facts.bet.dead:
        says = f"What was to end this bet has come about: {facts.bet.kill}."
        return Requirement("kill_criterion", "missed", says, "opportunity")
    says = f"What would end it is written down: {facts.bet.kill}."
    return Requirement("kill_criterion", "met", says, "opportunity")


def _decided(found: Assessed) -> tuple[Verdict, str]:
    if found.covered:
        says = f"{found.name}: the answers are not uncovered yet. Uncovering would decide this."
        return "undecided", says
    return found.verdict, f"{found.name}: {found.says}"


def _chance(share: float) -> str:
    return f"It beats the best way without AI in {100 * share:.0f} of 100 draws."
