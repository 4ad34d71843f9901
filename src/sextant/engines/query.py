"""The one query: every state of every segment as grouping sets over one pass of the rows."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from sextant.contracts.model import Contract
from sextant.engines import pairs
from sextant.engines.aggregates import Aggregate, aggregates
from sextant.engines.bins import cut, score_bin, value_bucket
from sextant.engines.head import Head
from sextant.engines.ordered import differences, orders
from sextant.engines.plan import Plan
from sextant.engines.ranking import mixed, places, values
from sextant.engines.rollup import (
    Covered,
    Keys,
    covering,
    keys_of,
    number_of,
    of_groups,
    of_rows,
)
from sextant.engines.rows import Rows
from sextant.engines.sets import FACTS, SAMPLE, GroupingSet, grouping_sets
from sextant.engines.source import RELATION
from sextant.engines.sql import DIALECT, number, sql
from sextant.metrics.paired.requests import Ordered, PairRequest
from sextant.metrics.requests import (
    Distribution,
    Errors,
    Ranking,
    Scores,
)

FINE, COARSE = 256, 32
"""Score bins an octave: for the state itself, and for its copies per unit bucket."""
SAMPLED_ROWS = 512
"""About how many row hashes are kept to tell whether later data contain these."""


@dataclass(frozen=True, slots=True)
class Query:
    """What the rows are grouped by, and the derived and binned columns that are grouped."""

    plan: Plan
    rows: Rows
    head: Head
    sets: tuple[GroupingSet, ...]
    sample_below: int
    segments: tuple[str, ...]

    @property
    def rankings(self) -> dict[int, Ranking]:
        """The rankings that are asked for, by their place in the plan."""
        requests = enumerate(self.plan.all_requests)
        return {at: one for at, one in requests if isinstance(one, Ranking)}

    @property
    def orders(self) -> dict[int, Ordered]:
        """The pairs of orders that are asked for, by their place in the plan."""
        requests = enumerate(self.plan.all_requests)
        return {at: one for at, one in requests if isinstance(one, Ordered)}

    @property
    def user_segments(self) -> list[str]:
        """The columns of the segments that must not differ between the rows of a user."""
        names = {
            name
            for grouping, held in self.plan.requests.items()
            if any(isinstance(one, Ranking | Ordered) for one in held)
            for name in grouping
        }
        return [f"s{at}" for at, name in enumerate(self.segments) if name in names]


def build_query(contract: Contract, plan: Plan, rows: Rows, rows_hint: int, head: Head) -> Query:
    """Everything that one pass of the rows must yield."""
    sample_below = min(2**64 - 1, int(2**64 * min(1.0, SAMPLED_ROWS / max(rows_hint, 1))))
    sets = grouping_sets(contract, plan, rows.masks)
    segments = tuple(segment.name for segment in contract.data.segments)
    return Query(plan, rows, head, sets, sample_below, segments)


def statement(query: Query, listed: list[Keys]) -> str:
    """Rows → derived columns → bins → these grouping sets; `part` and `id` say which."""
    found = _aggregates(query, listed)
    parted = _parted(query, listed, found)
    raw = query.rows.raw if parted else {}
    derived = exp.select(
        *[
            raw.get(name, one).copy().as_(name, quoted=True)
            for name, one in query.rows.columns.items()
        ]
    ).from_(exp.to_table(RELATION, quoted=True))
    if query.rows.where is not None:
        derived = derived.where(query.rows.where)
    stages: list[tuple[str, exp.Expr]] = [("derived", derived), *_ranked(query)]
    stages.append(("binned", exp.select("*", *_bins(query)).from_(stages[-1][0])))
    grouped: exp.Query = of_rows(listed, found, "binned")
    if parted:
        more, grouped = of_groups(parted, found, query.rows.finish, "binned")
        stages += more
    for name, stage in stages:
        kept = True if name == "counted" else None
        grouped = grouped.with_(name, stage, materialized=kept, copy=False)
    return grouped.sql(dialect=DIALECT, copy=False)


def _parted(query: Query, listed: list[Keys], found: list[Aggregate]) -> Covered:
    """Which sets are made of which others' groups; none where rows alone tell.

    Users and units make about as many groups as there are rows: nothing is gained by them.
    """
    users = "u" in query.rows.columns or query.rankings or query.orders
    if users or not all(one.groups for one in found):
        return {}
    return covering(listed, (*SAMPLE, *query.rows.masks))


def numbers(query: Query, listed: list[Keys]) -> dict[tuple[int, int], Keys]:
    """The sets by `part` and `id` of a statement."""
    parted = _parted(query, listed, _aggregates(query, listed))
    held = list(parted.values()) if parted else [listed]
    return {
        (part, number_of(keys, keys_of(sets))): keys
        for part, sets in enumerate(held)
        for keys in sets
    }


def _aggregates(query: Query, listed: list[Keys]) -> list[Aggregate]:
    """What these sets need to be told of their groups."""
    sets = [one for one in query.sets if one.keys in listed]
    return aggregates(
        query.plan.all_requests,
        [one.request for one in sets],
        query.rows.columns,
        query.head.near,
        any(one.keys == FACTS for one in sets),
        bool((query.rankings or query.orders) and query.user_segments),
    )


def _ranked(query: Query) -> list[tuple[str, exp.Select]]:
    """Two steps more where users' rankings are asked for: the places, then the users' values."""
    wanted = query.rankings
    if pairs_of_orders := query.orders:
        found = [*differences(pairs_of_orders), *mixed(query.user_segments)]
        return [
            ("placed", exp.select("*", *orders(pairs_of_orders)).from_("derived")),
            ("valued", exp.select("*", *found).from_("placed")),
        ]
    if not wanted:
        return []
    return [
        ("placed", exp.select("*", *places(wanted)).from_("derived")),
        ("valued", exp.select("*", *values(wanted, query.user_segments)).from_("placed")),
    ]


def _bins(query: Query) -> list[exp.Expr]:
    """Bins and buckets, from the columns that the first step derived."""
    upper = sql("cast('0x' || left(r, 16) as ubigint)")
    bins = [
        upper.as_("upper_half"),
        sql("cast('0x' || right(r, 16) as ubigint)").as_("lower_half"),
        sql(f"case when :upper < {query.sample_below} then :upper end", upper=upper).as_("sampled"),
    ]
    score = exp.column("p")
    for index, request in enumerate(query.plan.all_requests):
        value = exp.column(f"v{index}")
        match request:
            case Scores():
                bins.append(score_bin(score, FINE).as_("bin"))
                if "u" in query.rows.columns:
                    bins.append(score_bin(score, COARSE).as_("coarse"))
                bins.append(cut(score, request.thresholds, "<=").as_("cut"))
            case PairRequest():
                units = "u" in query.rows.columns
                bins += pairs.bins(request, index, FINE, COARSE, units)
            case Errors():
                labelled = sql(
                    "case when y in (1, 5, 11, 21, 31) then 1e0 when y <> 2 then 0e0 end"
                )
                bins.append(sql(":p - :y", p=score, y=labelled).as_("error"))
            case Distribution():
                bins.append(value_bucket(value).as_(f"h{index}"))
                bins.append(cut(value, request.cuts, "<").as_(f"hc{index}"))
                bins.append(_one_by_one(value, query.head.few.get(index, ())).as_(f"hv{index}"))
            case _:
                pass
    return bins


def _one_by_one(value: exp.Expr, values: tuple[float, ...]) -> exp.Expr:
    if not values:
        return sql("cast(null as double)")
    listed = exp.In(this=value.copy(), expressions=[number(one) for one in values])
    return sql("case when :known then :x end", known=listed, x=value)
