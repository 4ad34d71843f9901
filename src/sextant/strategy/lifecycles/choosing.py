"""Which life cycle suits a team: a recommendation from stated facts, with its reasons.

The sources say what each method is best for; the order of the rules is a proposal of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a team can say of itself with yes or no."""

    key: str
    asks: str
    yes: str
    no: str


FACTS = (
    Fact(
        "cross_functional",
        "Do product, design, engineering and data people answer for one outcome together?",
        "One team answers for the outcome",
        "No single team answers for the outcome",
    ),
    Fact(
        "data_science",
        "Do data scientists work as a team of their own on the model?",
        "data scientists plan their own work on the model",
        "no separate team works on the model",
    ),
    Fact(
        "people_use_it",
        "Do people outside the team see or feel what it does?",
        "people will see or feel what it does",
        "nobody outside the team meets it",
    ),
    Fact(
        "one_question",
        "Is it one analysis that ends with an answer, rather than something that keeps running?",
        "it ends with an answer",
        "it keeps running",
    ),
)


@dataclass(frozen=True, slots=True)
class Advice:
    """The cycle for the whole, the one for the work inside it (or none), and why.

    `open` names the facts that nobody has stated and that could change it.
    """

    cycle: str
    inside: str
    why: str
    open: tuple[str, ...] = ()


def advise(stated: Mapping[str, bool]) -> Advice | None:
    """What the stated facts recommend; None where nothing is stated.

    What is not stated is tried both ways: if the advice would change, the fact is `open`.
    """
    known = {fact.key: stated[fact.key] for fact in FACTS if fact.key in stated}
    if not known:
        return None
    cycle, inside = _rule(known)
    unknown = [fact for fact in FACTS if fact.key not in known]
    return Advice(cycle, inside, _why(known, cycle, inside), tuple(
        fact.key for fact in unknown if _matters(fact.key, known)
    ))  # fmt: skip


def _rule(facts: Mapping[str, bool]) -> tuple[str, str]:
    """Without a fact, what holds for most products: people use it, and it keeps running."""
    running = not facts.get("one_question", False)
    used = facts.get("people_use_it", True)
    together = facts.get("cross_functional", False)
    scientists = facts.get("data_science", False)
    if not running and not used:
        return "crisp-dm", ""
    if together or used:
        return "pom", "crisp-dm" if scientists else ""
    return ("crisp-dm", "") if scientists else ("stages", "")


def _matters(key: str, known: Mapping[str, bool]) -> bool:
    """Whether the answer to one more fact could change the advice, whatever the others are."""
    others = [fact.key for fact in FACTS if fact.key not in known and fact.key != key]
    for choice in range(2 ** len(others)):
        rest = {name: bool(choice >> place & 1) for place, name in enumerate(others)}
        if _rule({**known, **rest, key: True}) != _rule({**known, **rest, key: False}):
            return True
    return False


WHY = {
    ("pom", ""): "Strategy, Discovery, Delivery keeps the eye on value and use.",
    ("pom", "crisp-dm"): "Strategy, Discovery, Delivery keeps the eye on value and use; CRISP-DM"
    " gives the work on the model its own steps inside it. The records are the same.",
    ("crisp-dm", ""): "CRISP-DM is made for such work: it says what to do with the data, step by"
    " step, and when to go back.",
    ("stages", ""): "Nothing speaks for another's names, so the five stages do.",
}


def _why(known: Mapping[str, bool], cycle: str, inside: str) -> str:
    said = [fact.yes if known[fact.key] else fact.no for fact in FACTS if fact.key in known]
    listed = "; ".join(said)
    return f"{listed[0].upper()}{listed[1:]}. {WHY[cycle, inside]}"
