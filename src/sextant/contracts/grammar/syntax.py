"""A criterion as written: the syntax tree, before its names have a meaning."""

from __future__ import annotations

from dataclasses import dataclass

from sextant.contracts.grammar.tokens import Token

Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Written:
    """A number, or a list, with its place."""

    value: float | tuple[Scalar, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name with its arguments; `arguments` is None where no parentheses were written."""

    name: Token
    arguments: tuple[Argument, ...] | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: positional where `key` is None."""

    key: Token | None
    value: Phrase | Token | Written

    @property
    def at(self) -> int:
        if self.key:
            return self.key.at
        return self.value.name.at if isinstance(self.value, Phrase) else self.value.at


@dataclass(frozen=True, slots=True)
class Where:
    """The scope as written: "every", "one" or "across", with its segments' names."""

    kind: str
    at: int
    groupings: tuple[tuple[Token, ...], ...]
    value: Token | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole criterion as written."""

    phrase: Phrase
    op: str
    bound: Written
    of: Token | None = None
    against: Token | None = None
    where: Where | None = None
    confidence: Written | None = None
