"""The words of a criterion: names, numbers, quoted names and signs, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["name", "number", "quoted", "sign", "end"]

MAX_LENGTH = 2000
NUMBER = re.compile(r"[+-]?([0-9]{1,40}(\.[0-9]{0,40})?|\.[0-9]{1,40})([eE][+-]?[0-9]{1,3})?")
WHOLE = re.compile(r"[+-]?[0-9]{1,40}")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
SIGN = re.compile(
    "[><=!]=|=[><]|[><=\N{GREATER-THAN OR EQUAL TO}\N{LESS-THAN OR EQUAL TO}"
    "(),[\\]%\N{MULTIPLICATION SIGN}]"
)
WORD = re.compile(
    "[^\\s\"'\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
    "><=!\N{GREATER-THAN OR EQUAL TO}\N{LESS-THAN OR EQUAL TO}"
    "(),\\[\\]%\N{MULTIPLICATION SIGN}]+"
)
SPELLINGS = {
    "\N{GREATER-THAN OR EQUAL TO}": ">=",
    "\N{LESS-THAN OR EQUAL TO}": "<=",
    "\N{MULTIPLICATION SIGN}": "x",
}
KEYWORDS = ("of", "against", "in", "every", "x", "across", "with", "confidence", "true", "false")


class CriterionFault(Exception):
    """A criterion that cannot be understood: `at` counts characters from the start of its text."""

    def __init__(self, at: int, what: str, remedy: str = "") -> None:
        super().__init__(f"{what} {remedy}")
        self.at, self.what, self.remedy = at, what, remedy


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is what it says (without quotes); `at` where it starts; `end` where it stops."""

    kind: Kind
    text: str
    at: int
    end: int

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, unquoted."""
        return self.kind == "name" and self.text in words

    def is_sign(self, *signs: str) -> bool:
        return self.kind == "sign" and self.text in signs


def tokenize(text: str) -> list[Token]:
    """Split a criterion; the last token has kind "end". Raises `CriterionFault`."""
    if len(text) > MAX_LENGTH:
        raise CriterionFault(
            0,
            f"A criterion of {len(text):,} characters is too long.",
            f"Keep it under {MAX_LENGTH:,}.",
        )
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token = _token(text, at)
        tokens.append(token)
        at = token.end
    return [*tokens, Token("end", "", len(text), len(text))]


def _token(text: str, at: int) -> Token:
    if sign := SIGN.match(text, at):
        return Token("sign", SPELLINGS.get(sign[0], sign[0]), at, sign.end())
    if quoted := QUOTED.match(text, at):
        return Token("quoted", re.sub(r"\\(.)", r"\1", quoted[1]), at, quoted.end())
    if word := WORD.match(text, at):
        kind: Kind = "number" if NUMBER.fullmatch(word[0]) else "name"
        return Token(kind, word[0], at, word.end())
    if text[at] == '"':
        raise CriterionFault(at, "A name in double quotes has no end.", 'Close it with ".')
    if text[at] == "!":
        raise CriterionFault(at, "'!' has no meaning here.", "A bound is written >= or <=.")
    raise CriterionFault(at, f"{text[at]} does not quote a name.", 'Use straight double quotes: ".')


def quote(name: str, number: bool = False) -> str:
    """`name` as a criterion writes it: in double quotes unless it is one plain word.

    A name that looks like a number stays bare only where `number` allows it.
    """
    if WORD.fullmatch(name) and name not in KEYWORDS and (number or not NUMBER.fullmatch(name)):
        return name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def plain(number: float) -> str:
    """The shortest writing of a number that reads back the same: 0.8, 300, 1e-07."""
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)


def value_of(token: Token, percent: bool = False) -> float:
    """The number that a token writes; `80 %` is exactly 0.8. Raises `CriterionFault`."""
    text = token.text
    number = float(text)
    if percent:
        number = number / 100 if "e" in text.lower() else float(f"{text}e-2")
    if number in (float("inf"), float("-inf")):
        raise CriterionFault(token.at, f"The number {text} is too large.", "Write a smaller one.")
    return number + 0.0
