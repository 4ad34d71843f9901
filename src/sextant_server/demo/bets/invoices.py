"""Reading invoices: a bet that was to be built, and is bought because of one answer."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sextant_server.accounts.acting import Acting
from sextant_server.accounts.models import User
from sextant_server.demo.bets.answers import Amount, believed, known, words
from sextant_server.demo.bets.telling import Betting, Opportunity
from sextant_server.demo.people import give_parts
from sextant_server.gates.actions import Asked
from sextant_server.products.actions import About, begin
from sextant_server.products.models import Stage
from sextant_server.strategy.economics.actions import Terms
from sextant_server.strategy.opportunities.actions.bets import Effort, Kind, Stake
from sextant_server.strategy.opportunities.contents import Because, Other, Pain, Rests, Serves
from sextant_server.strategy.opportunities.models import Goal

ABOUT = About(
    name="Invoice reading",
    problem="Nine people type 60,000 invoices a year, and suppliers wait eleven days for money.",
    affected="suppliers, and the nine who type",
    metric="minutes of typing per invoice",
    baseline=Decimal("6.5"),
    target=Decimal("1.5"),
    due=date(2027, 6, 30),
    ai_type="classification",
    automation="reviewed",
    risk="minimal",
)
D = Decimal


def opportunity(goals: dict[str, Goal], today: date) -> Opportunity:
    """What is known of it: a commodity that many sell."""
    return Opportunity(
        records=(
            Pain(
                "suppliers", "they wait eleven days for money that nobody disputes",
                (D(1), D(4)), "month", 2,
                "You pay on time, counted from the day on which somebody types my invoice.",
                "call of a supplier, September 2026", "estimated",
            ),
            Because(
                "revenue", "Typing costs, and discounts for quick payment are lost.",
                "6.5 minutes an invoice, 60,000 a year", "time study of 200 invoices", "measured",
            ),
            Other(
                "baseline", "Invoices as structured files only", "invoices booked without typing of"
                " 100", (D(30), D(45)), "estimated", (D(500), D(1_500)), "EUR", "month",
                difference="Small suppliers send paper.",
            ),
            Other(
                "service", "A reading service by the page", "fields read rightly of 100",
                (D(96), D(99)), "estimated", (D(1_800), D(2_600)), "EUR", "month",
                lock_in="Any vendor's answer has the same fields; another takes two weeks.",
            ),
            Rests("vendor", today, "The reading service", noted_version="2026-09"),
            Serves(goals["paper"], 3, "fields read rightly of 100", "what is read is not typed"),
        ),
        kind=Kind("vision", "classification", "workflow-automation", "public-sector", ""),
        stake=Stake(
            (D(15_000), D(25_000)), "EUR", (D(3), D(6)),
            "More than 5 of 100 fields are wrong on 300 of our own invoices", date(2027, 2, 28),
            "How many fields of 300 of our own invoices does the service read rightly?",
            (D(1_500), D(2_500)), "which vendor, or none",
        ),
        effort=Effort(
            {"product": (D("0.5"), D(1)), "software": (D(1), D(2))},
            date(2027, 1, 11), (D(1), D(3)),
        ),
    )  # fmt: skip


VALUE = {
    "believed_accuracy": known("enough", "four services read 97 to 99 of 100 printed fields"),
    "frequency": known((400, 700), "each of the nine types 400 to 700 invoices a month"),
    "criticality": known("manageable", "a wrong field is seen when the supplier complains"),
    "improvement": known("substantial", "6.5 minutes fall to about one and a half"),
}
RISKS = {
    "valuable": known("wanted", "the nine who type asked for it"),
    "usable": believed("open", "Nobody has tried the screen for doubtful fields."),
    "feasible": known("doable", "a trial with 40 invoices"),
    "viable": known("sustainable", "2,000 EUR a month against nine people's mornings"),
}
ROUTE = {
    "kind": known("commodity", "four vendors sell it, with the same fields in the answer"),
    "importance": believed("low"),
    "capability": believed("partial"),
    "time": believed("late", "Building takes a year, by the two who would do it."),
    "cost": words("1,800 to 2,600 EUR a month; building was put at 240,000 EUR."),
    "shortlist": words("Four services on 40 invoices; two read 98 and 99 of 100 fields."),
}
TERMS = Terms("answers", "EUR", date(2027, 1, 1), 24, 18)
WORTH = {
    "users": Amount(1, 1, "measured", "one office"),
    "uses": Amount(4_600, 5_400, "estimated", "invoices a month in 2026"),
    "accuracy": Amount(0.82, 0.93, "estimated", "whole invoices of 40 in the trial"),
    "benefit_right": Amount(2.4, 3.1, "estimated", "five minutes of a person"),
    "cost_wrong": Amount(1, 4, "believed", "one field corrected, or a letter"),
    "per_1000": Amount(350, 480, "estimated", "two offers"),
    "build": Amount(12_000, 26_000, "estimated", "one team, six to twelve weeks"),
    "months": Amount(2, 4, "estimated", "one team"),
    "other_accuracy": Amount(0.3, 0.45, "estimated", "structured files alone, by supplier"),
    "other_fixed": Amount(500, 1_500, "estimated", "letters to suppliers"),
    "other_build": Amount(2_000, 5_000, "believed", "a form"),
    "cost_per_label": Amount(4, 7, "estimated", "one invoice checked by hand"),
}
ASKED = "We would build the reader ourselves: two people, one year."
BOUGHT = (
    "Go, but not like this: reading print is a commodity, and having built it would set nothing"
    " apart. We buy it, after both services have read the same 300 invoices."
)


def tell(people: dict[str, User], goals: dict[str, Goal], today: date) -> None:
    """It was to be built, and is bought."""
    product = begin(Acting(user=people["ines"]), ABOUT)
    give_parts(product, people)
    story = Betting(product, people)
    story.explore(opportunity(goals, today))
    story.assess("build-buy-partner", ROUTE)
    story.value(TERMS, WORTH)
    read_300 = Asked("Both services have read the same 300 invoices", people["dana"],
                     today + timedelta(days=45))  # fmt: skip
    story.decide(story.ask(Stage.SCOPING, ASKED), "conditional", BOUGHT, (read_300,))
    story.assess("ai-value", VALUE)
    story.assess("product-risks", RISKS)
