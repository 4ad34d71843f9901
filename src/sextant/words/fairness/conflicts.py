"""What cannot be equal at once on these data, and what would have to be given up."""

from __future__ import annotations

from sextant.contracts.model import Contract
from sextant.studies.fairness.result import Conflict, Grouped, Trade
from sextant.words.fairness.figures import ARE, TERMS, counted, one_scale, where, whom
from sextant.words.frequency import of
from sextant.words.nouns import capital, listed, rows_noun
from sextant.words.numbers import declared, scale_for, span

WOULD = {name: text.removeprefix("are ") for name, text in ARE.items()}


def conflict_sentences(grouped: Grouped, contract: Contract) -> list[str]:
    """Why, then every pair of definitions that cannot both hold; or that none is shown."""
    conflict = grouped.conflict
    if conflict is None:
        return []
    if not conflict.shown:
        return [
            "The groups are not shown to differ in how many are truly positive, so that these "
            "definitions are not shown to exclude each other here."
        ]
    impossible = [one for one in conflict.trades if one.impossible]
    first = _base(grouped, conflict, contract)
    if not impossible:
        return [f"{first} Within the bounds that is not shown to exclude any two definitions."]
    told = [_trade(one, grouped, conflict, contract) for one in impossible]
    return [f"{first} So not everything can be equal:", *told]


def _base(grouped: Grouped, conflict: Conflict, contract: Contract) -> str:
    more, less = conflict.groups
    rates = more["base_rate"], less["base_rate"]
    scale = one_scale(*rates)
    positive = contract.names.positive
    what = f"are {positive}" if positive else "are truly positive"
    return (
        f"Of {of(scale)} {rows_noun(contract)} {where(grouped.grouping, more, contract)}, "
        f"{counted(scale, rates[0])} {what}; {where(grouped.grouping, less, contract)} "
        f"{counted(scale, rates[1])}."
    )


def _trade(trade: Trade, grouped: Grouped, conflict: Conflict, contract: Contract) -> str:
    """`If precision and true positive rate were equal, … the false positive rates would be …`."""
    more, less = conflict.groups
    scale = one_scale(*trade.would)
    gap = trade.gap
    assert gap.value is not None
    points = scale_for("points", gap.value, gap.low, gap.high, trade.bound, "<=")
    return (
        f"With equal {listed(TERMS[one] for one in trade.equal)}, of {of(scale)} "
        f"{whom(trade.measure, contract)} {counted(scale, trade.would[0])} would be "
        f"{WOULD[trade.measure]} {where(grouped.grouping, more, contract)} and "
        f"{counted(scale, trade.would[1])} {where(grouped.grouping, less, contract)}: "
        f"{points.full(gap.value)} apart ({span(points, gap.low, gap.high)}; at most "
        f"{declared('points').exact(trade.bound)} may be)."
    )


def given_up(trade: Trade) -> str:
    """The choice in a line: `precision and true positive rate, or false positive rate`."""
    held = capital(listed(TERMS[one] for one in trade.equal))
    return f"{held} equal, or {TERMS[trade.measure]} equal, not both"
