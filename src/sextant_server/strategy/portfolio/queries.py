"""What is read of yardsticks, rates and people, and of the records that the factors need."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sextant.strategy import portfolio as lib
from sextant.strategy.portfolio import SourceSeen, Span, Yardsticks
from sextant_server.sources.models import SourceVersion
from sextant_server.strategy.bindings.queries import newest, versions
from sextant_server.strategy.opportunities.models import Role
from sextant_server.strategy.portfolio.models import Capacity, Rate, Yardstick

MOST_RATES = 200
TARGET = Span(0.3, 0.7)
"""The mix that is aimed at while nobody has set one. Proposed: the source gives no number."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What the portfolio is measured with; `own` where an administrator has set it."""

    marks: Yardsticks
    target: Span
    own: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """What the newest evidence that decides says of a product's model."""

    number: int
    verdict: str
    says: str
    snapshot: str
    digest: str
    on: date


def measures() -> Measures:
    """The yardsticks that are set, or those that are proposed."""
    held = yardstick()
    if held is None:
        return Measures(Yardsticks(), TARGET, own=False)
    marks = Yardsticks(
        held.currency, float(held.small_value), float(held.large_value),
        float(held.small_effort), float(held.large_effort),
    )  # fmt: skip
    return Measures(marks, Span(held.quick_low / 100, held.quick_high / 100), own=True)


def rates() -> list[lib.Rate]:
    """Every rate, the newest first."""
    return [
        lib.Rate(one.base, one.quote, float(one.value), one.on, one.source)
        for one in Rate.objects.all()[:MOST_RATES]
    ]


def yardstick() -> Yardstick | None:
    """The yardsticks as they were set."""
    return Yardstick.objects.filter(pk=1).first()


def rate_rows() -> list[Rate]:
    """The newest rates with who kept them."""
    return list(Rate.objects.select_related("edited_by")[:MOST_RATES])


def plan_of(role: str) -> list[Capacity]:
    """All that was said of a role."""
    return list(Capacity.objects.filter(role=role))


def sources_of(products: Collection[int]) -> dict[int, list[SourceSeen]]:
    """What is known of each product's sources that could be read."""
    return {
        product: [_seen(name, version) for name, version in sorted(held.items())]
        for product, held in versions(products).items()
    }


def proofs_of(products: Collection[int], today: date) -> dict[int, Proof]:
    """The newest evidence of each product that decides and has not expired; one query."""
    return {
        product: Proof(
            one.number, one.verdict, f"{one.headline} Evidence {one.number}.", one.snapshot,
            one.digest, one.recorded_at.date(),
        )
        for product, one in newest(products).items()
        if one.expires_on is None or one.expires_on >= today
    }  # fmt: skip


def capacities(first: date, last: date) -> list[Capacity]:
    """Who is there in the months from one to another, both included."""
    return list(Capacity.objects.filter(month__gte=first, month__lte=last))


def people(rows: Collection[Capacity]) -> Mapping[tuple[str, date], Span]:
    """The same by role and month, as ranges."""
    return {(row.role, row.month): Span(float(row.low), float(row.high)) for row in rows}


def role_name(role: str) -> str:
    """A role in words."""
    return str(Role(role).label) if role in Role.values else role


def span_of(ends: tuple[Decimal, Decimal] | None) -> Span | None:
    """Two ends of a record as a range."""
    return None if ends is None else Span(float(ends[0]), float(ends[1]))


def _seen(name: str, version: SourceVersion) -> SourceSeen:
    confirmed = version.source.roles_confirmed_at is not None
    labelled = _labelled(version) if confirmed else None
    return SourceSeen(name, read=True, confirmed=confirmed, labelled=labelled)


def _labelled(version: SourceVersion) -> float | None:
    """The share of rows with a label, where a column is confirmed to be it."""
    label = version.source.roles.get("label")
    name = label.get("column") if isinstance(label, dict) else label
    column = next((one for one in version.columns if one["name"] == name), None)
    if column is None or not version.rows:
        return None
    return 1 - int(column["missing"]) / version.rows
