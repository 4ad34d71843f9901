"""The answer in a sentence: who is hurt most, or that nobody is shown to be."""

from __future__ import annotations

from sextant.studies.fairness.result import Fairness, Grouped
from sextant.words.fairness.figures import ARE, counted, one_scale, where, whom
from sextant.words.fairness.groups import alike_sentence
from sextant.words.frequency import of
from sextant.words.nouns import listed


def headline(fairness: Fairness) -> str:
    """`Of 100 negative cases where race is A, 45 are wrongly flagged; where it is B, 15.`."""
    contract = fairness.asked.contract
    if not fairness.hurt:
        return _nobody(fairness)
    worst = fairness.hurt[0]
    rate, other = worst.rates
    scale = one_scale(rate, other)
    text = (
        f"Of {of(scale)} {whom(worst.measure, contract)} "
        f"{where(worst.grouping, worst.group, contract)} about {counted(scale, rate)} "
        f"{ARE[worst.measure]}, {where(worst.grouping, worst.other, contract)} "
        f"{counted(scale, other)}."
    )
    return text + alike_sentence(worst, contract) + _verdict(fairness)


def _nobody(fairness: Fairness) -> str:
    if not fairness.data.labelled:
        return (
            "Without labels nobody can say whom errors fall on; how often each group is flagged "
            f"can be told.{_verdict(fairness)}"
        )
    names = listed((one.name for one in fairness.groupings), "or")
    if not any(_judgeable(one) for one in fairness.groupings):
        return f"There are too few rows by {names} to say who is hurt.{_verdict(fairness)}"
    return f"No group by {names} is shown to be hurt more than another.{_verdict(fairness)}"


def _judgeable(grouped: Grouped) -> bool:
    """Are there two groups large enough for one of the errors?"""
    return any(
        sum(not one.too_small((error,)) for one in grouped.groups) > 1
        for error in ("true_positive_rate", "false_positive_rate")
    )


def _verdict(fairness: Fairness) -> str:
    deciding = [one for each in fairness.groupings for one in each.judged if one.decides]
    match fairness.verdict:
        case None:
            return ""
        case "met":
            count = len(deciding)
            one = "The bound that was named is kept."
            return f" {one if count == 1 else f'All {count} bounds that were named are kept.'}"
        case verdict:
            held = [one for one in deciding if one.verdict == verdict]
            titles = listed(dict.fromkeys(one.definition.title.lower() for one in held))
            what = "Broken" if verdict == "missed" else "Still undecided"
            return f" {what}: {titles}."
