"""What was answered about the check of account takeovers, and what it could be worth."""

from __future__ import annotations

from datetime import date

from sextant_server.demo.bets.answers import Amount, believed, known, words
from sextant_server.strategy.economics.actions import Terms

CANVAS = {
    "problem": words("Somebody with a stolen password buys in another's name, mostly at night."),
    "real": known("seen", "280 cases since January, 31 a month"),
    "care": known("acting", "24 of 31 robbed customers left within a quarter"),
    "fit": known("fits", "three banks publish that theirs works"),
    "simpler": known("not_enough", "rules on device and country find 25 to 45 of 100"),
    "data_there": known("there", "logins of a year, with device and network"),
    "data_enough": known("sufficient", "280 cases: enough to begin, few to judge groups by"),
    "experience": words("People learn of it from the parcel service; complaint 2026-0417."),
    "churn": words("24 of 31 a month; customer records, third quarter of 2026."),
    "revenue": words("46,000 EUR a month, finance, January to September 2026."),
}
WHY_AI = {
    "alternative": words("Rules on a new device and a new country at once; 1,000 to 2,000 EUR a"
                         " month."),
    "recorded": known("recorded", "the rules ran on the logins of the third quarter"),
    "without_ai": known((25, 45), "takeovers found of 100 by those rules"),
    "with_ai": known((55, 80), "three banks, at two honest logins challenged of 1,000"),
    "difference": known("worth_it", "half of 46,000 EUR a month"),
    "motive": believed("problem"),
}  # fmt: skip
MOAT = {
    "proprietary": known("strong", "nobody else sees our logins"),
    "usage": known("works", "each challenge ends in a proof or a complaint"),
    "labelled": known("partial", "complaints come after weeks, and not all of them"),
    "gain": known("partial", "one bank publishes its gain by year"),
    "accumulation": known("even", "31 cases a month"),
    "quality": known("even", "labels are read by two people"),
    "freshness": known("strong", "the attack of last night is on record this morning"),
}
RISKS = {
    "performance_likelihood": known("possible", "280 cases are few"),
    "performance_legal": believed("minor"),
    "performance_brand": believed("minor"),
    "performance_ethical": believed("minor"),
    "bias_likelihood": known("likely", "who travels for work between two countries looks alike"),
    "bias_legal": known("serious", "refusing service by origin is forbidden"),
    "bias_brand": believed("serious"),
    "bias_ethical": known("serious", "people are locked out of what they have paid for"),
    "bias_after": known("unlikely", "if nobody is locked out without a second way in"),
    "bias_plan": words("A second way in for everybody who is challenged, tried before it goes live;"
                       " challenges are counted by country."),
    "security_likelihood": known("possible", "attackers can probe the check with own accounts"),
    "security_legal": believed("minor"),
    "security_brand": believed("serious"),
    "security_ethical": believed("minor"),
    "security_after": believed("possible"),
    "security_plan": words("The answer never says why somebody was challenged."),
    "reliability_likelihood": known("unlikely", "without it the log-in works as today"),
    "reliability_legal": believed("minor"),
    "reliability_brand": believed("serious"),
    "reliability_ethical": believed("minor"),
    "adoption_likelihood": known("unlikely", "nobody has to adopt it"),
    "adoption_legal": believed("minor"),
    "adoption_brand": believed("minor"),
    "adoption_ethical": believed("minor"),
    "regulatory_likelihood": known("possible", "profiling that locks people out needs a person"),
    "regulatory_legal": known("serious", "legal's note of October"),
    "regulatory_brand": believed("serious"),
    "regulatory_ethical": believed("minor"),
    "regulatory_after": known("unlikely", "with a person who decides on request within a day"),
    "regulatory_plan": words("A person decides within a day, for everybody who asks."),
    "watch": words("Four people read every challenge of the first month."),
}  # fmt: skip
TERMS = Terms("binary", "EUR", date(2027, 3, 1), 36, 24)
WORTH = {
    "users": Amount(200_000, 240_000, "estimated", "accounts that log in"),
    "uses": Amount(0.9, 1.3, "estimated", "logins a month, 2026"),
    "prevalence": Amount(0.00012, 0.00018, "estimated", "31 cases a month are known"),
    "recall": Amount(0.45, 0.8, "estimated", "three banks"),
    "false_positive_rate": Amount(0.001, 0.004, "believed", "to be set by the threshold"),
    "benefit_right_positive": Amount(1_300, 1_900, "estimated", "46,000 EUR a month for 31 cases"),
    "cost_false_positive": Amount(4, 25, "believed", "a call, or a customer who leaves"),
    "cost_false_negative": Amount(50, 400, "believed", "24 of 31 leave"),
    "per_1000": Amount(1, 3, "estimated", "what scoring costs elsewhere"),
    "fixed": Amount(6_000, 11_000, "estimated", "one person, and the feed of addresses"),
    "build": Amount(110_000, 260_000, "believed", "two teams' guess"),
    "months": Amount(6, 12, "believed", "two teams' guess"),
    "other_recall": Amount(0.25, 0.45, "estimated", "rules on the third quarter"),
    "other_false_positive_rate": Amount(0.004, 0.009, "estimated", "rules on the third quarter"),
    "other_fixed": Amount(1_000, 2_000, "estimated", "half a day a week"),
    "other_build": Amount(5_000, 12_000, "estimated", "a month of one person"),
    "cost_per_label": Amount(20, 45, "estimated", "an hour of one who looks into fraud"),
}
