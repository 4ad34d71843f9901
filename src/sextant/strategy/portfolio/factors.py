"""The factors of the rules, computed from what is on record. The anchors of the levels are ours.

No source says from where on data are "available" or a model "ready" (proposed, all of them):

- data: high when a source was read, its columns are confirmed and half of its rows have a label;
  medium when it was read and the rest is open; low when none of its rows has a label.
- model: what the newest evidence says of the contract: met is high, undecided medium, missed low.
- impact, effort: the installation's own yardsticks in money and person-months.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sextant.strategy.portfolio.bet import LEVELS, Factor, Level, Span, Value
from sextant.strategy.portfolio.money import money, money_span

LABELLED = 0.5
READY: dict[str, Level] = {"met": "high", "undecided": "medium", "missed": "low"}


@dataclass(frozen=True, slots=True)
class SourceSeen:
    """What is known of a table: whether it was read, its roles confirmed, which rows have a label.

    `labelled` is the share of labelled rows, None where no column is confirmed to be the label.
    """

    name: str
    read: bool = False
    confirmed: bool = False
    labelled: float | None = None


@dataclass(frozen=True, slots=True)
class Yardsticks:
    """What this installation calls much: of money over the horizon, and of person-months.

    From `small_value` on a value is medium, from `large_value` on high. Up to `small_effort` a
    bet is a quick win, beyond it a long bet; beyond `large_effort` it is no longer easy at all.
    """

    currency: str = ""
    small_value: float = 100_000.0
    large_value: float = 1_000_000.0
    small_effort: float = 6.0
    large_effort: float = 24.0


def data_availability(sources: Collection[SourceSeen]) -> Factor:
    """How far there are data, by the best source; none at all is unknown, but surely not high."""
    if not sources:
        return Factor(frozenset({"low", "medium"}), "No source could be read yet.")
    return max((_of_source(one) for one in sources), key=lambda one: (one.least, one.most))


def _of_source(source: SourceSeen) -> Factor:
    name = source.name
    if not source.read:
        why = f"{name} is registered, and could not be read yet."
        return Factor(frozenset({"low", "medium"}), why)
    if not source.confirmed:
        why = f"{name} was read; what its columns mean is not confirmed."
        return Factor(frozenset({"medium"}), why, "measured")
    if source.labelled is None:
        why = f"{name} was read; no column is confirmed to be the label."
        return Factor(frozenset({"medium"}), why, "measured")
    share = f"{100 * source.labelled:.0f} of 100 rows of {name} have a label."
    if source.labelled == 0:
        return Factor(frozenset({"low"}), f"No row of {name} has a label.", "measured")
    level: Level = "high" if source.labelled >= LABELLED else "medium"
    return Factor(frozenset({level}), share, "measured")


def model_readiness(verdict: str, says: str, otherwise: Factor) -> Factor:
    """What evidence says of the model; where none decides, what an assessment says."""
    if verdict:
        return Factor(frozenset({READY[verdict]}), says, "measured")
    return otherwise


def business_impact(value: Value | None, apart: str, yardsticks: Yardsticks) -> Factor:
    """The levels that nine in ten draws of the value reach; without a value all."""
    if value is None:
        return Factor(why=apart or "It has no value model.")
    levels = _levels(value.low, value.high, yardsticks.small_value, yardsticks.large_value)
    span = money_span(value.low, value.high, value.currency)
    bounds = " and ".join(
        money(one, value.currency) for one in (yardsticks.small_value, yardsticks.large_value)
    )
    return Factor(levels, f"Worth {span}, against the marks {bounds}.", value.grade)


def ease(effort: Span | None, yardsticks: Yardsticks) -> Factor:
    """How little it takes: high where even its upper end is small."""
    if effort is None:
        return Factor(why="Its effort is not estimated.")
    hard = _levels(
        effort.low, effort.high, yardsticks.small_effort, yardsticks.large_effort, up_to=True
    )
    levels = frozenset(LEVELS[-1 - LEVELS.index(one)] for one in hard)
    return Factor(levels, f"It takes {months(effort)}.", "estimated")


def months(effort: Span) -> str:
    """`3 to 5 person-months`, `1 person-month`."""
    low, high = f"{effort.low:.3g}", f"{effort.high:.3g}"
    if low == high:
        return f"{low} person-month{'' if low == '1' else 's'}"
    return f"{low} to {high} person-months"


def _levels(
    low: float, high: float, small: float, large: float, up_to: bool = False
) -> frozenset[Level]:
    """The levels between two ends; a mark itself counts above it, with `up_to` below it."""

    def at(x: float) -> int:
        return (x > small) + (x > large) if up_to else (x >= small) + (x >= large)

    return frozenset(LEVELS[at(low) : at(high) + 1])
