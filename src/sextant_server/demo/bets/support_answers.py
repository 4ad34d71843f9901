"""What was answered about the support assistant, and what it could be worth."""

from __future__ import annotations

from datetime import date

from sextant_server.demo.bets.answers import Amount, believed, known, words
from sextant_server.strategy.economics.actions import Terms

CANVAS = {
    "problem": words("People with an open application call to learn where it stands, mostly in the"
                     " second week."),
    "real": known("seen", "26,000 calls a month, two of three about the status of an application"),
    "care": known("acting", "one caller in three calls again on the same day"),
    "fit": believed("fits"),
    "simpler": known("not_enough", "a status page answers 15 to 35 of 100 calls, by its trial in"
                     " one office"),
    "data_there": known("there", "410,000 calls a year are written down by hand"),
    "data_enough": known("sufficient", "500 of them were read: 470 can be used"),
    "experience": words("4.1 minutes of waiting, telephone system, September 2026."),
    "churn": words("Nobody: people cannot choose another office."),
    "revenue": words("410,000 EUR a month, cost centre 4410."),
}  # fmt: skip
WHY_AI = {
    "alternative": words("A status page with the date of the next step, for 2,000 to 5,000 EUR a"
                         " month."),
    "recorded": known("sketched", "the trial of the page in one office"),
    "without_ai": known((15, 35), "calls avoided of 100 in the trial of the page"),
    "with_ai": known((40, 70), "what three vendors publish for offices like ours"),
    "difference": believed("worth_it"),
    "motive": believed("mixed", "It began as “we want a chatbot”."),
}  # fmt: skip
MOAT = {
    "proprietary": believed("even", "Our calls are ours, our rules are public."),
    "usage": believed("partial"),
    "labelled": believed("broken"),
    "gain": known("broken", "no vendor learns from single customers"),
    "accumulation": believed("weak"),
    "quality": believed("even"),
    "freshness": believed("strong", "The state of every application is ours alone."),
    "differentiation": words("Only we can say where an application stands. The assistant is a way"
                             " to say it, and no advantage by itself."),
}  # fmt: skip
VALUE = {
    "achievable": known((68, 88), "what three vendors publish, and 40 questions tried by hand"),
    "required": known((64, 80), "the break-even of the value model"),
    "frequency": known((1, 3), "26,000 calls from 14,000 people with an open application"),
    "criticality": known("manageable", "a wrong answer costs a second call, or a missed date"),
    "improvement": believed("substantial", "No waiting, at any hour."),
}  # fmt: skip
VALUE_OF_DANA = {
    "achievable": known((60, 80), "17 of the 40 questions tried needed the file itself"),
    "required": known((64, 80), "the same value model"),
    "frequency": known((1, 3), "the telephone system"),
    "criticality": known("manageable", "missed dates can be restored on request"),
    "improvement": known("some", "a quarter of callers told us that they want a person"),
}
FOUR = {
    "valuable": known("wanted", "nine of twelve callers would rather have asked a machine"),
    "usable": believed("open", "Nobody outside the team has tried it."),
    "feasible": known("doable", "40 questions tried by hand"),
    "viable": believed("open", "Legal has not looked at it."),
}
ROUTE = {
    "kind": known("moving", "the vendor's model has changed twice this year"),
    "importance": believed("medium"),
    "capability": believed("partial"),
    "time": believed("close"),
    "cost": words("18,000 to 40,000 EUR a month by three offers, against 60,000 to build."),
    "lock_in": words("A quarter and about 30,000 EUR; the vendor may change the model any day."),
}
RISKS = {
    "performance_likelihood": known("possible", "achievable and needed accuracy overlap"),
    "performance_impact": believed("serious", "People miss a date because of a wrong answer."),
    "performance_after": believed("possible"),
    "performance_plan": words("500 real questions are judged before it is built."),
    "bias_likelihood": known("possible", "one caller in six writes in a second language"),
    "bias_impact": believed("serious"),
    "bias_after": believed("unlikely"),
    "bias_plan": words("The 500 questions hold 150 in a second language, judged apart."),
    "security_likelihood": believed("possible"),
    "security_impact": believed("serious", "It could tell somebody else's file."),
    "security_after": believed("unlikely"),
    "security_plan": words("It answers after the log-in only, from the caller's own file."),
    "reliability_likelihood": believed("unlikely"),
    "reliability_impact": believed("minor", "The line is there."),
    "adoption_likelihood": believed("possible"),
    "adoption_impact": believed("minor"),
    "regulatory_likelihood": believed("unlikely"),
    "regulatory_impact": believed("serious"),
    "watch": words("Rui reads 50 conversations a week; below 45 right ones the line takes over."),
}
TERMS = Terms("answers", "EUR", date(2027, 2, 1), 24, 24)
WORTH = {
    "users": Amount(13_000, 15_000, "estimated", "people with an open application"),
    "uses": Amount(1.6, 2.2, "estimated", "telephone system, September 2026"),
    "adoption": Amount(0.25, 0.6, "believed", "no office like ours has published it"),
    "accuracy": Amount(0.62, 0.88, "estimated", "three vendors, and 40 questions tried by hand"),
    "benefit_right": Amount(4.2, 5.6, "estimated", "eight minutes of a person"),
    "cost_wrong": Amount(3, 9, "believed", "a second call, or a date to restore"),
    "per_1000": Amount(60, 140, "estimated", "three offers"),
    "fixed": Amount(9_000, 16_000, "estimated", "three offers, and half a person"),
    "build": Amount(50_000, 90_000, "believed", "two teams' guess"),
    "months": Amount(4, 8, "believed", "two teams' guess"),
    "cost_per_label": Amount(12, 18, "estimated", "one judged question takes ten minutes"),
}
