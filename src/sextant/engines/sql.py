"""Small SQL helpers on SQLGlot: templates in one dialect, columns and numbers quoted safely."""

from __future__ import annotations

from functools import cache

import sqlglot
from sqlglot import exp

DIALECT = "duckdb"
LARGEST = 1.7976931348623157e308


@cache
def _parsed(template: str) -> exp.Expr:
    return sqlglot.parse_one(template, dialect=DIALECT)


def sql(template: str, **parts: exp.Expr | str | float | int) -> exp.Expr:
    """An expression from a template with `:name` placeholders.

    Expressions are put in as they are, texts become string literals, numbers number literals: no
    user's text ever reaches the parser.
    """
    placed = {name: _expression(part) for name, part in parts.items()}
    return exp.replace_placeholders(_parsed(template), **placed)  # copies it


def _expression(part: exp.Expr | str | float | int) -> exp.Expr:
    if isinstance(part, exp.Expr):
        return part.copy()
    if isinstance(part, str):
        return exp.Literal.string(part)
    return number(part)


def number(value: float | int) -> exp.Expr:
    """A DOUBLE literal with the exact value: written with an exponent, never as a decimal."""
    text = repr(float(abs(value)))
    literal = exp.Literal.number(text if "e" in text else text + "e0")
    return exp.Paren(this=exp.Neg(this=literal)) if value < 0 else literal


def column(name: str) -> exp.Column:
    return exp.column(name, quoted=True)


def cases(branches: list[tuple[exp.Expr, exp.Expr]], default: exp.Expr) -> exp.Expr:
    """CASE WHEN … THEN … ELSE default END; the default alone where there is no branch."""
    if not branches:
        return default
    whole = exp.Case(default=default)
    for condition, result in branches:
        whole.append("ifs", exp.If(this=condition, true=result))
    return whole


def finite(value: exp.Expr, most: float = LARGEST) -> exp.Expr:
    """True for finite numbers up to `most` either way; false for NaN, which sorts above all."""
    return sql("abs(:x) <= :most", x=value, most=most)


def tidy(value: exp.Expr) -> exp.Expr:
    """Text without blanks around it; blank text becomes NULL."""
    return sql("nullif(trim(cast(:x as text)), '')", x=value)
