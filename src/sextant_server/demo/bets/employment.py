"""What was known of the employment pre-screen while it was a bet, and what it is worth."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sextant_server.demo.bets.answers import Amount, believed, known, read, words
from sextant_server.demo.bets.telling import Opportunity
from sextant_server.strategy.economics.actions import Terms
from sextant_server.strategy.opportunities.actions.bets import Effort, Kind, Stake
from sextant_server.strategy.opportunities.contents import Because, Other, Pain, Serves
from sextant_server.strategy.opportunities.models import Goal

D = Decimal


def opportunity(goals: dict[str, Goal]) -> Opportunity:
    """Who hurts, what there is beside it, and what is staked."""
    return Opportunity(
        records=(
            Pain(
                "people who apply for support", "they bring papers that nobody needs",
                (D(1), D(1)), "year", 3,
                "I took a day off to prove that I work.",
                "interview 3 of 12, May 2026", "estimated",
            ),
            Because(
                "revenue", "Each check by hand costs, whoever is right.", "12 USD an application",
                "cost centre 2210", "measured",
            ),
            Other(
                "baseline", "Ask nobody who was found to work last year", "checks avoided of 100",
                (D(18), D(24)), "estimated", (D(300), D(600)), "USD", "month",
                difference="It knows nobody who applies for the first time.",
                source="tried on the applications of 2025",
            ),
            Serves(goals["checks"], 3, "selection_rate >= 0.50",
                   "whoever is waved through needs no official"),
        ),
        kind=Kind("ml", "classification", "", "public-sector", ""),
        stake=Stake(
            (D(80_000), D(120_000)), "USD", (D(12), D(20)),
            "Fewer than 35 of 100 applications need no official after a year",
            date(2027, 9, 30), "Does it keep its promises on the year after?", (D(2_000), D(4_000)),
            "whether the launch with conditions becomes operation",
        ),
        effort=Effort(
            {"data_science": (D(3), D(5)), "software": (D(2), D(4)), "domain": (D(1), D(1))},
            date(2026, 6, 1), (D(6), D(9)),
        ),
    )  # fmt: skip


CANVAS = {
    "problem": words("Everybody who applies is asked for proof of work; half of them need none."),
    "real": known("seen", "1,000 of 1,000 applications are checked"),
    "care": known("acting", "one applicant in nine gives up"),
    "fit": known("fits", "the census predicts work from a few answers, and errors can be mended"),
    "simpler": known("not_enough", "last year's list spares 18 to 24 of 100"),
    "data_there": known("there", "the public census, with what people answered"),
    "data_enough": known("sufficient", "68,785 people a year, all groups but two large enough"),
    "experience": words("A day lost for each who works and must prove it."),
    "churn": words("One applicant in nine gives up, count of 2025."),
    "revenue": words("12 USD for each check, cost centre 2210."),
}
WHY_AI = {
    "alternative": words("Ask nobody who was found to work last year; 300 to 600 USD a month."),
    "recorded": known("recorded", "tried on the applications of 2025"),
    "without_ai": known((18, 24), "checks avoided of 100, applications of 2025"),
    "with_ai": known((45, 55), "a first model on the census of 2014"),
    "difference": known("worth_it", "another 25 of 100 checks, at 12 USD"),
    "motive": believed("problem"),
}
MOAT = {
    "proprietary": known("weak", "the census is public"),
    "usage": known("partial", "checks by hand leave labels, for some"),
    "labelled": known("partial", "they are written down after months"),
    "gain": known("partial", "each year of the census adds a little"),
    "accumulation": known("even", "one census a year, for everybody"),
    "quality": known("even", "the same census"),
    "freshness": known("even", "the same census"),
    "differentiation": words("It is an office's duty, and no product that others could sell."),
}
RISKS = {
    "performance_likelihood": known("unlikely", "a first model reached 0.90 in AUC"),
    "performance_legal": believed("minor"),
    "performance_brand": believed("minor"),
    "performance_ethical": believed("serious"),
    "bias_likelihood": known("possible", "models of this kind differ by sex in what was published"),
    "bias_legal": known("serious", "equal treatment is the law"),
    "bias_brand": believed("serious"),
    "bias_ethical": known("serious", "a wrong wave-through becomes a demand for repayment"),
    "bias_after": known("unlikely", "if officials look at scores near the threshold"),
    "bias_plan": words("Officials look at women with a score near the threshold."),
    "security_likelihood": known("unlikely", "nobody but the office can ask it"),
    "security_legal": believed("serious"),
    "security_brand": believed("serious"),
    "security_ethical": believed("minor"),
    "reliability_likelihood": known("unlikely", "without it everybody is checked, as today"),
    "reliability_legal": believed("minor"),
    "reliability_brand": believed("minor"),
    "reliability_ethical": believed("minor"),
    "adoption_likelihood": known("possible", "officials trusted the last system little"),
    "adoption_legal": believed("minor"),
    "adoption_brand": believed("minor"),
    "adoption_ethical": believed("minor"),
    "regulatory_likelihood": known("possible", "rules on automated decisions are being written"),
    "regulatory_legal": known("serious", "legal's note of May"),
    "regulatory_brand": believed("minor"),
    "regulatory_ethical": believed("minor"),
    "regulatory_after": known("unlikely", "a person decides whenever somebody asks"),
    "regulatory_plan": words("A person decides within a week, for everybody who asks."),
    "watch": words("Rui compares women and men on each new census; above 3 points it stops."),
}
WORTH_HAVING = {
    "achievable": read("rate:recall", "the first evidence on the census of 2015"),
    "required": known((40, 55), "at 12 USD a check and 30 USD an error, by the value model"),
    "frequency": known((1, 2), "each application once, and again when income changes"),
    "criticality": known("manageable", "papers can be brought later, demands paid in instalments"),
    "improvement": known("substantial", "half of all visits to the counter fall away"),
}
FOUR = {
    "valuable": known("wanted", "twelve interviews, and a petition of 2025"),
    "usable": known("easy", "nine officials tried it on paper"),
    "feasible": read("criterion:auc >= 0.85", "the first evidence on the census", "doable"),
    "viable": known("sustainable", "the value model, and legal's note of May"),
}
ROUTE = {
    "kind": known("core", "who gets support is what the office is for"),
    "importance": known("high", "nobody else may decide it"),
    "capability": known("strong", "two systems of this kind are in operation"),
    "time": known("enough", "the programme runs until 2027"),
}
READINESS = {
    "maturity": known("here", "two classifiers are in operation"),
    "supply": known("ours", "open libraries"),
    "failures": known("handled", "without a score an official decides"),
}
PLACE = {
    "allowed": known((1000, 5000), "officials wait for the page anyway"),
    "cloud": known((80, 200), "the office's own servers"),
    "privacy": believed("restricted"),
    "connection": believed("mostly_there"),
    "device": known("too_weak", "terminals without a processor to speak of"),
    "cost": believed("edge_dearer"),
    "record": words("It runs where the applications are kept. A decision to give officials laptops"
                    " would open the question."),
}  # fmt: skip
MISUSE = {
    "scenarios": words(
        "An official reads a neighbour's score. A rule elsewhere takes the score as proof of work."
    ),
    "reach": known("few", "31 officials, every look is logged"),
    "damage": known("limited", "a score can be explained, and corrected"),
    "safeguard": words("Every look is logged and read by sample."),
}
SOCIETY = {
    "affected": words(
        "People without work, who are asked for papers while their neighbours are not."
    ),
    "effect": known("mixed", "twelve interviews"),
    "lasting": known("fading", "checks by hand can return in a day"),
    "heard": known("changed", "the right to a person came out of the interviews"),
    "answer": words("Ines asks the same people again after a year."),
}
WORK = {
    "automation": known("reviewed", "as the product says of itself"),
    "roles": known("kept", "officials have eleven weeks of backlog in other work"),
    "who": words("31 officials at the counter."),
    "transition": known("agreed", "the staff council signed in May"),
    "plan": words("The hours go into the backlog; nobody is let go. Ines answers for it."),
}
USERS = {
    "statement": words("It guesses from your answers whether you work. Of 100 people whom it waves"
                       " through, about 80 do. You can always bring papers instead."),
    "expectation": known("understood", "eight of nine people could say it in their own words"),
    "doubt": known("withheld", "near the threshold a person looks"),
    "why": known("designed", "the three answers that weighed most are named"),
    "recourse": known("mended", "a person decides within a week, and says why"),
    "watched": words("How often officials overrule it: below 1 or above 20 of 100 we look."),
}  # fmt: skip
LEVEL = {
    "automation": known("reviewed", "as the product says of itself"),
    "harm": known("repairable", "papers can be brought later"),
    "override": known("tried", "nine officials overruled it on paper"),
    "review": known("tried", "nine officials, two minutes each"),
    "appeal": known("tried", "the counter does it today"),
    "stop": known("tried", "switched off and on again in May"),
}
AT_FIRST = {"opportunity-canvas": CANVAS, "why-ai": WHY_AI, "data-moat": MOAT, "ai-risk": RISKS}
BEFORE_BUILDING = {
    "ai-value": WORTH_HAVING, "product-risks": FOUR, "build-buy-partner": ROUTE,
    "technology-readiness": READINESS, "edge-or-cloud": PLACE, "misuse": MISUSE,
    "societal-impact": SOCIETY, "employment-impact": WORK, "users-and-uncertainty": USERS,
    "automation-level": LEVEL,
}  # fmt: skip
BIASED = {
    "bias_likelihood": read(
        "criterion:gap(false_positive_rate) <= 0.03 across sex",
        "5.5 points were measured, 4.7 to 6.4, and 3 were promised", "likely",
    )
}  # fmt: skip
TERMS = Terms("binary", "USD", date(2026, 6, 1), 24, 18)
WORTH = {
    "users": Amount(55_000, 64_000, "estimated", "people on file"),
    "uses": Amount(0.09, 0.12, "estimated", "applications a month, 2025"),
    "prevalence": Amount(0.44, 0.5, "estimated", "the census"),
    "recall": Amount(0.8, 0.92, "estimated", "a first model"),
    "false_positive_rate": Amount(0.12, 0.25, "estimated", "a first model"),
    "benefit_right_positive": Amount(24, 40, "estimated", "a check, and the applicant's half day"),
    "cost_false_positive": Amount(20, 45, "estimated", "letters, instalments and lost payments"),
    "fixed": Amount(700, 1_200, "estimated", "a tenth of a person, and the servers"),
    "review_share": Amount(0.02, 0.05, "believed", "scores near the threshold"),
    "review_cost": Amount(12, 12, "measured", "a check by hand"),
    "build": Amount(80_000, 120_000, "estimated", "what has been booked"),
    "months": Amount(5, 8, "estimated", "the plan of June"),
    "other_recall": Amount(0.18, 0.24, "estimated", "last year's list"),
    "other_false_positive_rate": Amount(0.02, 0.05, "estimated", "last year's list"),
    "other_fixed": Amount(300, 600, "estimated", "last year's list"),
    "cost_per_label": Amount(12, 12, "measured", "a check by hand"),
}
FOLLOWS = {
    "recall": "rate:recall", "false_positive_rate": "rate:false_positive_rate",
    "prevalence": "rate:prevalence",
}  # fmt: skip
