"""A threshold per group as sentences: what it makes equal, and its price."""

from __future__ import annotations

from sextant.stats.estimate import Estimate
from sextant.studies.thresholds.asked import Setting
from sextant.studies.thresholds.groups import Equalised, Grouped
from sextant.words.nouns import capital, listed
from sextant.words.numbers import span
from sextant.words.thresholds.figures import NAMES, money_unit, scale, written

NOUNS = NAMES | {"flagged": "share of flagged"}


def group_sentences(grouped: Grouped, setting: Setting) -> list[str]:
    """One sentence for each share that can be made equal, one for the cheapest thresholds."""
    found = [equalised_sentence(one, grouped, setting) for one in grouped.equalised]
    if grouped.apart is not None and grouped.apart.value is not None:
        found.append(_apart(grouped, setting))
    return found


def equalised_sentence(one: Equalised, grouped: Grouped, setting: Setting) -> str:
    """`The same recall for every sex: the gap falls from 5.5 points (…) to 0.0 (…). It costs …`"""
    moved = [
        f"{each.name} {written(each.threshold)}"
        for each in one.groups
        if each.threshold != grouped.common
    ]
    where = f" with {listed(moved)}" if 0 < len(moved) <= 4 else ""
    text = (
        f"the same {NOUNS[one.measure]} in every {grouped.segment}{where}: the largest gap goes "
        f"from {points(one.gap_before)} to {points(one.gap_after)}. {price(one, setting)}"
    )
    kept = [f"{each.name} ({each.reason})" for each in one.groups if each.reason]
    if kept:
        text += f" {capital(listed(kept))} {'keeps' if len(kept) == 1 else 'keep'} today's."
    return capital(text)


def price(one: Equalised, setting: Setting) -> str:
    """What it costs, and how many more are wrong."""
    return f"{_more(one.cost, setting)}, and {_errors(one.errors)}."


def points(gap: Estimate) -> str:
    """`5.5 points (4.7 to 6.4)`."""
    if gap.value is None:
        return f"an unknown one ({gap.reason})"
    drawn = scale(gap, "points")
    return f"{drawn.full(gap.value)} ({span(drawn, gap.low, gap.high)})"


def _more(cost: Estimate, setting: Setting) -> str:
    drawn = scale(cost, money_unit(setting), setting.costs.currency)
    value = cost.value or 0.0
    if cost.low <= 0 <= cost.high:
        return (
            f"It is not shown to change what a decision costs "
            f"({_signed(drawn.full(value), value)}, {span(drawn, cost.low, cost.high)})"
        )
    if value > 0:
        return f"It costs {drawn.full(value)} a decision ({span(drawn, cost.low, cost.high)})"
    low, high = -cost.high, -cost.low
    return f"It saves {drawn.full(-value)} a decision ({span(drawn, low, high)})"


def _signed(text: str, value: float) -> str:
    return f"+{text}" if value > 0 else text


def _errors(errors: Estimate) -> str:
    value = errors.value or 0.0
    count = abs(value) * 1_000
    size = f"{count:.0f}" if count >= 1 else f"{count:.1f}"
    word = "more" if value > 0 else "fewer"
    limits = f"{errors.low * 1_000:.1f} to {errors.high * 1_000:.1f}".replace("-", "−")
    return f"of 1,000 decisions about {size} {word} are wrong ({limits})"


def _apart(grouped: Grouped, setting: Setting) -> str:
    apart = grouped.apart
    assert apart is not None
    own = [f"{one.name} {written(one.threshold)}" for one in grouped.groups if one.threshold]
    where = f" ({listed(own)})" if len(own) <= 4 else ""
    return (
        f"The cheapest threshold for each {grouped.segment}{where}: "
        f"{_more(apart, setting)[0].lower()}{_more(apart, setting)[1:]} against today's; the "
        "limits allow for their choice on the same rows."
    )
