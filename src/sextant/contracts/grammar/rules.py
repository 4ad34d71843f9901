"""Rules as text, a line each: what people demand of a table.

    missing(age) <= 1 %                 of what will come: the interval decides
    age between 0 and 120 for 99 %      of what will come
    state in {MA, NH} for 99.9 %        of what will come
    missing(age) <= 12 rows             of this table: counted, exact
    age between 0 and 120               of every row of this table
    state in {MA, NH}                   of every row of this table
    unique(id)                          of this table
    duplicates <= 0 rows                of this table
    type(age) is whole number           of this table
    rows >= 1000                        of this table
    newest(day) <= 7 days               of this table, on the day it is profiled
    zip matches "[0-9]{5}"              of every row of this table; for 99 %: of what will come
    share(label = yes) >= 20 %          of what will come

A share (%) speaks of the process that makes the rows, a count of the rows that are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sextant.contracts.grammar.facts import unreadable
from sextant.contracts.model import Op
from sextant.contracts.problems import ContractError, Problem

What = Literal[
    "missing", "between", "in", "unique", "duplicates", "type", "rows", "newest", "matches", "share"
]  # fmt: skip
TYPES = {"number": "number", "whole number": "whole", "yes or no": "flag", "time": "time"}
NUMBER = r"[+\-]?[0-9][0-9,_]*(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]+)?"
NAME = r'(?:"(?P<quoted>[^"]+)"|(?P<name>[^\s"(){}]+))'
ONE = r'(?:"(?P<one>[^"]+)"|(?P<bare>[^\s"(){}]+(?: [^\s"(){}]+)*))'
SHARE = rf"(?:\s+for\s+(?P<share>{NUMBER})\s*%)?"
FORMS: tuple[tuple[What, re.Pattern[str]], ...] = tuple(
    (what, re.compile(pattern))  # type: ignore[misc]
    for what, pattern in (
        ("missing", rf"missing\({NAME}\)\s*<=\s*(?P<most>{NUMBER})\s*(?P<unit>%|rows?)"),
        ("unique", rf"unique\({NAME}\)"),
        ("newest", rf"newest\({NAME}\)\s*<=\s*(?P<most>{NUMBER})\s*days?"),
        ("duplicates", rf"duplicates\s*<=\s*(?P<most>{NUMBER})\s*rows?"),
        ("type", rf"type\({NAME}\)\s+is\s+(?P<type>{'|'.join(TYPES)}){SHARE}"),
        ("rows", rf"rows\s*(?P<op><=|>=)\s*(?P<most>{NUMBER})"),
        ("share", rf"share\(\s*{NAME}\s*=\s*{ONE}\s*\)\s*(?P<op><=|>=)\s*(?P<most>{NUMBER})\s*%"),
        ("matches", rf'{NAME}\s+matches\s+"(?P<pattern>(?:[^"\\]|\\.)+)"{SHARE}'),
        ("between", rf"{NAME}\s+between\s+(?P<low>{NUMBER})\s+and\s+(?P<high>{NUMBER}){SHARE}"),
        ("in", rf"{NAME}\s+in\s+\{{(?P<values>.*)\}}{SHARE}"),
    )
)
VALUE = re.compile(r'\s*(?:"([^"]*)"|([^,"{}]+?))\s*(?:,|$)')
EXAMPLES = "missing(age) <= 1 %, age between 0 and 120, state in {MA, NH}, unique(id), rows >= 1000"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `share`: what must hold of so large a share of what will come; None: of this table.

    `most`: the bound of a count or, where `share` is set, unused; `op` of `rows`.
    """

    text: str
    what: What
    column: str | None = None
    share: float | None = None
    most: float = 0.0
    op: Op = "<="
    limits: tuple[float, float] = (0.0, 0.0)
    values: tuple[str, ...] = ()
    type: str = ""
    pattern: str = ""


def read_rules(text: str | Iterable[str]) -> tuple[Rule, ...]:
    """Rules of a text, a line each; blank lines and those after # are passed over.

    Raises `ContractError` with every line that is no rule.
    """
    lines = text.splitlines() if isinstance(text, str) else list(text)
    rules: list[Rule] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, start=1):
        written = line.strip()
        if not written or written.startswith("#"):
            continue
        try:
            rules.append(read_rule(written))
        except ValueError as error:
            problems.append(Problem(f"line {number}, column 1", str(error)))
    if problems:
        raise ContractError(problems)
    return tuple(rules)


def form_of(text: str) -> tuple[What, re.Match[str]] | None:
    """Which form of rule a text has, whether or not it makes sense."""
    matches = ((what, form.fullmatch(text)) for what, form in FORMS)
    return next(((what, match) for what, match in matches if match), None)


def read_rule(text: str) -> Rule:
    """One rule. Raises ValueError: the problem, the value, the remedy."""
    if found := form_of(text):
        what, match = found
        return _made(text, what, match.groupdict())
    raise ValueError(f"'{text:.120}' is no rule. Rules are written like these: {EXAMPLES}.")


def _made(text: str, what: What, held: dict[str, str | None]) -> Rule:
    column = held.get("quoted") or held.get("name")
    share = held.get("share")
    wanted = None if share is None else _number(share) / 100
    if wanted is not None and not 0 < wanted < 1:
        remedy = "Write a share above 0 % and below 100 %, or leave it out: every row then."
        raise ValueError(f"'{text:.120}' asks for {share} %, which no sample can show. {remedy}")
    if what == "missing" and held["unit"] == "%":
        most = _number(held["most"]) / 100
        if not 0 < most < 1:
            remedy = f"Write a share above 0 % and below 100 %, or missing({column}) <= 0 rows."
            raise ValueError(f"'{text:.120}' can never be shown of what will come. {remedy}")
        return Rule(text, what, column, share=1 - most, most=most)
    if what == "between":
        low, high = _number(held["low"]), _number(held["high"])
        if low > high:
            raise ValueError(f"'{text:.120}': {low:g} lies above {high:g}. Write the least first.")
        return Rule(text, what, column, wanted, limits=(low, high))
    if what == "in":
        return Rule(text, what, column, wanted, values=_values(text, held["values"] or ""))
    if what == "type":
        return Rule(text, what, column, wanted, type=held["type"] or "")
    if what == "matches":
        pattern = held["pattern"] or ""
        if why := unreadable(pattern):
            raise ValueError(f"'{text:.120}': the pattern cannot be read: {why}.")
        return Rule(text, what, column, wanted, pattern=pattern)
    if what == "share":
        most = _number(held["most"]) / 100
        if not 0 < most < 1:
            raise ValueError(f"'{text:.120}' decides nothing. Write above 0 % and below 100 %.")
        value = held["one"] or held["bare"] or ""
        return Rule(text, what, column, 1 - most, most, _op(held), values=(value,))
    most = _number(held["most"]) if held.get("most") else 0.0
    return Rule(text, what, column, most=most, op=_op(held))


def _op(held: dict[str, str | None]) -> Op:
    return ">=" if held.get("op") == ">=" else "<="


def _number(written: str | None) -> float:
    return float((written or "").replace(",", "").replace("_", ""))


def _values(text: str, written: str) -> tuple[str, ...]:
    values: list[str] = []
    place = 0
    while place < len(written):
        match = VALUE.match(written, place)
        if match is None or match.end() == place:
            raise ValueError(f"'{text:.120}': the set cannot be read. Write {{MA, \"New York\"}}.")
        values.append(match[1] if match[1] is not None else match[2])
        place = match.end()
    if not values:
        raise ValueError(f"'{text:.120}': the set is empty. Write {{MA, NH}}.")
    return tuple(values)


def name(column: str) -> str:
    """A column's name as a rule writes it: in quotes where it holds blanks or brackets."""
    return column if re.fullmatch(r'[^\s"(){}]+', column) else f'"{column}"'


def member(value: str) -> str:
    """A value as a set writes it."""
    return value if re.fullmatch(r'[^\s,"{}]+(?: [^\s,"{}]+)*', value) else f'"{value}"'
