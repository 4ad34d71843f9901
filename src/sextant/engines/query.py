"""The one query: every state of every segment as grouping sets over one pass of the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from sextant.contracts.model import Contract
from sextant.engines import judged, pairs
from sextant.engines.bins import cut, score_bin, value_bucket
from sextant.engines.head import Head
from sextant.engines.ordered import differences, orders
from sextant.engines.plan import Plan
from sextant.engines.ranking import mixed, places, shown, values
from sextant.engines.rows import Rows
from sextant.engines.sets import FACTS, GroupingSet, grouping_sets
from sextant.engines.source import RELATION
from sextant.engines.sql import DIALECT, number, sql
from sextant.metrics.paired.requests import Measured, Ordered, PairRequest
from sextant.metrics.requests import (
    Difference,
    Distribution,
    Errors,
    Fit,
    Pairs,
    Ranking,
    Request,
    Residuals,
    Scaled,
    Scores,
    Values,
    Verdicts,
)

FINE, COARSE = 256, 32
"""Score bins an octave: for the state itself, and for its copies per unit bucket."""
SAMPLED_ROWS = 512
"""About how many row hashes are kept to tell whether later data contain these."""

Keys = tuple[str, ...]


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
    """Rows → derived columns → bins → these grouping sets, which `id` numbers."""
    derived = exp.select(
        *[one.copy().as_(name, quoted=True) for name, one in query.rows.columns.items()]
    ).from_(exp.to_table(RELATION, quoted=True))
    if query.rows.where is not None:
        derived = derived.where(query.rows.where)
    stages = [("derived", derived), *_ranked(query)]
    binned = exp.select("*", *_bins(query)).from_(stages[-1][0])
    keys = [exp.column(key) for key in _keys(listed)]
    grouped = exp.select(
        exp.Anonymous(this="grouping", expressions=[key.copy() for key in keys]).as_("id"),
        *keys,
        *_aggregates(query, [one for one in query.sets if one.keys in listed]),
    ).from_("binned")
    tuples = [exp.Tuple(expressions=[exp.column(key) for key in one]) for one in listed]
    grouped.set("group", exp.Group(grouping_sets=[exp.GroupingSets(expressions=tuples)]))
    for name, stage in [*stages, ("binned", binned)]:
        grouped = grouped.with_(name, stage)
    return grouped.sql(dialect=DIALECT)


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


def numbers(listed: list[Keys]) -> dict[int, Keys]:
    """GROUPING(…) of each set: a bit is 1 where the key is not grouped by."""
    among = _keys(listed)
    return {int("".join("0" if key in keys else "1" for key in among), 2): keys for keys in listed}


def _keys(listed: list[Keys]) -> Keys:
    return tuple(sorted({key for keys in listed for key in keys}))


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


def _aggregates(query: Query, sets: list[GroupingSet]) -> list[exp.Expr]:
    """What these sets need to be told of their groups, beside the number of rows."""
    aggregates, near = ["count(*) as n"], query.head.near
    facts = any(one.keys == FACTS for one in sets)
    if facts:
        aggregates += [
            f"cast(sum({half}_half) % 18446744073709551616 as ubigint) as {half}"
            for half in ("upper", "lower")
        ]
    if (query.rankings or query.orders) and query.user_segments and facts:
        aggregates += ["max(mixed) as mixed"]
    if "t" in query.rows.columns and facts:
        aggregates += ["cast(min(t) as text) as t_low", "cast(max(t) as text) as t_high"]
    wanted = {one.request for one in sets}
    if "p" in query.rows.columns and (facts or any(isinstance(one, Scores) for one in wanted)):
        aggregates += ["min(p) as p_low", "max(p) as p_high"]
    if facts:
        aggregates += pairs.limits(query.plan.all_requests, query.rows.columns)
    for index, request in enumerate(query.plan.all_requests):
        if request not in wanted:
            continue
        aggregates += _of_numbers(request, index, near)
    return [sql(one) for one in [*aggregates, *_of_versions(query, wanted)]]


def _of_numbers(request: Request, index: int, near: Mapping[str, float]) -> list[str]:
    """The aggregates that a request needs beside the number of rows: sums, or ends."""
    match request:
        case Values():
            return _moments(_from(f"v{index}", near), str(index))
        case Errors():
            return _moments("(error * error)", str(index))
        case Ranking(kind="hit"):
            return []
        case Ranking(kind="coverage"):
            return shown(request, index)
        case Residuals() | Difference() | Ranking():
            return _moments(f"v{index}", str(index))
        case Fit():
            return _fit(f"x{index}", _from(f"v{index}", near), index)
        case Pairs() | Scaled():
            x, y = _from(f"x{index}", near), _from(f"y{index}", near)
            return _co_moments(x, y, index)
        case Verdicts():
            return judged.aggregates(index, near)
        case Distribution():
            return [f"min(v{index}) as low{index}", f"max(v{index}) as high{index}"]
        case _:
            return []


def _of_versions(query: Query, wanted: set[Request | None]) -> list[str]:
    """The aggregates of two versions that are compared."""
    found: list[str] = []
    for index, request in enumerate(query.plan.all_requests):
        moments = isinstance(request, Measured) or _of_users(request)
        if moments and request in wanted:
            found += _moments(f"m{index}", str(index))
        if isinstance(request, PairRequest) and request in wanted:
            found += pairs.aggregates(request, index)
    return found


def _of_users(request: Request) -> bool:
    return isinstance(request, Ordered) and request.which in ("a", "b", "difference")


def _from(name: str, near: Mapping[str, float]) -> str:
    return f"({name} - {number(near.get(name, 0.0)).sql(dialect=DIALECT)})"


def _moments(x: str, name: str) -> list[str]:
    """Centred by the engine itself; the third comes from cov(x, x²) = m3/n + 2·mean·m2/n."""
    return [
        f"count({x}) as n{name}",
        f"avg({x}) as mean{name}",
        f"var_pop({x}) as var{name}",
        f"covar_pop({x}, {x} * {x}) as cov{name}",
    ]


def _fit(q: str, y: str, index: int) -> list[str]:
    """Squared errors q and labels y, up to the fourth power; both are NULL in the same rows."""
    return [
        f"count({q}) as n{index}",
        f"avg({q}) as error{index}",
        f"var_pop({q}) as v{index}",
        f"avg({y}) as mean{index}",
        f"var_pop({y}) as var{index}",
        f"covar_pop({y}, {y} * {y}) as cov{index}",
        f"var_pop({y} * {y}) as four{index}",
        f"covar_pop({q}, {y}) as one{index}",
        f"covar_pop({q}, {y} * {y}) as two{index}",
    ]


def _co_moments(x: str, y: str, index: int) -> list[str]:
    both = f"{x} is not null and {y} is not null"
    return [
        f"count(case when {both} then 1 end) as n{index}",
        f"avg(case when {both} then {x} end) as meanx{index}",
        f"avg(case when {both} then {y} end) as meany{index}",
        f"var_pop(case when {both} then {x} end) as varx{index}",
        f"var_pop(case when {both} then {y} end) as vary{index}",
        f"covar_pop({x}, {y}) as cov{index}",
    ]
