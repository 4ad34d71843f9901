"""The computed verdict of a gate: what it requires, what is there, what would decide the rest.

A pure function of facts. What is absent is undecided, never met; what decides it is in the
sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from sextant.strategy.lifecycles.gates import required
from sextant_server.gates.bet import assessed, baseline, kill_criterion, value
from sextant_server.gates.failing import failures
from sextant_server.gates.fair import fairness
from sextant_server.gates.known import Facts, Found, Requirement, Verdict
from sextant_server.products.models import STAGES, Risk, Stage


def requirements(facts: Facts) -> list[Requirement]:
    """What the gate requires before the product may go where it is to go."""
    if is_back(facts.origin, facts.target) or facts.target == Stage.RETIRED:
        return []
    return list(_forward(facts))


def verdict_of(found: Sequence[Requirement]) -> Verdict:
    """Missed where one is missed, met where all are, else undecided. Nothing required is met."""
    verdicts = [one.verdict for one in found]
    if "missed" in verdicts:
        return "missed"
    return "met" if all(one == "met" for one in verdicts) else "undecided"


def is_back(origin: Stage, target: Stage) -> bool:
    """Whether the gate leads to an earlier stage."""
    return STAGES.index(target) < STAGES.index(origin)


def _forward(facts: Facts) -> Iterator[Requirement]:
    """What the table of gates, and frameworks written here, ask of a product of this risk."""
    asked = required(str(facts.target), str(facts.risk), str(facts.automation), facts.grouped)
    names = {one.requirement for one in asked}
    for one in (*asked, *(own for own in facts.bet.own if own.requirement not in names)):
        find = OF_RECORDS.get(one.requirement)
        yield find(facts) if find else assessed(one, facts.bet)


def _outcome(facts: Facts) -> Requirement:
    absent = "What shall change, from what to what, by when, is not stated"
    return _present("outcome", facts.outcome, "The outcome is stated", absent, "product_edit")


def _problem(facts: Facts) -> Requirement:
    told = facts.affected if facts.problem else ""
    absent = "The problem, or whom it affects, is not told"
    there = "The problem and whom it affects are told"
    return _present("problem", told, there, absent, "product_edit")


def _owner(facts: Facts) -> Requirement:
    absent = "Nobody with an open account owns it"
    return _present("owner", facts.owner, f"{facts.owner} answers for it", absent, "product_people")


def _present(name: str, value: str, there: str, absent: str, where: str) -> Requirement:
    if value:
        return Requirement(name, "met", f"{there}.", where)
    return Requirement(name, "undecided", f"{absent}. Saying it would decide this.", where)


def _contract(facts: Facts) -> Requirement:
    if facts.contract is None:
        says = "No contract is locked. Writing it, two signatures and a lock would decide this."
        return Requirement("contract", "undecided", says, "contracts")
    by = " and ".join(facts.signed)
    says = f"Contract {facts.contract} is locked, signed by {by}."
    return Requirement("contract", "met", says, "contracts")


def _evidence(facts: Facts) -> Requirement:
    """The verdict of the evidence, unless something keeps it from counting."""
    found = facts.evidence
    if found is None:
        says = "There is no evidence under the locked contract. A run would decide this."
        return Requirement("evidence", "undecided", says, "evidence")
    where = f"evidence:{found.number}"
    if obstacle := _obstacle(found, facts.today):
        return Requirement("evidence", "undecided", obstacle, where)
    if found.seen is not None and found.verdict == "met":
        says = (
            f"Its rows were seen before the lock (evidence {found.seen}): met then proves nothing."
            " New data would decide this."
        )
        return Requirement("evidence", "undecided", says, where)
    return Requirement("evidence", found.verdict, found.headline, where)


def _obstacle(found: Found, today: date) -> str:
    """Why evidence does not count, whatever it says."""
    if found.draft:
        return f"Evidence {found.number} is that of a draft. A run of the locked contract decides."
    if not found.stands:
        return (
            f"Evidence {found.number} answers contract {found.contract}, which no longer counts."
            " A run of the locked one would decide this."
        )
    if found.aside:
        return f"Evidence {found.number} decides nothing. {found.aside}"
    if found.newer is not None:
        return (
            f"Evidence {found.newer} is newer than evidence {found.number}, which lies before it."
            " Laying it before the gate would decide this."
        )
    if found.expires_on is not None and found.expires_on < today:
        gone = f"{found.expires_on.day} {found.expires_on:%b %Y}"
        return f"Evidence {found.number} expired on {gone}. A run on new data would decide this."
    return ""


def _review(facts: Facts) -> Requirement:
    why = "The risk is high" if facts.risk == Risk.HIGH else "The product decides alone"
    if facts.reviewed:
        says = f"{why}, and a reviewer has spoken: {', '.join(facts.reviewed)}."
        return Requirement("review", "met", says)
    says = f"{why}, and no reviewer has spoken. An opinion at this gate would decide this."
    return Requirement("review", "undecided", says)


def _conditions(facts: Facts) -> Requirement:
    if facts.overdue:
        listed = "; ".join(facts.overdue)
        return Requirement("conditions", "missed", f"Conditions are overdue: {listed}.", "gates")
    return Requirement("conditions", "met", "No condition of an earlier decision is overdue.")


OF_RECORDS: Mapping[str, Callable[[Facts], Requirement]] = {
    "outcome": _outcome,
    "problem": _problem,
    "owner": _owner,
    "baseline": baseline,
    "value": value,
    "kill_criterion": kill_criterion,
    "contract": _contract,
    "evidence": _evidence,
    "review": _review,
    "conditions": _conditions,
    "failures": failures,
    "fairness": fairness,
}
"""How each requirement that is no framework is found out."""
