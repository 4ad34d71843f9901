"""The portfolio's sentences: what is best, why nothing can be said, how the effort is spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sextant.contracts.evidence import Verdict
from sextant.strategy.portfolio import Bet, Mix, Span, against, dominated, draws_for, mix
from sextant.strategy.portfolio.bet import LEVELS
from sextant.strategy.portfolio.says import headline
from sextant_server.products.models import Product
from sextant_server.strategy.portfolio.gathering import Entry, Portfolio
from sextant_server.strategy.portfolio.planning import by_horizon

MATURITY = "data-maturity"
NAMED = 5


@dataclass(frozen=True, slots=True)
class Spread:
    """The mix of quick wins and long bets against what is aimed at."""

    mix: Mix
    verdict: Verdict
    says: str

    @property
    def quick(self) -> str:
        return _names(self.mix.quick)

    @property
    def long(self) -> str:
        return _names(self.mix.long)

    @property
    def either(self) -> str:
        return _names(self.mix.either)

    @property
    def unknown(self) -> str:
        return _names(self.mix.unknown)


@dataclass(frozen=True, slots=True)
class Beaten:
    """A bet that another beats in every respect."""

    bet: Bet
    by: Bet
    more: int


@dataclass(frozen=True, slots=True)
class Square:
    """One field of need against goal fit: the bets that surely stand there."""

    need: str
    fit: str
    bets: tuple[Bet, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """A horizon with its bets, and how mature the data of each are."""

    name: str
    rows: tuple[tuple[Product, str], ...]


def answer(found: Portfolio) -> str:
    """The headline of the page."""
    if not found.entries:
        return "There is no bet to choose from."
    count = len(found.entries)
    noun = "the one bet has" if count == 1 else f"none of the {count:,} bets has"
    if any(one.valued is not None for one in found.entries):
        noun = "no value can be compared; below is why, and what to do" if count > 1 else noun
        return headline(found.ranking, f"{noun}.")
    return headline(found.ranking, f"{noun}{' no' if count == 1 else ' a'} value model.")


def footing(found: Portfolio) -> str:
    """What the ranks rest on."""
    count = len(found.ranking)
    if count < 2:
        return ""
    draws = draws_for(count)
    return (
        f"{draws:,} joint draws of the values of {count:,} bets, in {found.currency}. Each is drawn"
        " independently of the others: what two models have in common, as the same customers, is"
        " not known here."
    )


def spread(found: Portfolio) -> Spread:
    """How the effort of all bets is spread, as a range, against the target."""
    made = mix(found.bets, found.measures.marks.small_effort)
    target = found.measures.target
    verdict = against(made.share, target)
    aim = f"aimed at: {_hundred(target)}"
    if made.share is None:
        return Spread(made, verdict, f"No effort is estimated, so the mix is open ({aim}).")
    says = {"met": "as aimed at", "missed": "not as aimed at", "undecided": "perhaps as aimed at"}
    share = _hundred(made.share)
    return Spread(
        made, verdict,
        f"Of 100 person-months quick wins take {share}: {says[verdict]} ({_hundred(target)}).",
    )  # fmt: skip


def beaten(found: Portfolio) -> list[Beaten]:
    """The bets that another one beats in every respect, in the order of the ranking."""
    held = dominated(found.bets)
    return [
        Beaten(bet, held[bet.key][0], len(held[bet.key]) - 1)
        for bet in found.bets
        if bet.key in held
    ]


def squares(bets: Sequence[Bet]) -> tuple[list[list[Square]], list[Bet]]:
    """Need against goal fit, the best corner first; and the bets of which one is not known."""
    known = [bet for bet in bets if bet.factor("user").known and bet.factor("goal").known]
    rows = []
    for need in reversed(range(len(LEVELS))):
        row = []
        for fit in range(len(LEVELS)):
            here = [
                bet
                for bet in known
                if (bet.factor("user").least, bet.factor("goal").least) == (need, fit)
            ]
            row.append(
                Square(LEVELS[need], LEVELS[fit], tuple(here[:NAMED]), max(0, len(here) - NAMED))
            )
        rows.append(row)
    left = {bet.key for bet in known}
    return rows, [bet for bet in bets if bet.key not in left]


def ahead(entries: Sequence[Entry], today: date) -> list[Ahead]:
    """Now, next and later, each bet with what is known of its data's maturity."""
    mature = {one.product.pk: _maturity(one) for one in entries}
    held = by_horizon(((one.product, one.known) for one in entries), today)
    names = {"": "no start yet"}
    return [
        Ahead(names.get(name, name), tuple((one, mature[one.pk]) for one in products))
        for name, products in held.items()
        if products
    ]


def _maturity(entry: Entry) -> str:
    """What the assessment says, else what the sources show; never nothing."""
    held = entry.standing.get(MATURITY)
    if held is not None:
        return f"{held.name}: {held.outcome_name or held.verdict}"
    data = entry.bet.factor("data")
    return f"not assessed; data availability {data.says}"


def _names(bets: Sequence[Bet]) -> str:
    """`3: Fraud, Search, Chat`; `12: Fraud, Search and 10 more`; `none`."""
    if not bets:
        return "none"
    named = ", ".join(bet.name for bet in bets[:NAMED])
    more = f" and {len(bets) - NAMED} more" if len(bets) > NAMED else ""
    return f"{len(bets)}: {named}{more}"


def _hundred(share: Span) -> str:
    low, high = f"{100 * share.low:.0f}", f"{100 * share.high:.0f}"
    return low if low == high else f"{low} to {high}"
