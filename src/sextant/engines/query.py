"""The one query: every state of every segment as grouping sets over one pass of the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from sextant.contracts.model import Contract
from sextant.engines.plan import Plan
from sextant.engines.rows import Rows, cut, score_bin, value_bucket
from sextant.engines.source import RELATION
from sextant.engines.sql import DIALECT, number, sql
from sextant.metrics.requests import (
    Decisions,
    Distribution,
    Errors,
    Flag,
    Labels,
    Pairs,
    Request,
    Scores,
    Values,
)
from sextant.metrics.tally import Grouping

GROUPING_BITS = 60
"""Keys that one GROUPING(…) numbers: its answer is a BIGINT."""
FINE, COARSE = 256, 32
"""Score bins an octave: for the state itself, and for its copies per unit bucket."""
SAMPLED_ROWS = 512
"""About how many row hashes are kept to tell whether later data contain these."""


@dataclass(frozen=True, slots=True)
class GroupingSet:
    """One way to group the rows. `request` None: the counts of rows and labels."""

    keys: tuple[str, ...]
    grouping: Grouping = ()
    request: Request | None = None
    by_unit: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """The SQL text, its grouping sets, and the key columns that number them."""

    text: str
    sets: tuple[GroupingSet, ...]
    keys: tuple[str, ...]
    sample_below: int
    by_value: frozenset[int] = frozenset()

    def numbers(self, keys: tuple[str, ...]) -> dict[str, int]:
        """GROUPING(…) of a set, by column: a bit is 1 where the key is not grouped by."""
        return {
            name: int("".join("0" if key in keys else "1" for key in part), 2)
            for name, part in _parts(self.keys).items()
        }


def _parts(keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The keys in parts that one GROUPING(…) can number."""
    starts = range(0, len(keys), GROUPING_BITS)
    return {f"id{at // GROUPING_BITS}": keys[at : at + GROUPING_BITS] for at in starts}


FACTS = ("kept",)
SAMPLE = ("sampled",)


def build_query(
    contract: Contract,
    plan: Plan,
    rows: Rows,
    rows_hint: int,
    frequent: Mapping[int, tuple[float, ...]],
) -> Query:
    """Rows → derived columns → bins → grouping sets, as one statement.

    `frequent` holds, per distribution, the values that are counted one by one.
    """
    sets = _sets(contract, plan, rows)
    keys = tuple(sorted({key for one in sets for key in one.keys}))
    sample_below = min(2**64 - 1, int(2**64 * min(1.0, SAMPLED_ROWS / max(rows_hint, 1))))
    derived = exp.select(
        *[expression.copy().as_(name, quoted=True) for name, expression in rows.columns.items()]
    ).from_(exp.to_table(RELATION, quoted=True))
    if rows.where is not None:
        derived = derived.where(rows.where)
    binned = exp.select("*", *_bins(plan, rows, sample_below, frequent)).from_("derived")
    grouped = exp.select(
        *[
            exp.Anonymous(this="grouping", expressions=[exp.column(k) for k in part]).as_(name)
            for name, part in _parts(keys).items()
        ],
        *[exp.column(key) for key in keys],
        *_aggregates(plan, rows),
    ).from_("binned")
    listed = [exp.Tuple(expressions=[exp.column(key) for key in one]) for one in _distinct(sets)]
    grouped.set("group", exp.Group(grouping_sets=[exp.GroupingSets(expressions=listed)]))
    text = grouped.with_("derived", derived).with_("binned", binned).sql(dialect=DIALECT)
    return Query(text, sets, keys, sample_below, frozenset(frequent))


def _distinct(sets: tuple[GroupingSet, ...]) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(one.keys for one in sets))


def _sets(contract: Contract, plan: Plan, rows: Rows) -> tuple[GroupingSet, ...]:
    unit = ("u",) if contract.data.unit else ()
    sets = [GroupingSet(FACTS), GroupingSet(SAMPLE), *(GroupingSet((m,)) for m in rows.masks)]
    names = [segment.name for segment in contract.data.segments]
    for grouping, requests in plan.requests.items():
        base = ("kept", *[f"s{names.index(name)}" for name in grouping])
        sets.append(GroupingSet((*base, "y"), grouping))
        for request in requests:
            index = plan.all_requests.index(request)
            match request:
                case Scores():
                    sets.append(GroupingSet((*base, "bin", "cut", "y"), grouping, request))
                    if unit:
                        keys = (*base, "u", "coarse", "cut", "y")
                        sets.append(GroupingSet(keys, grouping, request, by_unit=True))
                    continue
                case Decisions():
                    tail: tuple[str, ...] = ("d", "y")
                case Distribution():
                    tail = (f"h{index}", f"hc{index}", f"hv{index}")
                case Flag():
                    tail = (f"f{index}",)
                case Labels():
                    tail = ("y",)
                case Values() | Pairs() | Errors():
                    tail = ()
            sets.append(GroupingSet((*base, *unit, *tail), grouping, request, bool(unit)))
    return tuple(sets)


def _bins(
    plan: Plan, rows: Rows, sample_below: int, frequent: Mapping[int, tuple[float, ...]]
) -> list[exp.Expr]:
    """Bins and buckets, from the columns that the first step derived."""
    bins = [
        sql("cast(r >> 64 as ubigint)").as_("upper_half"),
        sql("cast(r & 18446744073709551615 as ubigint)").as_("lower_half"),
        sql(
            f"case when cast(r >> 64 as ubigint) < {sample_below} then cast(r >> 64 as ubigint) end"
        ).as_("sampled"),
    ]
    score = exp.column("p")
    for index, request in enumerate(plan.all_requests):
        value = exp.column(f"v{index}")
        match request:
            case Scores():
                bins.append(score_bin(score, FINE).as_("bin"))
                if "u" in rows.columns:
                    bins.append(score_bin(score, COARSE).as_("coarse"))
                bins.append(cut(score, request.thresholds, "<=").as_("cut"))
            case Errors():
                labelled = sql(
                    "case when y in (1, 5, 11, 21, 31) then 1e0 when y <> 2 then 0e0 end"
                )
                bins.append(sql(":p - :y", p=score, y=labelled).as_("error"))
            case Distribution():
                bins.append(value_bucket(value).as_(f"h{index}"))
                bins.append(cut(value, request.cuts, "<").as_(f"hc{index}"))
                bins.append(_one_by_one(value, frequent.get(index, ())).as_(f"hv{index}"))
            case _:
                pass
    return bins


def _one_by_one(value: exp.Expr, values: tuple[float, ...]) -> exp.Expr:
    if not values:
        return sql("cast(null as double)")
    listed = exp.In(this=value.copy(), expressions=[number(one) for one in values])
    return sql("case when :known then :x end", known=listed, x=value)


def _aggregates(plan: Plan, rows: Rows) -> list[exp.Expr]:
    aggregates = [
        "count(*) as n",
        *(
            f"cast(sum({half}_half) % 18446744073709551616 as ubigint) as {half}"
            for half in ("upper", "lower")
        ),
    ]
    if "p" in rows.columns:
        aggregates += ["min(p) as p_low", "max(p) as p_high"]
    if "t" in rows.columns:
        aggregates += ["cast(min(t) as text) as t_low", "cast(max(t) as text) as t_high"]
    for index, request in enumerate(plan.all_requests):
        match request:
            case Values():
                aggregates += _moments(f"v{index}", str(index))
            case Errors():
                aggregates += _moments("(error * error)", str(index))
            case Pairs():
                aggregates += _co_moments(index)
            case Distribution():
                aggregates += [f"min(v{index}) as low{index}", f"max(v{index}) as high{index}"]
            case _:
                pass
    return [sql(one) for one in aggregates]


def _moments(x: str, name: str) -> list[str]:
    """Centred by the engine itself; the third comes from cov(x, x²) = m3/n + 2·mean·m2/n."""
    return [
        f"count({x}) as n{name}",
        f"avg({x}) as mean{name}",
        f"var_pop({x}) as var{name}",
        f"covar_pop({x}, {x} * {x}) as cov{name}",
    ]


def _co_moments(index: int) -> list[str]:
    x, y = f"x{index}", f"y{index}"
    both = f"{x} is not null and {y} is not null"
    return [
        f"count(case when {both} then 1 end) as n{index}",
        f"avg(case when {both} then {x} end) as meanx{index}",
        f"avg(case when {both} then {y} end) as meany{index}",
        f"var_pop(case when {both} then {x} end) as varx{index}",
        f"var_pop(case when {both} then {y} end) as vary{index}",
        f"covar_pop({x}, {y}) as cov{index}",
    ]
