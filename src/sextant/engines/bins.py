"""The bins of scores and the buckets of values in SQL: the same indexes as `sextant.states.bins`.

A logarithm that rounds across a power of two does no harm: the part of the octave then comes out
as -1, or as one more than there are, and that is the same index.
"""

from __future__ import annotations

from sqlglot import exp

from sextant.engines.sql import cases, number, sql


def cut(value: exp.Expr, edges: tuple[float, ...], op: str) -> exp.Expr:
    """How many edges, ascending, lie at or below (`<=`), or below (`<`), the value."""
    if not edges:
        return sql("0")
    beyond = {"<=": "<", "<": "<="}[op]
    branches: list[tuple[exp.Expr, exp.Expr]] = [(sql(":x is null", x=value), exp.null())]
    for below, edge in enumerate(edges):
        test = sql(f":x {beyond} :b", x=value, b=number(edge))
        branches.append((test, sql(str(below))))
    return cases(branches, sql(str(len(edges))))


def score_bin(score: exp.Expr, per_octave: int) -> exp.Expr:
    """The bin of a score: `per_octave` equal parts per power of two, mirrored at one half."""
    near = sql("case when :p < 0.5e0 then :p else 1e0 - :p end", p=score)
    octave = sql("floor(ln(:q) / 0.6931471805599453e0)", q=near)
    index = sql(
        "case when :q < :tiny then :floor "
        "else :e * :m + floor((:q / power(2e0, :e) - 1e0) * :m) end",
        q=near,
        e=octave,
        m=per_octave,
        tiny=2.0**-20,
        floor=-20 * per_octave - 1,
    )
    return sql(
        "case when :p >= 0e0 and :p <= 1e0 then "
        "cast(case when :p < 0.5e0 then :i else -:i end as integer) end",
        p=score,
        i=index,
    )


def value_bucket(value: exp.Expr) -> exp.Expr:
    """The bucket of a number: 64 equal parts per power of two, as `sextant.states.histogram`."""
    size = sql("abs(:x)", x=value)
    octave = sql("least(floor(ln(:a) / 0.6931471805599453e0), 1023e0)", a=size)
    part = sql("floor((:a / power(2e0, :e) - 1e0) * 64e0)", a=size, e=octave)
    return sql(
        "case when :x is null then null when :x = 0e0 then 0 else "
        "cast(sign(:x) * (:e * 64e0 + :part + 80000e0) as integer) end",
        x=value,
        e=octave,
        part=part,
    )
