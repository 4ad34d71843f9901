"""From two changes to the answer of a trade-off: met, missed, undecided and what would decide."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sextant.contracts.evidence import Needed, Verdict
from sextant.contracts.grammar.trading import Tradeoff
from sextant.contracts.model import Contract
from sextant.stats.estimate import Estimate, Level
from sextant.stats.needed import decided, factor_to_decide
from sextant.stats.paired.shares import signed_square_and_add
from sextant.studies.tradeoffs.result import Moved, Weighed

CONFIDENCE = 0.95
JOINT = "square-and-add of both changes with their correlation"
APART = "both changes at half the error each (Bonferroni)"


@dataclass(frozen=True, slots=True)
class Moving:
    """The change of one quantity, new - old, at any level and any scale of the data."""

    at: Callable[[Level, float], Estimate]
    sign: float


@dataclass(frozen=True, slots=True)
class Setup:
    """How a trade-off is weighed: this look's level, the next one's (None: none is left).

    `base`: the rows of which more would decide; `correlation` of both changes, None where no state
    holds both together; `obstacle`: why nothing can be met here, if there is such a reason.
    """

    level: Level
    following: Level | None
    base: float
    correlation: Callable[[float], float] | None = None
    obstacle: str = ""


def joint(verdicts: Sequence[Verdict]) -> Verdict:
    """Of several trade-offs: missed where one is, met where all are."""
    if "missed" in verdicts:
        return "missed"
    return "met" if verdicts and all(one == "met" for one in verdicts) else "undecided"


def net_of(
    agreed: Tradeoff, first: Moving, second: Moving, setup: Setup, level: Level, factor: float = 1.0
) -> Estimate:
    """What is left at the agreed rate, in units of the second quantity; 0 is an even trade.

    gain2 + gain1 x amount2 / amount1. With a correlation by square-and-add of both changes' own
    limits (Zou and Donner 2008), as a difference of correlated shares is; without one each change
    at half the error, so that the sum holds whatever depends on what; so, too, at every level that
    must hold however often one looks, such as that of the next look.
    """
    correlation = setup.correlation if level.tuned_to is None else None
    at = level.split(2) if correlation is None else level
    moved = first.at(at, factor), second.at(at, factor)
    n = min(one.n for one in moved)
    for one in moved:
        if one.value is None:
            return Estimate.undefined(one.reason or "no evidence", n)
    weights = np.array([first.sign * agreed.second.amount / agreed.first.amount, second.sign])
    value = float(weights @ np.array([float(one.value or 0.0) for one in moved]))
    if not all(math.isfinite(one.low) and math.isfinite(one.high) for one in moved):
        reason = next((one.reason for one in moved if one.reason), "no interval on both sides")
        return Estimate.unassessable(value, n, reason)
    if correlation is not None:
        r = correlation(factor)
        found = signed_square_and_add(moved, weights, np.array([[1.0, r], [r, 1.0]]))
        return Estimate(*found, n, JOINT)
    ends = [
        sorted((weight * one.low, weight * one.high))
        for weight, one in zip(weights.tolist(), moved, strict=True)
    ]
    return Estimate(value, ends[0][0] + ends[1][0], ends[0][1] + ends[1][1], n, APART)


def weighed(
    agreed: Tradeoff, contract: Contract, names: tuple[str, str], moving: tuple[Moving, Moving],
    setup: Setup, unit: str,
) -> Weighed:  # fmt: skip
    """A trade-off answered: `names` of the old and the new version, `unit` of what decides."""
    first, second = moving
    net = None
    if agreed.kind == "rate":
        net, verdict, needed = weigh_rate(agreed, first, second, setup)
    else:
        verdict, needed = weigh_floor(agreed, first, second, setup)
    moved = [
        Moved(term, one.at(setup.level, 1.0), one.sign)
        for term, one in zip((agreed.first, agreed.second), moving, strict=True)
    ]
    return Weighed(
        agreed, contract, names, moved[0], moved[1], net, verdict, needed, CONFIDENCE,
        setup.correlation is not None, unit,
    )  # fmt: skip


def weigh_rate(
    agreed: Tradeoff, first: Moving, second: Moving, setup: Setup
) -> tuple[Estimate, Verdict, Needed | None]:
    """Met where all of what is left lies at 0 or above, missed where all of it lies below."""
    net = net_of(agreed, first, second, setup, setup.level)
    verdict: Verdict = decided(net, 0.0, ">=") or "undecided"
    if verdict == "met" and setup.obstacle:
        verdict = "undecided"
    if verdict != "undecided":
        return net, verdict, None
    if (why := _open(net, setup)) is not None:
        return net, verdict, why
    following = setup.following
    assert following is not None
    found = factor_to_decide(
        lambda factor: net_of(agreed, first, second, setup, following, factor),
        0.0, ">=", step=1 / max(setup.base, 1.0),
    )  # fmt: skip
    return net, verdict, _rows(found, setup)


def weigh_floor(
    agreed: Tradeoff, first: Moving, second: Moving, setup: Setup
) -> tuple[Verdict, Needed | None]:
    """Met where the first is shown not to get worse by more than agreed, and the second better.

    Both must hold, so neither needs a correction; missed is said at half the error each.
    """
    claims = ((first, -agreed.first.amount), (second, 0.0))
    each = [decided(_gain(one, setup.level), bound, ">=") for one, bound in claims]
    lost = [decided(_gain(one, setup.level.split(2)), bound, ">=") for one, bound in claims]
    if "missed" in lost:
        return "missed", None
    if all(one == "met" for one in each) and not setup.obstacle:
        return "met", None
    waiting = [pair for pair, one in zip(claims, each, strict=True) if one != "met"]
    needs: list[Needed] = []
    for one, bound in waiting:
        if (why := _open(_gain(one, setup.level), setup)) is not None:
            return "undecided", why
        assert setup.following is not None
        needs.append(_rows(_factor(one, bound, setup.following, setup), setup))
    if not needs:
        return "undecided", Needed(why=setup.obstacle)
    against = [need for need in needs if need.towards == "missed"]
    unknown = [need for need in needs if need.rows is None]
    if against:
        return "undecided", min(against, key=lambda need: need.rows or 0)
    return "undecided", unknown[0] if unknown else max(needs, key=lambda need: need.rows or 0)


def _factor(one: Moving, bound: float, level: Level, setup: Setup) -> tuple[float, str] | None:
    return factor_to_decide(
        lambda factor: _gain(one, level, factor), bound, ">=", step=1 / max(setup.base, 1.0)
    )


def _gain(one: Moving, level: Level, factor: float = 1.0) -> Estimate:
    found = one.at(level, factor)
    if one.sign > 0:
        return found
    value = None if found.value is None else -found.value
    return Estimate(value, -found.high, -found.low, found.n, found.method, found.reason)


def _open(found: Estimate, setup: Setup) -> Needed | None:
    """Why no number of rows can be named, if there is such a reason."""
    if setup.obstacle:
        return Needed(why=setup.obstacle)
    if found.value is None or not found.assessable:
        return Needed(why=found.reason or "no evidence")
    return Needed(why="no look is left") if setup.following is None else None


def _rows(found: tuple[float, str] | None, setup: Setup) -> Needed:
    if found is None:
        return Needed(why="what is left lies too close to an even trade")
    factor, towards = found
    rows = math.ceil((factor - 1) * setup.base - 1e-6)
    return Needed(rows=rows, towards="met" if towards == "met" else "missed")
