"""Numbers that can be counted with, and the reasons why a row's cannot."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from sextant.engines.reading import as_number, is_empty
from sextant.engines.source import Source
from sextant.engines.sql import LARGEST, column, finite, sql


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row cannot be used: for nothing at all (`whole`), or not where a number is due."""

    condition: exp.Expr
    whole: bool = False


Reasons = dict[str, Reason]


def usable(source: Source, name: str, most: float = LARGEST) -> exp.Expr:
    """A column's number where it is finite and no larger than `most`, else NULL."""
    value = as_number(source, name)
    return sql("case when :ok then :x end", ok=finite(value, most), x=value)


def number_reasons(source: Source, name: str, called: str, most: float = LARGEST) -> Reasons:
    """Why a cell holds no number that can be used: empty, unreadable, infinite, too large."""
    reasons = {f"no {called}": Reason(no_number(source, name))}
    return reasons | wrong_numbers(source, name, called, most)


def wrong_numbers(source: Source, name: str, called: str, most: float = LARGEST) -> Reasons:
    """The same without the empty cells."""
    value = as_number(source, name)
    infinite = sql("coalesce(abs(:x) = 'infinity'::double, false)", x=value)
    reasons = {
        **unreadable(source, name, called),
        f"{called} is infinite": Reason(infinite),
    }
    if most < LARGEST:
        huge = sql("coalesce(abs(:x) > :m and :ok, false)", x=value, m=most, ok=finite(value))
        reasons[f"{called} is beyond {most:g}"] = Reason(huge)
    return reasons


def unreadable(source: Source, name: str, called: str) -> Reasons:
    """Text that is no number, and NaN: something stands there, but nothing to count with."""
    empty, value = no_number(source, name), as_number(source, name)
    unread = sql("not :e and not coalesce(:x <= 'infinity'::double, false)", e=empty, x=value)
    return {f"{called} is not a number": Reason(unread)}


def no_number(source: Source, name: str) -> exp.Expr:
    """True where nothing stands in a cell that should hold a number."""
    if source.columns[name] in {"number", "single"}:
        return sql(":x is null", x=column(name))
    return is_empty(source, name)
