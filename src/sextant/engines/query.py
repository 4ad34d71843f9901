"""The one query: every state of every segment as grouping sets over one pass of the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

from sextant.contracts.model import Contract
from sextant.engines.bins import cut, score_bin, value_bucket
from sextant.engines.head import Head
from sextant.engines.plan import Plan
from sextant.engines.rows import Rows
from sextant.engines.sets import FACTS, GroupingSet, grouping_sets
from sextant.engines.source import RELATION
from sextant.engines.sql import DIALECT, number, sql
from sextant.metrics.requests import Distribution, Errors, Pairs, Scores, Values

MOST_SETS, MOST_KEYS = 48, 60
"""To one scan: every set costs each thread close to 1 MB, and a GROUPING(…) numbers 63 keys."""
FINE, COARSE = 256, 32
"""Score bins an octave: for the state itself, and for its copies per unit bucket."""
SAMPLED_ROWS = 512
"""About how many row hashes are kept to tell whether later data contain these."""

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One statement, and which of the query's grouping sets its numbers stand for."""

    text: str
    sets: Mapping[int, Keys]


@dataclass(frozen=True, slots=True)
class Query:
    """The statements (one but for very wide contracts) and everything that they group by."""

    parts: tuple[Part, ...]
    sets: tuple[GroupingSet, ...]
    sample_below: int
    head: Head


def build_query(
    contract: Contract,
    plan: Plan,
    rows: Rows,
    rows_hint: int,
    head: Head,
) -> Query:
    """Rows → derived columns → bins → grouping sets, as one statement."""
    sets = grouping_sets(contract, plan, rows.masks)
    sample_below = min(2**64 - 1, int(2**64 * min(1.0, SAMPLED_ROWS / max(rows_hint, 1))))
    derived = exp.select(
        *[expression.copy().as_(name, quoted=True) for name, expression in rows.columns.items()]
    ).from_(exp.to_table(RELATION, quoted=True))
    if rows.where is not None:
        derived = derived.where(rows.where)
    binned = exp.select("*", *_bins(plan, rows, sample_below, head.few)).from_("derived")
    parts = []
    for listed in _split(sets):
        told = _aggregates(plan, rows, [one for one in sets if one.keys in listed], head.near)
        grouped = _grouped(listed, told)
        text = grouped.with_("derived", derived).with_("binned", binned).sql(dialect=DIALECT)
        parts.append(Part(text, {_number(keys, _keys(listed)): keys for keys in listed}))
    return Query(tuple(parts), sets, sample_below, head)


def _split(sets: tuple[GroupingSet, ...]) -> list[list[Keys]]:
    """The different sets of keys, as many in one statement as it can hold."""
    parts: list[list[Keys]] = [[]]
    for keys in dict.fromkeys(one.keys for one in sets):
        if len(parts[-1]) == MOST_SETS or len(_keys([*parts[-1], keys])) > MOST_KEYS:
            parts.append([])
        parts[-1].append(keys)
    return parts


def _keys(listed: list[Keys]) -> Keys:
    return tuple(sorted({key for keys in listed for key in keys}))


def _number(keys: Keys, among: Keys) -> int:
    """GROUPING(…) of a set: a bit is 1 where the key is not grouped by."""
    return int("".join("0" if key in keys else "1" for key in among), 2)


def _grouped(listed: list[Keys], aggregates: list[exp.Expr]) -> exp.Select:
    keys = [exp.column(key) for key in _keys(listed)]
    grouped = exp.select(
        exp.Anonymous(this="grouping", expressions=[key.copy() for key in keys]).as_("id"),
        *keys,
        *aggregates,
    ).from_("binned")
    tuples = [exp.Tuple(expressions=[exp.column(key) for key in one]) for one in listed]
    grouped.set("group", exp.Group(grouping_sets=[exp.GroupingSets(expressions=tuples)]))
    return grouped


def _bins(
    plan: Plan, rows: Rows, sample_below: int, few: Mapping[int, tuple[float, ...]]
) -> list[exp.Expr]:
    """Bins and buckets, from the columns that the first step derived."""
    upper = sql("cast('0x' || left(r, 16) as ubigint)")
    bins = [
        upper.as_("upper_half"),
        sql("cast('0x' || right(r, 16) as ubigint)").as_("lower_half"),
        sql(f"case when :upper < {sample_below} then :upper end", upper=upper).as_("sampled"),
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
                bins.append(_one_by_one(value, few.get(index, ())).as_(f"hv{index}"))
            case _:
                pass
    return bins


def _one_by_one(value: exp.Expr, values: tuple[float, ...]) -> exp.Expr:
    if not values:
        return sql("cast(null as double)")
    listed = exp.In(this=value.copy(), expressions=[number(one) for one in values])
    return sql("case when :known then :x end", known=listed, x=value)


def _aggregates(
    plan: Plan, rows: Rows, sets: list[GroupingSet], near: Mapping[str, float]
) -> list[exp.Expr]:
    """What these sets need to be told of their groups, beside the number of rows."""
    aggregates = ["count(*) as n"]
    facts = any(one.keys == FACTS for one in sets)
    if facts:
        aggregates += [
            f"cast(sum({half}_half) % 18446744073709551616 as ubigint) as {half}"
            for half in ("upper", "lower")
        ]
    if "t" in rows.columns and facts:
        aggregates += ["cast(min(t) as text) as t_low", "cast(max(t) as text) as t_high"]
    wanted = {one.request for one in sets}
    if "p" in rows.columns and (facts or any(isinstance(one, Scores) for one in wanted)):
        aggregates += ["min(p) as p_low", "max(p) as p_high"]
    for index, request in enumerate(plan.all_requests):
        if request not in wanted:
            continue
        match request:
            case Values():
                aggregates += _moments(_from(f"v{index}", near), str(index))
            case Errors():
                aggregates += _moments("(error * error)", str(index))
            case Pairs():
                x, y = _from(f"x{index}", near), _from(f"y{index}", near)
                aggregates += _co_moments(x, y, index)
            case Distribution():
                aggregates += [f"min(v{index}) as low{index}", f"max(v{index}) as high{index}"]
            case _:
                pass
    return [sql(one) for one in aggregates]


def _from(name: str, near: Mapping[str, float]) -> str:
    return f"({name} - {number(near[name]).sql(dialect=DIALECT)})"


def _moments(x: str, name: str) -> list[str]:
    """Centred by the engine itself; the third comes from cov(x, x²) = m3/n + 2·mean·m2/n."""
    return [
        f"count({x}) as n{name}",
        f"avg({x}) as mean{name}",
        f"var_pop({x}) as var{name}",
        f"covar_pop({x}, {x} * {x}) as cov{name}",
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
