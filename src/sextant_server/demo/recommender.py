"""The recommender: evidence that cannot tell yet, and a gate that waits for a decision."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.demo.bets.answers import Amount, believed, known
from sextant_server.demo.bets.telling import Betting, Opportunity
from sextant_server.demo.people import give_parts
from sextant_server.demo.telling import text_for
from sextant_server.gates import actions as gates
from sextant_server.products.actions import About, begin
from sextant_server.products.models import Stage
from sextant_server.strategy.economics.actions import Terms
from sextant_server.strategy.opportunities.actions.bets import Effort, Kind, Stake
from sextant_server.strategy.opportunities.contents import Other, Pain, Serves
from sextant_server.strategy.opportunities.models import Goal

ABOUT = About(
    name="Front page recommender",
    problem="The front page shows items at random, and few visitors find what they came for.",
    affected="visitors of the shop",
    metric="clicks per 1,000 recommendations",
    baseline=Decimal("3.8"),
    target=Decimal(5),
    due=date(2027, 6, 30),
    ai_type="ranking",
    automation="alone",
    risk="minimal",
)
ASKED = "Four clicks more in 10,000. Marketing wants it on the page before the season begins."
QUESTION = "How long would the comparison have to run to tell?"


D = Decimal
FOUR = {
    "valuable": known("wanted", "three of four visitors leave the front page for the search"),
    "usable": known("easy", "it is a list, as today"),
    "feasible": known("doable", "the policy runs beside the random one"),
    "viable": known("sustainable", "it runs on the servers that are there"),
}
WORTH_HAVING = {
    "believed_accuracy": believed("enough", "Any click more than chance is one more."),
    "frequency": known((2, 6), "visits a month by those who have an account"),
    "criticality": known("mild", "a wrong item is scrolled past"),
    "improvement": believed("some", "Two clicks more in 1,000 would be noticed."),
}
TERMS = Terms("answers", "EUR", date(2027, 1, 1), 24, 12)
WORTH = {
    "users": Amount(380_000, 420_000, "estimated", "visitors a month"),
    "uses": Amount(3, 4, "estimated", "recommendations a visitor"),
    "accuracy": Amount(0.003, 0.0057, "estimated", "42 clicks of 10,000, evidence 1"),
    "benefit_right": Amount(0.3, 0.6, "estimated", "margin of a click"),
    "cost_wrong": Amount(0, 0, "measured", "the place is there anyway"),
    "today_accuracy": Amount(0.0027, 0.0052, "estimated", "38 clicks of 10,000, evidence 1"),
    "fixed": Amount(300, 900, "believed", "a tenth of a person"),
    "build": Amount(6_000, 9_000, "estimated", "what has been booked"),
    "months": Amount(0, 2, "believed", "it runs beside the random one"),
}


def opportunity(goals: dict[str, Goal]) -> Opportunity:
    """Who hurts, what there is beside it, and what is staked."""
    return Opportunity(
        records=(
            Pain(
                "visitors of the shop", "they find nothing on the front page", (D(2), D(6)),
                "month", 1, "I go straight to the search.", "survey of August 2026", "estimated",
            ),
            Other(
                "baseline", "The best sellers of the week", "clicks per 1,000 recommendations",
                (D(3), D(5)), "believed", (D(0), D(100)), "EUR", "month",
            ),
            Serves(goals["found"], 3, "rate(click) of bts against random >= 0 across policy"),
        ),
        kind=Kind("ml", "ranking", "recommendation", "e-commerce", ""),
        stake=Stake(
            (D(10_000), D(20_000)), "EUR", (D(2), D(4)),
            "After 1,200,000 more recommendations it is not shown to be better",
            date(2027, 6, 30), "Is it better than chance, over one season?", (D(0), D(500)),
            "whether the front page is given to it",
        ),
        effort=Effort(
            {"data_science": (D("0.5"), D(1)), "software": (D("0.5"), D(1))}, date(2027, 1, 4),
            (D(1), D(2)),
        ),
    )  # fmt: skip


def tell(people: dict[str, User], goals: dict[str, Goal], data: Path) -> None:
    """From the opportunity to a gate that waits, with a question that nobody has answered."""
    product = begin(Acting(user=people["ines"]), ABOUT)
    give_parts(product, people)
    story = Betting(product, people)
    story.explore(opportunity(goals))
    story.decide(story.ask(Stage.SCOPING), "go", "A random page cannot be the best one.")
    source = story.upload("impressions", data / "recommender/impressions_all.parquet")
    story.confirm(source)
    contract = story.contract(text_for(data / "recommender/contract.yaml", source))
    story.assess("product-risks", FOUR)
    story.assess("ai-value", WORTH_HAVING)
    story.value(TERMS, WORTH)
    story.decide(story.ask(Stage.DEVELOPMENT), "go", "The comparison is randomised: it can tell.")
    story.run(contract, source, model="bts")
    gate = story.ask(Stage.LAUNCH, ASKED, by="bruno")
    gates.question(story.by("dana"), gate, QUESTION)
    gates.state_opinion(story.by("rui"), gate, "agree", "No harm is to be seen, or likely.")
