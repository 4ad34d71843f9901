"""The recommender: evidence that cannot tell yet, and a gate that waits for a decision."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.demo.people import give_parts
from sextant_server.demo.telling import Telling, text_for
from sextant_server.gates import actions as gates
from sextant_server.products.actions import About, begin
from sextant_server.products.models import Stage

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


def tell(people: dict[str, User], data: Path) -> None:
    """From the opportunity to a gate that waits, with a question that nobody has answered."""
    product = begin(Acting(user=people["ines"]), ABOUT)
    give_parts(product, people)
    story = Telling(product, people)
    story.decide(story.ask(Stage.SCOPING), "go", "A random page cannot be the best one.")
    source = story.upload("impressions", data / "recommender/impressions_all.parquet")
    story.confirm(source)
    contract = story.contract(text_for(data / "recommender/contract.yaml", source))
    story.decide(story.ask(Stage.DEVELOPMENT), "go", "The comparison is randomised: it can tell.")
    story.run(contract, source, model="bts")
    gate = story.ask(Stage.LAUNCH, ASKED, by="bruno")
    gates.question(story.by("dana"), gate, QUESTION)
    gates.state_opinion(story.by("rui"), gate, "agree", "No harm is to be seen, or likely.")
