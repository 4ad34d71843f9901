"""One statement for many ways to group: the widest of rows, all others of the groups found so.

A row is hashed into few sets instead of into every one; what is grouped again are thousands of
groups, not millions of rows. It gives the same answer, because counts, sums and ends of groups
are those of their rows. See `docs/decisions/0044-fewer-groupings.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlglot import exp

from sextant.engines.aggregates import Aggregate
from sextant.engines.sql import sql

Keys = tuple[str, ...]
Covered = dict[Keys, list[Keys]]
"""By the keys that rows are grouped by, the sets that their groups are grouped into."""


def covering(listed: Sequence[Keys], apart: Iterable[str]) -> Covered:
    """The fewest sets that contain all of `listed`; a key of `apart` joins the first of them.

    Such a key (why a row is set aside, whether it is sampled) is alike in nearly all rows, so that
    it hardly makes more groups there, but would be a set of its own.
    """
    alone = set(apart)
    wide = [keys for keys in listed if not alone.issuperset(keys)]
    widest = [keys for keys in wide if not any(set(keys) < set(other) for other in wide)]
    joined = dict.fromkeys(key for keys in listed for key in keys if key in alone)
    first, *others = widest or [()]
    found: Covered = {keys: [] for keys in ((*first, *joined), *others)}
    for keys in listed:
        found[next(top for top in reversed(found) if set(top) >= set(keys))].append(keys)
    return {top: held for top, held in found.items() if held}


def grouping(keys: Sequence[str], sets: Iterable[Keys]) -> tuple[exp.Expr, exp.Group]:
    """GROUPING(keys), which tells the sets apart, and the clause that groups by these sets."""
    tuples = [exp.Tuple(expressions=[exp.column(key) for key in one]) for one in sets]
    number = exp.Anonymous(this="grouping", expressions=[exp.column(key) for key in keys])
    return number, exp.Group(grouping_sets=[exp.GroupingSets(expressions=tuples)])


def keys_of(listed: Iterable[Keys]) -> Keys:
    """Every key of these sets, once."""
    return tuple(sorted({key for keys in listed for key in keys}))


def number_of(keys: Keys, among: Keys) -> int:
    """GROUPING(among) of a set: a bit is 1 where the key is not grouped by."""
    return int("".join("0" if key in keys else "1" for key in among), 2)


def of_rows(listed: Sequence[Keys], found: Sequence[Aggregate], table: str) -> exp.Select:
    """Every set straight from the rows; `part` is 0, and `id` numbers the set in it."""
    keys = keys_of(listed)
    number, group = grouping(keys, listed)
    columns = [exp.column(key) for key in keys]
    told = [sql(one.of_rows()) for one in found]
    selected = exp.select(sql("0").as_("part"), number.as_("id"), *columns, *told).from_(table)
    selected.set("group", group)
    return selected


def of_groups(
    covered: Covered,
    found: Sequence[Aggregate],
    finish: Mapping[str, exp.Expr],
    table: str,
) -> tuple[list[tuple[str, exp.Select]], exp.Query]:
    """The steps from rows to the widest sets' groups, and the sets of those, part by part.

    `finish`: keys that are made of a group's value where they could be made of every row's.
    """
    keys = keys_of(covered)
    number, group = grouping(keys, covered)
    columns = [exp.column(key) for key in keys]
    told = [sql(f"{one.rows} as {one.name}") for one in found]
    counted = exp.select(number.as_("top"), *columns, *told).from_(table)
    counted.set("group", group)
    made = [finish[key].copy().as_(key) if key in finish else exp.column(key) for key in keys]
    names = [exp.column(one.name) for one in found]
    finished = exp.select(exp.column("top"), *made, *names).from_("counted")
    parts = [
        _part(at, number_of(top, keys), keys, held, found)
        for at, (top, held) in enumerate(covered.items())
    ]
    whole: exp.Query = parts[0]
    if len(parts) > 1:
        whole = exp.union(*parts, distinct=False)
    return [("counted", counted), ("finished", finished)], whole


def _part(
    at: int, top: int, every: Keys, held: Sequence[Keys], found: Sequence[Aggregate]
) -> exp.Select:
    mine = keys_of(held)
    number, group = grouping(mine, held)
    columns = [exp.column(key) if key in mine else exp.null().as_(key) for key in every]
    told = [sql(one.of_groups()) for one in found]
    part = exp.select(sql(str(at)).as_("part"), number.as_("id"), *columns, *told)
    part = part.from_("finished").where(sql("top = :n", n=exp.Literal.number(top)))
    part.set("group", group)
    return part
