"""A rule that people would use today, as text: which rows it says yes to.

    age > 60
    poutcome = success
    job in {student, retired}
    age between 30 and 40 and housing = yes or "cons.conf.idx" < -40

Words and signs are those of criteria; `and` binds closer than `or`. Missing cells satisfy no test.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sextant.contracts.grammar.tokens import CriterionFault, Token, quote, tokenize, value_of
from sextant.contracts.problems import ContractError, Problem, suggest
from sextant.studies.probe.rows import Array, Rows

EXAMPLE = "age > 60, job in {student, retired}, age between 30 and 40"
SIGNS = {"==": "=", "=>": ">=", "=<": "<="}


@dataclass(frozen=True, slots=True)
class Test:
    """One test of one column: a sign with a value, `between` two, or `in` some."""

    column: str
    sign: str
    values: tuple[Token, ...]


Rule = tuple[tuple[Test, ...], ...]
"""Any of these must hold, and of each all tests."""


def read_rule(text: str) -> Rule:
    """The tests of a rule. Raises `ContractError` where it cannot be understood."""
    try:
        tokens = tokenize(_bracketed(text))
        found, at = [], 0
        while True:
            tests, at = _all(tokens, at)
            found.append(tests)
            if tokens[at].kind == "end":
                return tuple(found)
            at = _expected(tokens, at, "or")
    except CriterionFault as error:
        where = f"rule, column {error.at + 1}"
        raise ContractError(
            [Problem(where, error.what, error.remedy or f"Write: {EXAMPLE}.")]
        ) from None


def holds(rule: Rule, rows: Rows) -> Array:
    """Which rows the rule says yes to. Raises `ContractError` for columns and values unknown."""
    found = np.zeros(rows.n, dtype=bool)
    for tests in rule:
        all_of = np.ones(rows.n, dtype=bool)
        for one in tests:
            all_of &= _holds(one, rows)
        found |= all_of
    return found


def _bracketed(text: str) -> str:
    """Braces as brackets, outside of quotes."""
    parts = text.split('"')
    parts[::2] = [one.replace("{", "[").replace("}", "]") for one in parts[::2]]
    return '"'.join(parts)


def _all(tokens: list[Token], at: int) -> tuple[tuple[Test, ...], int]:
    found = []
    while True:
        one, at = _test(tokens, at)
        found.append(one)
        if not tokens[at].is_word("and"):
            return tuple(found), at
        at += 1


def _test(tokens: list[Token], at: int) -> tuple[Test, int]:
    name, sign = tokens[at], tokens[min(at + 1, len(tokens) - 1)]
    if name.kind not in {"name", "quoted"}:
        raise CriterionFault(name.at, "A column is missing here.", f"Write: {EXAMPLE}.")
    if sign.is_word("between"):
        low = tokens[at + 2]
        after = _expected(tokens, at + 3, "and") if low.kind != "end" else at + 2
        return Test(name.text, "between", (low, _value(tokens, after))), after + 1
    if sign.is_word("in"):
        return _listed(name, tokens, at + 2)
    if sign.kind != "sign" or sign.text not in {">", "<", ">=", "<=", "=", "!=", *SIGNS}:
        what = f"After '{name.text}' a comparison is missing."
        raise CriterionFault(sign.at, what, f"Write: {EXAMPLE}.")
    value = _value(tokens, at + 2)
    return Test(name.text, SIGNS.get(sign.text, sign.text), (value,)), at + 3


def _listed(name: Token, tokens: list[Token], at: int) -> tuple[Test, int]:
    if not tokens[min(at, len(tokens) - 1)].is_sign("["):
        raise CriterionFault(name.end, "After 'in' a list is missing.", "Write: in {a, b}.")
    values = []
    while True:
        at += 1
        values.append(_value(tokens, at))
        at += 1
        if tokens[at].is_sign("]"):
            return Test(name.text, "in", tuple(values)), at + 1
        if not tokens[at].is_sign(","):
            raise CriterionFault(tokens[at].at, "The list has no end.", "Close it with }.")


def _value(tokens: list[Token], at: int) -> Token:
    one = tokens[min(at, len(tokens) - 1)]
    if one.kind in {"end", "sign"}:
        raise CriterionFault(one.at, "A value is missing here.", f"Write: {EXAMPLE}.")
    return one


def _expected(tokens: list[Token], at: int, word: str) -> int:
    one = tokens[min(at, len(tokens) - 1)]
    if not one.is_word(word):
        what = f"'{one.text}' is not understood here." if one.text else f"'{word}' is missing."
        raise CriterionFault(one.at, what, f"Write: {EXAMPLE}.")
    return at + 1


def _holds(one: Test, rows: Rows) -> Array:
    if one.column in rows.numbers:
        return _number_holds(one, rows.numbers[one.column])
    if one.column not in rows.texts:
        what = f"The rule's column '{one.column}' is not among those that are read."
        raise ContractError([Problem("rule", what, suggest(one.column, rows.columns, "columns"))])
    if one.sign not in {"=", "!=", "in"}:
        what = f"'{one.column}' holds words, which are not compared by {one.sign}."
        raise ContractError([Problem("rule", what, f"Write {quote(one.column)} = VALUE.")])
    names = rows.names[one.column]
    wanted = [value.text for value in one.values]
    if unknown := [value for value in wanted if value not in names]:
        what = f"'{one.column}' never says '{unknown[0]}'."
        raise ContractError([Problem("rule", what, suggest(unknown[0], names, "values"))])
    codes = rows.texts[one.column]
    found: Array = np.isin(codes, [names.index(value) for value in wanted])
    if one.sign == "!=":
        filled: Array = np.array([name != "" for name in names])[codes]
        found = ~found & filled
    return found


def _number_holds(one: Test, values: Array) -> Array:
    for value in one.values:
        if value.kind != "number":
            what = f"'{one.column}' holds numbers, and '{value.text}' is none."
            raise ContractError([Problem("rule", what, f"Write {quote(one.column)} > 60.")])
    limits = [value_of(value) for value in one.values]
    with np.errstate(invalid="ignore"):
        match one.sign:
            case "between":
                found: Array = (values >= limits[0]) & (values <= limits[1])
            case "in":
                found = np.isin(values, limits)
            case ">":
                found = values > limits[0]
            case ">=":
                found = values >= limits[0]
            case "<":
                found = values < limits[0]
            case "<=":
                found = values <= limits[0]
            case "!=":
                found = (values != limits[0]) & ~np.isnan(values)
            case _:
                found = values == limits[0]
    return found
