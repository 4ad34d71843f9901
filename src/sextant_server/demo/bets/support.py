"""“We want a chatbot”: a bet whose discovery gate holds it, because of one dimension.

The offices of the demonstration are invented. The outcome is the pattern of an article on the
work of AI product managers: reduce customer support costs by 30 %.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.demo.bets import support_answers as said
from sextant_server.demo.bets.telling import Betting, Opportunity
from sextant_server.demo.people import give_parts
from sextant_server.products.actions import About
from sextant_server.products.models import Stage
from sextant_server.strategy.opportunities.actions import IdeaSaid, add_idea, change, make_bet
from sextant_server.strategy.opportunities.actions.bets import Effort, Kind, Stake
from sextant_server.strategy.opportunities.contents import Because, Other, Pain, Rests, Serves
from sextant_server.strategy.opportunities.models import Dependency, Goal

IDEA = IdeaSaid(
    "We want a chatbot",
    problem="People wait four minutes on the line to ask where their application stands.",
    affected="people with an open application, and the 31 who answer the phone",
    today="A person looks it up and reads it out.",
)
ABOUT = About(
    name="Support assistant",
    problem="Two of three calls ask where an application stands. Each costs a person eight"
    " minutes, and the caller four more of waiting.",
    affected="people with an open application, and the 31 who answer the phone",
    metric="customer support cost per month, in 1,000 EUR",
    baseline=Decimal(410),
    target=Decimal(287),
    due=date(2027, 12, 31),
    ai_type="generation",
    automation="reviewed",
    risk="limited",
)
JUDGED = {
    "human": "people", "judge": "gpt35", "positive": "llama", "promise": ">= 60%",
    "raters": "person_1, person_2, person_3", "key": "pair", "rows": "50",
}  # fmt: skip
D = Decimal
MODEL = "The vendor's language model"
SCOPED = "Two of three calls ask for what we know. Whether a machine can say it is to be found out."
ASKED = "The vendor offers a fifth off if we sign this year. May we build?"
HELD = (
    "AI value is not decided, and it is accuracy that leaves it open: 60 to 88 of 100 can be"
    " reached, 64 to 80 are needed. 500 judged questions cost less than a month of the service, and"
    " tell. The status page goes ahead meanwhile."
)


def opportunity(goals: dict[str, Goal], today: date) -> Opportunity:
    """What is known of it: pains with their quotes, the way without AI, the stake."""
    return Opportunity(
        records=(
            Pain(
                "people with an open application",
                "they wait on the line to learn that nothing has changed",
                (D(2), D(5)), "month", 3,
                "I called three times. Each time I was told to wait for a letter.",
                "interview 4 of 12, October 2026", "estimated",
            ),
            Pain(
                "the 31 who answer the phone",
                "they read out what the screen says, forty times a day",
                (D(30), D(50)), "day", 2,
                "I could be a recording.",
                "day spent in the call centre, 6 October 2026", "estimated",
            ),
            Because(
                "experience", "Callers wait, and two of three could have been told by a machine.",
                "4.1 minutes of waiting; 26,000 calls a month",
                "telephone system, September 2026", "measured",
            ),
            Because(
                "revenue", "Answering costs more than deciding does.",
                "410,000 EUR a month", "cost centre 4410, third quarter of 2026", "measured",
            ),
            Other(
                "baseline", "A status page with the date of the next step",
                "calls avoided of 100", (D(15), D(35)), "estimated",
                (D(2_000), D(5_000)), "EUR", "month",
                difference="It answers one question, always rightly, and cannot be asked another.",
                source="the trial of the page in one office",
            ),
            Other(
                "service", "An assistant bought as a service",
                "calls answered rightly of 100", (D(60), D(85)), "believed",
                (D(18_000), D(40_000)), "EUR", "month",
                lock_in="Dialogues stay with the vendor; leaving takes about a quarter.",
            ),
            Other(
                "status_quo", "31 people and a telephone", "calls answered rightly of 100",
                (D(96), D(99)), "estimated", (D(400_000), D(420_000)), "EUR", "month",
            ),
            Rests("model", today, MODEL, noted_version="4, 2026-08"),
            Rests("vendor", today, "The assistant's vendor", noted_version="prices of 2026"),
            Serves(
                goals["support"], 3, "share of calls answered rightly without a person",
                "each call that needs nobody saves eight minutes of somebody",
            ),
        ),
        kind=Kind("generative", "generation", "support-assistant", "public-sector", ""),
        stake=Stake(
            (D(60_000), D(110_000)), "EUR", (D(10), D(16)),
            "500 real questions show that fewer than 75 of 100 are answered rightly",
            date(2027, 3, 31),
            "How many of 500 real questions does it answer rightly?",
            (D(6_000), D(9_000)), "whether it is built at all, or the status page instead",
        ),
        effort=Effort(
            {"product": (D(2), D(3)), "data_science": (D(2), D(4)), "software": (D(3), D(6)),
             "domain": (D(1), D(2))},
            date(2027, 2, 1), (D(4), D(8)),
        ),
    )  # fmt: skip


def tell(people: dict[str, User], goals: dict[str, Goal], data: Path, today: date) -> None:
    """From “we want a chatbot” to a discovery gate that holds it until 500 questions are judged.

    Then a public file says whether a model could judge them in people's place.
    """
    idea = add_idea(Acting(user=people["bruno"]), IDEA)
    product = make_bet(Acting(user=people["ines"]), idea, ABOUT, idea.version)
    give_parts(product, people)
    story = Betting(product, people)
    story.explore(opportunity(goals, today))
    story.assess("opportunity-canvas", said.CANVAS)
    story.assess("why-ai", said.WHY_AI)
    story.assess("data-moat", said.MOAT)
    story.assess("ai-risk", said.RISKS)
    story.decide(story.ask(Stage.SCOPING), "go", SCOPED)
    story.value(said.TERMS, said.WORTH)
    story.assess("ai-value", said.VALUE, dana=said.VALUE_OF_DANA)
    story.assess("product-risks", said.FOUR)
    model = Dependency.objects.get(product=product, kind="model")
    route = story.assess("build-buy-partner", said.ROUTE)
    story.again(route, {"kind": replace(said.ROUTE["kind"], reference=f"dependency:{model.pk}")})
    story.decide(story.ask(Stage.DEVELOPMENT, ASKED, by="bruno"), "hold", HELD)
    newer = Rests("model", today, MODEL, noted_version="5, 2026-11")
    change(story.by("tara"), model, newer, model.version)
    source = story.upload("judged_answers", data / "support/judged_answers.csv")
    story.confirm(source)
    story.study("judge", source, **JUDGED)
