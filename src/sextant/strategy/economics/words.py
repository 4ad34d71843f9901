"""What a value model says, in sentences that somebody who is no statistician can act on."""

from __future__ import annotations

from sextant.strategy.economics.breakeven import BreakEven
from sextant.strategy.economics.inputs import BY_NAME
from sextant.strategy.economics.learning import Study
from sextant.strategy.economics.model import Candidate, ValueModel
from sextant.strategy.economics.money import amount, listed, of_hundred, percent
from sextant.strategy.economics.valuation import Findings, Valuation

WHO: dict[Candidate, str] = {
    "ai": "Building it with AI",
    "other": "The way without AI",
    "today": "Today’s way",
}
QUALITIES = {
    "recall": "recall",
    "false_positive_rate": "false positive rate",
    "accuracy": "accuracy",
}
MOST_NAMED = 3


def headline(found: Valuation, by: str) -> str:
    """The answer of the page; `by` is the month by which it should have paid back."""
    inside = found.ai.interval
    money = [amount(x, found.currency) for x in (found.ai.expected, inside.low, inside.high)]
    worth = f"{money[0]} over {months(found.horizon)}, from {money[1]} to {money[2]}"
    pays = f"it pays back by {by} in {of_hundred(found.payback.chance)}"
    if found.best.who == "today":
        return f"Not worth it as things stand: {worth}; {pays}."
    if found.best.who == "other":
        other = amount(found.best.expected, found.currency)
        return f"The way without AI is worth more, {other}: this is worth {worth}; {pays}."
    return f"Worth {worth}; {pays}."


def months(count: int) -> str:
    """`24 months`, `a month`."""
    return "a month" if count == 1 else f"{count} months"


def explained(found: Valuation) -> str:
    """How the numbers of the headline are meant."""
    return (
        "Against today’s way, everything counted, not discounted. The first amount is the average;"
        f" nine of ten of {found.draws:,} draws from the ranges lie between the other two."
    )


def rivals(found: Valuation) -> str:
    """How it stands against what can be had without AI."""
    known = {one.who for one in found.candidates}
    against = "both the way without AI and today’s way" if "other" in known else "today’s way"
    return f"It beats {against} in {of_hundred(found.beats)}."


def break_even(one: BreakEven) -> str:
    """`Worth it only above 87 % recall: between 78 and 93 % in nine of ten draws.`"""
    name = QUALITIES[one.name]
    if one.reason == "none":
        return f"At no {name} is it worth it by the averages. {_beyond(one)}".strip()
    if one.reason == "any":
        return f"At any {name} is it worth it by the averages. {_beyond(one)}".strip()
    assert one.at is not None
    side = "above" if one.least else "below"
    band = f"{percent(one.low)} to {percent(one.high)}"
    return (
        f"Worth it only {side} {percent(one.at)} {name}; in nine of ten draws that limit is {band}."
        f" {_beyond(one)}"
    ).strip()


def _beyond(one: BreakEven) -> str:
    name = QUALITIES[one.name]
    found = [(one.any_share, f"any {name} is enough"), (one.none_share, f"no {name} is enough")]
    parts = [f"in {100 * share:.0f} of 100 draws {says}" for share, says in found if share >= 0.005]
    said = listed(parts)
    return f"{said[0].upper()}{said[1:]}." if said else ""


def matters(found: Findings) -> str:
    """Which inputs move the value most."""
    names = [short(one.name) for one in found.swings[:MOST_NAMED]]
    return f"What matters most: {listed(names)}." if names else "Nothing in it is uncertain."


def knowing(found: Findings, currency: str) -> str:
    """What it is worth to know more before choosing."""
    held = found.information
    if not held.everything > 0:
        return (
            "No draw makes another choice better: there is nothing to learn before choosing that"
            " would be worth money."
        )
    everything = amount(held.everything, currency)
    start = (
        f"In {of_hundred(held.wrong)} another choice would have been better; to know everything"
        f" before choosing is worth at most {everything}."
    )
    if not held.each:
        return f"{start} No single input is worth knowing alone: none of them turns the choice."
    each = [f"{short(name)} at most {amount(x, currency)}" for name, x in held.each[:MOST_NAMED]]
    return f"{start} Alone: {listed(each)}."


def next_learning(model: ValueModel, found: Findings) -> str:
    """Whether labelled cases before building are worth their cost."""
    best = best_study(found.studies)
    if best is None:
        return (
            "Labelled cases before building are worth nothing here: no result of theirs would"
            " change the choice."
        )
    worth = amount(best.worth, model.currency)
    cases = f"{best.cases:,} labelled cases"
    if best.cost is None:
        return (
            f"{cases} before building are worth {worth}. What a labelled case costs is not known:"
            " say it, and the page compares the two."
        )
    cost = amount(best.cost, model.currency)
    if best.worth > best.cost:
        return f"{cases} at {cost} are worth {worth} before building: do it first."
    return f"{cases} would be worth {worth} before building, and cost {cost}: not worth it."


def best_study(studies: tuple[Study, ...]) -> Study | None:
    """The number of cases that leaves most after its cost; None where none is worth anything.

    Where no cost is known: the first that gets nine tenths of what cases can be worth (proposed).
    """
    worth = [one for one in studies if one.worth > 0]
    if not worth:
        return None
    if worth[0].cost is None:
        enough = 0.9 * max(one.worth for one in worth)
        return next(one for one in worth if one.worth >= enough)
    return max(worth, key=lambda one: one.net or 0.0)


def not_counted(model: ValueModel) -> list[str]:
    """What was left open, and what that means for the sum."""
    return [f"{one.open_means[0].upper()}{one.open_means[1:]}." for one in model.left_open]


def short(name: str) -> str:
    """An input in a word or two."""
    return SHORT.get(name, BY_NAME[name].name.replace("_", " "))


SHORT = {
    "users": "people",
    "uses": "uses a month",
    "adoption": "share that goes through it",
    "prevalence": "share of positives",
    "benefit_right_positive": "worth of a found positive",
    "cost_false_positive": "cost of a false alarm",
    "cost_false_negative": "further cost of a missed positive",
    "benefit_right_negative": "worth of a right pass",
    "benefit_right": "worth of a right answer",
    "cost_wrong": "cost of a wrong answer",
    "per_1000": "running cost of 1,000 uses",
    "review_share": "share that is reviewed",
    "review_cost": "cost of a review",
    "labelling": "labelling a month",
    "fixed": "fixed cost a month",
    "build": "building cost",
    "months": "months until live",
    "today_recall": "today’s recall",
    "today_false_positive_rate": "today’s false positive rate",
    "today_accuracy": "today’s accuracy",
    "today_per_1000": "today’s cost of 1,000 cases",
    "other_recall": "recall without AI",
    "other_false_positive_rate": "false positive rate without AI",
    "other_accuracy": "accuracy without AI",
    "other_per_1000": "running cost without AI",
    "other_fixed": "fixed cost without AI",
    "other_build": "building cost without AI",
    "other_months": "months without AI",
    "cost_per_label": "cost of a labelled case",
}
