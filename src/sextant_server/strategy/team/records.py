"""What is on record of products: of each kind what it says, and the page where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar

from django.urls import reverse

from sextant.words.numbers import word
from sextant_server.contracts.models import Contract
from sextant_server.contracts.models import State as ContractState
from sextant_server.evidence.models import Evidence
from sextant_server.evidence.queries import is_expired
from sextant_server.products.models import Membership, Part, Product, StageMove
from sextant_server.sources.models import Source
from sextant_server.strategy.assessments.queries import standing
from sextant_server.strategy.assessments.standing import Standing
from sextant_server.strategy.bindings.gates import AtGates, at_gates
from sextant_server.strategy.bindings.memory import remembering
from sextant_server.strategy.bindings.queries import newest
from sextant_server.strategy.economics.queries import Valued, valued
from sextant_server.strategy.opportunities.known import Known
from sextant_server.strategy.opportunities.queries import known

T = TypeVar("T", Membership, Contract, StageMove, Source)
PAGES: Mapping[str, tuple[str, str]] = {
    "outcome": ("Outcome", "product"),
    "people": ("People", "product_people"),
    "opportunity": ("Opportunity", "opportunity"),
    "value": ("Value", "value_model"),
    "assessments": ("Assessments", "assessments"),
    "contract": ("Contract", "contracts"),
    "sources": ("Sources", "sources"),
    "evidence": ("Evidence", "evidence"),
    "gates": ("Gates", "gates"),
    "history": ("History", "product_history"),
}
"""The word and the route of each kind of record."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One kind of record of a product, and what it says."""

    kind: str
    word: str
    says: str
    href: str
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What was read of one product."""

    product: Product
    people: tuple[Membership, ...]
    contracts: tuple[Contract, ...]
    sources: int
    evidence: Evidence | None
    moves: tuple[StageMove, ...]
    gates: AtGates
    known: Known | None = None
    value: Valued | None = None
    standing: Mapping[str, Standing] = field(default_factory=dict)


def with_bets(products: Sequence[Product], today: date) -> dict[int, Held]:
    """The same with what is known of the products as bets; a fixed number of queries more."""
    with remembering():
        found = held(products)
        keys = list(found)
        bets, worth, stand = known(keys, today), valued(keys, today), standing(keys, today)
    return {
        key: replace(one, known=bets[key], value=worth.get(key), standing=stand.get(key, {}))
        for key, one in found.items()
    }


def held(products: Sequence[Product]) -> dict[int, Held]:
    """What is on record of products, by their keys; six queries, whatever their number."""
    keys = [one.pk for one in products]
    states = (ContractState.DRAFT, ContractState.LOCKED)
    contracts = Contract.objects.filter(product__in=keys, state__in=states).defer("text")
    people = _by_product(
        Membership.objects.filter(product__in=keys, user__is_active=True).select_related("user")
    )
    signed = _by_product(contracts)
    moves = _by_product(StageMove.objects.filter(product__in=keys))
    sources = _by_product(Source.objects.filter(product__in=keys).only("product_id"))
    evidence, gates = newest(keys), at_gates(keys)
    return {
        one.pk: Held(
            one, tuple(people.get(one.pk, ())), tuple(signed.get(one.pk, ())),
            len(sources.get(one.pk, ())), evidence.get(one.pk), tuple(moves.get(one.pk, ())),
            gates[one.pk],
        )
        for one in products
    }  # fmt: skip


def recorded(of: Held, kind: str, today: date) -> Recorded:
    """What one kind of record of a product says."""
    if kind == "evidence":
        return evidence_of(of, today)
    if kind == "gates":
        return gates_of(of)
    return _recorded(of, kind, SAYS[kind](of))


def people_of(of: Held) -> Recorded:
    """Who answers for a product."""
    return _recorded(of, "people", _people(of))


def evidence_of(of: Held, today: date) -> Recorded:
    """What the newest evidence of a product says, as long as it counts."""
    found = of.evidence
    if found is None:
        return _recorded(of, "evidence", "None decides under a locked contract.")
    if is_expired(found, today):
        says = f"Evidence {found.number} has expired: not known any more."
        return _recorded(of, "evidence", says)
    says = f"{found.headline} {found.brief['counted']}"
    return _recorded(of, "evidence", says, found.verdict)


def gates_of(of: Held) -> Recorded:
    """What waits for a decision, and the last one; where something waits, the gate itself."""
    found = _recorded(of, "gates", _gates(of))
    waiting = of.gates.waiting
    return replace(found, href=waiting.href) if waiting else found


def _recorded(of: Held, kind: str, says: str, verdict: str = "") -> Recorded:
    name, route = PAGES[kind]
    return Recorded(kind, name, says, reverse(route, args=[of.product.slug]), verdict)


def _outcome(of: Held) -> str:
    outcome = of.product.outcome
    return f"{outcome[0].upper()}{outcome[1:]}." if outcome else "Not stated yet."


def _people(of: Held) -> str:
    owner = next((one.user for one in of.people if one.part == Part.OWNER), None)
    count = len({one.user_id for one in of.people})
    if owner is None:
        return "Nobody who is here answers for it."
    with_part = f"{word(count)} {'person has' if count == 1 else 'people have'} a part"
    return f"{owner} answers for it; {with_part}."


def _opportunity(of: Held) -> str:
    lacking = of.known.lacking if of.known else ()
    if not lacking:
        return "All that a bet needs is on record."
    first, many = lacking[0], len(lacking) - 1
    more = f", and {word(many)} more" if many else ""
    return f"It lacks {first}{more}."


def _value(of: Held) -> str:
    return of.value.says if of.value else "Nothing is known of what it is worth."


def _assessments(of: Held) -> str:
    if not of.standing:
        return "None is begun."
    counts = Counter(one.verdict for one in of.standing.values())
    said = ", ".join(
        f"{counts[one]} {one}" for one in ("met", "missed", "undecided") if counts[one]
    )
    again = sum(bool(one.reopened) for one in of.standing.values())
    return f"{said[0].upper()}{said[1:]}{f'; {word(again)} open again' if again else ''}."


def _contract(of: Held) -> str:
    locked = next((one for one in of.contracts if one.state == ContractState.LOCKED), None)
    if locked and locked.locked_at:
        return f"Contract {locked.number}, locked on {_day(locked.locked_at)}."
    if of.contracts:
        return f"Contract {of.contracts[0].number} is a draft."
    return "None is written."


def _sources(of: Held) -> str:
    many = "source is" if of.sources == 1 else "sources are"
    return f"{word(of.sources).capitalize()} {many} registered."


def _gates(of: Held) -> str:
    waiting, last = of.gates.waiting, of.gates.decided
    if waiting is None:
        waits = "Nothing waits."
    elif waiting.word:
        waits = f"“{waiting.asks}” was answered “{waiting.word}”, and waits for a second person."
    else:
        waits = f"“{waiting.asks}” waits since {_on(waiting.since)}."
    if last is None:
        return f"{waits} Nothing has been decided yet."
    return f"{waits} The last decision was “{last.word}”, on {_on(last.on)}."


def _history(of: Held) -> str:
    backs = sum(one.is_back for one in of.moves)
    times = {0: "Never sent back.", 1: "Sent back once.", 2: "Sent back twice."}
    return times.get(backs, f"Sent back {backs} times.")


def _day(at: datetime) -> str:
    return _on(at.date())


def _on(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


SAYS: Mapping[str, Callable[[Held], str]] = {
    "outcome": _outcome,
    "people": _people,
    "opportunity": _opportunity,
    "value": _value,
    "assessments": _assessments,
    "contract": _contract,
    "sources": _sources,
    "history": _history,
}


def _by_product(rows: Iterable[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for row in rows:
        found.setdefault(row.product_id, []).append(row)
    return found
