"""Quick wins against long bets: what share of the effort goes where, as a range."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sextant.contracts.evidence import Verdict
from sextant.strategy.portfolio.bet import Bet, Span


@dataclass(frozen=True, slots=True)
class Mix:
    """Bets by kind, and the share of all effort that quick wins take at least and at most.

    `either`: its effort may turn out on either side of the mark. `share` is None where nothing is
    estimated.
    """

    quick: tuple[Bet, ...]
    long: tuple[Bet, ...]
    either: tuple[Bet, ...]
    unknown: tuple[Bet, ...]
    share: Span | None


def mix(bets: Iterable[Bet], small: float) -> Mix:
    """Sort bets at the mark `small` (person-months). The ends of the share can both be reached.

    The share is least where quick wins take little, long bets much, and whatever may be either
    turns out long; most where it is the other way about.
    """
    kinds: dict[str, list[Bet]] = {"quick": [], "long": [], "either": [], "unknown": []}
    least, most = [0.0, 0.0], [0.0, 0.0]  # quick, long
    for bet in bets:
        effort = bet.effort
        if effort is None:
            kinds["unknown"].append(bet)
        elif effort.high <= small:
            kinds["quick"].append(bet)
            least[0], most[0] = least[0] + effort.low, most[0] + effort.high
        elif effort.low > small:
            kinds["long"].append(bet)
            least[1], most[1] = least[1] + effort.high, most[1] + effort.low
        else:
            kinds["either"].append(bet)
            least[1], most[0] = least[1] + effort.high, most[0] + small
    ends = [_share(*least), _share(*most)]
    share = None if None in ends else Span(*(end for end in ends if end is not None))
    quick, long, either, unknown = (tuple(held) for held in kinds.values())
    return Mix(quick, long, either, unknown, share)


def against(share: Span | None, target: Span) -> Verdict:
    """Whether a share lies within its target: met and missed only where the whole range does."""
    if share is None:
        return "undecided"
    if target.low <= share.low and share.high <= target.high:
        return "met"
    return "missed" if share.high < target.low or share.low > target.high else "undecided"


def _share(quick: float, long: float) -> float | None:
    return quick / (quick + long) if quick + long > 0 else None
