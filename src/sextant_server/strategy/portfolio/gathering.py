"""Every bet that somebody may see, with what is known of each, ranked and compared.

All is read in a fixed number of queries and computed on read, from the records as they stand; the
ranks are those among the bets that this reader sees, so that a hidden one shifts nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sextant.strategy.portfolio import (
    Bet,
    Factor,
    Place,
    Ranked,
    Rate,
    Span,
    Value,
    converted,
    places,
    ranked,
)
from sextant.strategy.portfolio.factors import (
    business_impact,
    data_availability,
    ease,
    model_readiness,
)
from sextant.strategy.portfolio.money import Converted
from sextant.strategy.portfolio.rules import RULES
from sextant_server.accounts.models import User
from sextant_server.products.models import Product, Stage
from sextant_server.products.queries import visible_to
from sextant_server.strategy.assessments.records import records
from sextant_server.strategy.assessments.standing import Standing, standing_of
from sextant_server.strategy.assessments.weighing import Weighed, weigh
from sextant_server.strategy.bindings.memory import remembering
from sextant_server.strategy.economics.queries import Valued, valued
from sextant_server.strategy.opportunities.known import Known
from sextant_server.strategy.opportunities.queries import known
from sextant_server.strategy.portfolio import factors, queries
from sextant_server.strategy.portfolio.queries import Measures, Proof

CANDIDATES = (Stage.OPPORTUNITY, Stage.SCOPING, Stage.DEVELOPMENT)
"""What can be bet on next: everything that is not in use yet and not retired."""
FALLBACK = "EUR"


@dataclass(frozen=True, slots=True)
class Entry:
    """One product as a bet, with the records that its page and its case speak of."""

    product: Product
    bet: Bet
    known: Known
    valued: Valued | None
    weighed: Mapping[str, Weighed]
    standing: Mapping[str, Standing]
    proof: Proof | None
    rate: Rate | None


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The bets of one reader: those with a value by rank, the others by name."""

    entries: tuple[Entry, ...]
    ranking: tuple[Ranked, ...]
    places: Mapping[str, Mapping[int, Place]]
    measures: Measures
    currency: str

    @property
    def bets(self) -> list[Bet]:
        """All bets, in the order of the entries."""
        return [one.bet for one in self.entries]

    @property
    def rank(self) -> dict[int, Ranked]:
        """The place of each bet that has a value, by its key."""
        return {row.bet.key: row for row in self.ranking}

    @property
    def apart(self) -> list[Entry]:
        """What cannot be ranked."""
        return [one for one in self.entries if one.bet.value is None]

    @property
    def rates(self) -> list[Rate]:
        """The rates that were used, each once."""
        return list(dict.fromkeys(one.rate for one in self.entries if one.rate is not None))


def gather(
    user: User, today: date, stages: Collection[str] = CANDIDATES, draws: int | None = None
) -> Portfolio:
    """The portfolio as somebody may see it."""
    products = list(visible_to(user).filter(stage__in=stages))
    return portfolio_of(products, today, draws)


def portfolio_of(products: Sequence[Product], today: date, draws: int | None = None) -> Portfolio:
    """The portfolio of these products."""
    with remembering():
        return _portfolio_of(products, today, draws)


def _portfolio_of(products: Sequence[Product], today: date, draws: int | None) -> Portfolio:
    keys = [one.pk for one in products]
    proofs, seen = queries.proofs_of(keys, today), queries.sources_of(keys)
    values, facts = valued(keys, today), known(keys, today)
    assessed = records({one.pk: one for one in products}, today)
    measures = queries.measures()
    currency = _currency(measures, values)
    foreign = any(one.currency != currency for one in values.values())
    rates = queries.rates() if foreign else []
    measures = replace(measures, marks=replace(measures.marks, currency=currency))
    entries = [
        _entry(
            product, facts[product.pk], values.get(product.pk),
            weigh(product.pk, assessed[product.pk], today), proofs.get(product.pk),
            data_availability(seen.get(product.pk, ())), measures, rates, today,
        )
        for product in products
    ]  # fmt: skip
    return _ordered(entries, measures, currency, draws)


def _entry(
    product: Product,
    known: Known,
    held: Valued | None,
    assessed: Mapping[str, Weighed],
    proof: Proof | None,
    data: Factor,
    measures: Measures,
    rates: list[Rate],
    today: date,
) -> Entry:
    stands = {name: standing_of(one) for name, one in assessed.items()}
    found = _value(held, measures.marks.currency, rates, today)
    effort = queries.span_of(known.person_months)
    made = _factors(known, stands, proof, data, found, effort, measures)
    bet = Bet(product.pk, product.name, found.value, found.why, effort, made)
    return Entry(product, bet, known, held, assessed, stands, proof, found.rate)


def _ordered(
    entries: list[Entry], measures: Measures, currency: str, draws: int | None
) -> Portfolio:
    bets = [one.bet for one in entries]
    ranking = ranked(bets, draws)
    place = {row.bet.key: row.place for row in ranking}
    last = len(entries) + 1
    order = sorted(
        entries, key=lambda one: (place.get(one.bet.key, last), one.bet.name.lower(), one.bet.key)
    )
    by_rule = {rule.key: places(rule, bets) for rule in RULES}
    return Portfolio(tuple(order), tuple(ranking), by_rule, measures, currency)


def _currency(measures: Measures, values: Mapping[int, Valued]) -> str:
    """The yardsticks' own, else the one that most values are in."""
    if measures.own:
        return measures.marks.currency
    held = Counter(one.currency for one in values.values())
    return min(held, key=lambda code: (-held[code], code), default=FALLBACK)


def _value(held: Valued | None, currency: str, rates: list[Rate], today: date) -> Converted:
    """The value in the portfolio's currency, or why the bet stands apart."""
    if held is None:
        why = "It has no value model. Write one: what is it worth to be right, and how often?"
        return Converted(None, why=why)
    value = Value(held.currency, held.expected, held.low, held.high, held.sketch, held.grade)
    return converted(value, currency, rates, today)


def _factors(
    known: Known,
    stands: Mapping[str, Standing],
    proof: Proof | None,
    data: Factor,
    found: Converted,
    effort: Span | None,
    measures: Measures,
) -> dict[str, Factor]:
    verdict, says = (proof.verdict, proof.says) if proof else ("", "")
    readiness = factors.of_assessment(stands.get("technology-readiness"))
    return {
        "data": data,
        "model": model_readiness(verdict, says, readiness),
        "impact": business_impact(found.value, found.why, measures.marks),
        "user": factors.of_level(known.need, "estimated"),
        "feasibility": factors.feasibility(stands),
        "ease": ease(effort, measures.marks),
        "goal": factors.of_level(known.goal_fit, "believed"),
    }
