"""Accounts that are taken over: worth most in the portfolio, and held until a risk is verified."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.contracts import actions as contracts
from sextant_server.demo.bets import fraud_answers as said
from sextant_server.demo.bets.telling import Betting, Opportunity
from sextant_server.demo.people import give_parts
from sextant_server.demo.telling import text_for
from sextant_server.failures import actions as failures
from sextant_server.gates import actions as gates
from sextant_server.products.actions import About, begin
from sextant_server.products.models import Stage
from sextant_server.strategy.assessments.actions import Wanted, take_measure
from sextant_server.strategy.opportunities.actions.bets import Effort, Kind, Stake
from sextant_server.strategy.opportunities.contents import Because, Other, Pain, Rests, Serves
from sextant_server.strategy.opportunities.models import Goal

ABOUT = About(
    name="Account takeover check",
    problem="Stolen passwords open accounts, and the owner notices when the money has gone.",
    affected="customers of the shop, and the four who look into fraud",
    metric="accounts taken over per 100,000 logins",
    baseline=Decimal(14),
    target=Decimal(4),
    due=date(2027, 9, 30),
    ai_type="classification",
    automation="alone",
    risk="high",
)
D = Decimal


def opportunity(goals: dict[str, Goal], today: date) -> Opportunity:
    """What is known of it: much is at stake, and few cases are on record."""
    return Opportunity(
        records=(
            Pain(
                "customers of the shop", "somebody buys in their name, and they pay or argue",
                (D(20), D(40)), "month", 4,
                "I learned from the parcel service that I had moved to another country.",
                "complaint 2026-0417", "measured",
            ),
            Pain(
                "honest customers on a journey", "they are asked to prove who they are",
                (D(200), D(900)), "month", 2,
                "I was locked out at the airport, with the tickets in the account.",
                "interview 9 of 12, October 2026", "estimated",
            ),
            Because(
                "revenue", "Money is paid back, and goods are gone.",
                "31 cases and 46,000 EUR a month", "finance, January to September 2026", "measured",
            ),
            Because(
                "churn", "Who was robbed here rarely comes back.",
                "7 of 31 stayed", "customer records, third quarter of 2026", "estimated",
            ),
            Other(
                "baseline", "Rules: a new device and a new country at once",
                "takeovers found of 100", (D(25), D(45)), "estimated",
                (D(1_000), D(2_000)), "EUR", "month",
                difference="It asks every traveller, and finds nobody who stays at home.",
                source="the rules, run on the logins of the third quarter",
            ),
            Other(
                "competitor", "A second factor for everybody", "takeovers prevented of 100",
                (D(85), D(95)), "believed", (D(8_000), D(20_000)), "EUR", "month",
                difference="One visitor in nine gave up where it was tried.",
            ),
            Rests("data", today, "Reputation of network addresses", noted_version="feed of 2026"),
            Serves(goals["fraud"], 3, "recall of takeovers at the threshold in use"),
        ),
        kind=Kind("ml", "classification", "fraud", "finance", ""),
        stake=Stake(
            (D(90_000), D(160_000)), "EUR", (D(14), D(22)),
            "At 60 of 100 takeovers found, more than 2 of 1,000 honest logins are challenged",
            date(2027, 6, 30),
            "How many takeovers can be told from honest logins on the 280 cases on record?",
            (D(9_000), D(14_000)), "whether 280 cases are enough, or labels come first",
        ),
        effort=Effort(
            {"product": (D(2), D(4)), "data_science": (D(4), D(8)), "ml_engineering": (D(3), D(6)),
             "software": (D(1), D(3)), "legal": (D("0.5"), D(1))},
            date(2027, 3, 1), (D(6), D(12)),
        ),
    )  # fmt: skip


ASKED = "It is worth most of all our bets. May we begin?"
DISSENT = "Each month costs 46,000 EUR. Whoever is locked out can call; nobody dies of it."
HELD = (
    "AI risk is not acceptable yet: who travels for work is likely to be locked out, and the second"
    " way in is a plan that nothing has verified. It comes first, for everybody, model or not. The"
    " value does not go away."
)


def tell(people: dict[str, User], goals: dict[str, Goal], data: Path, today: date) -> None:
    """Worth most, held until its gravest risk is verified; a first look says how grave it is."""
    product = begin(Acting(user=people["ines"]), ABOUT)
    give_parts(product, people)
    story = Betting(product, people)
    story.explore(opportunity(goals, today))
    story.assess("opportunity-canvas", said.CANVAS)
    story.assess("why-ai", said.WHY_AI)
    story.assess("data-moat", said.MOAT)
    story.assess("ai-risk", said.RISKS)
    way_in = "A second way in for everybody who is challenged, tried with 50 people"
    wanted = Wanted(way_in, people["dana"], today + timedelta(days=40))
    take_measure(story.by("ines"), product, "ai-risk", "bias_after", wanted)
    story.value(said.TERMS, said.WORTH)
    failures.take_pattern(story.by("dana"), product)
    gate = story.ask(Stage.SCOPING, ASKED, by="bruno")
    gates.state_opinion(story.by("bruno"), gate, "dissent", DISSENT)
    story.decide(gate, "hold", HELD)
    source = story.upload("simulated_logins", data / "takeover/logins.parquet")
    story.confirm(source)
    text = text_for(data / "takeover/contract.yaml", source)
    story.run(contracts.draft(story.by("dana"), product, text), source, model="logistic")
