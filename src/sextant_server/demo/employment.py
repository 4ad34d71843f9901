"""The employment pre-screen: a launch that was decided against the verdict of 2015."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.demo.bets import employment as bet
from sextant_server.demo.bets.employment_failing import MODES
from sextant_server.demo.bets.telling import Betting
from sextant_server.demo.candidates import race
from sextant_server.demo.failing import write_down
from sextant_server.demo.people import give_parts
from sextant_server.demo.telling import text_for
from sextant_server.gates import actions as gates
from sextant_server.gates.actions import Asked
from sextant_server.products.actions import About, begin
from sextant_server.products.models import Stage
from sextant_server.strategy.assessments.queries import assessment_of
from sextant_server.strategy.opportunities.models import Goal

ABOUT = About(
    name="Employment pre-screen",
    problem="Officials ask everybody who applies for support for proof of work, and half of them"
    " need none.",
    affected="people who apply for support, and the officials who check them",
    metric="manual income checks per 1,000 applications",
    baseline=Decimal(1000),
    target=Decimal(500),
    due=date(2027, 3, 31),
    ai_type="classification",
    automation="reviewed",
    risk="high",
)
ASKED = "The contract is signed. The evidence of 2015 is in: may it launch?"
QUESTION = "What becomes of a woman without work who is waved through?"
ANSWER = (
    "She gets a demand for repayment months later. Until the gap is closed, officials look at every"
    " woman with a score between 0.5 and 0.6 before she is waved through."
)
DISSENT = (
    "Three points were promised and five and a half are measured, 4.7 to 6.4. A check by hand is a"
    " plan, not evidence. I would hold until it is measured."
)
REASON = (
    "Half of the checks fall away, and both sexes are recognised as promised. The gap in false"
    " positives between women and men is over the bound; it is closed by hand until the next"
    " version."
)
CONDITIONS = (
    (
        "dana",
        "The gap with the check by hand is measured, and is at most 3 points",
        60,
    ),
    ("tara", "Scores of women between 0.5 and 0.6 go to an official before they count", 14),
)


STRICTER = {
    "a": "predicted_probability_permille@0.5",
    "b": "predicted_probability_permille@0.6",
    "name_a": "today",
    "name_b": "the stricter cut",
    "questions": "cost\nprecision by 1%\nrecall within 5% in every sex",
}
"""Whoever scores 0.5 to 0.6 would go to an official: cheaper, and whose work goes unseen?"""

CHEAPER = {"at": "0.586", "volume": "1000", "review": "12", "equalise": "false_positive_rate"}
"""The cheapest threshold, and a threshold for each sex: it closes the gap, at a price."""


def tell(people: dict[str, User], goals: dict[str, Goal], data: Path, today: date) -> None:
    """From the opportunity to a launch with conditions, dissent and a second person."""
    owner = Acting(user=people["ines"])
    product = begin(owner, ABOUT)
    give_parts(product, people)
    story = Betting(product, people)
    story.explore(bet.opportunity(goals))
    for key, answers in bet.AT_FIRST.items():
        story.assess(key, answers)
    story.decide(story.ask(Stage.SCOPING), "go", "The problem is real, and so are its costs.")
    source = story.upload("predictions", data / "employment/predictions.parquet")
    story.confirm(source)
    contract = story.contract(text_for(data / "employment/contract.yaml", source))
    evidence = story.run(contract, source).evidence
    worth = story.value(bet.TERMS, bet.WORTH)
    story.follow(worth, bet.FOLLOWS)
    for key, answers in bet.BEFORE_BUILDING.items():
        story.assess(key, answers)
    story.decide(story.ask(Stage.DEVELOPMENT), "go", "What would make us say yes is signed.")
    risks = assessment_of(product, "ai-risk")
    assert risks is not None
    story.again(risks, bet.BIASED)
    story.study("comparison", source, contract=str(contract.number), **STRICTER)
    story.keep(evidence, "fairness")
    story.study("weak", source, contract=str(contract.number))
    story.keep(evidence, "thresholds", **CHEAPER)
    race(story, source, evidence)
    write_down(story, MODES)
    _launch(story, today)


def _launch(story: Betting, today: date) -> None:
    people = story.people
    gate = story.ask(Stage.LAUNCH, ASKED)
    question = gates.question(story.by("rui"), gate, QUESTION)
    gates.answer(story.by("tara"), question, ANSWER)
    gates.state_opinion(story.by("rui"), gate, "dissent", DISSENT)
    gates.state_opinion(story.by("dana"), gate, "agree", "The check by hand can start at once.")
    conditions = tuple(
        Asked(text, people[key], today + timedelta(days=days)) for key, text, days in CONDITIONS
    )
    story.decide(gate, "conditional", REASON, conditions)
    gate.refresh_from_db()
    gates.second(story.by("bruno"), gate, gate.version)
