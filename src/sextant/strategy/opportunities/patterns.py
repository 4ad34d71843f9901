"""Use-case patterns: what is typical of a kind of product, as data.

A pattern is where a team begins, not what it ends with: its criteria are drafts in the grammar of
contracts, and every number in them is a place to put one's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from sextant.contracts.file.fields import Problems, add, entries, one_of, text
from sextant.contracts.grammar.meaning import understand
from sextant.contracts.grammar.setting import Setting
from sextant.contracts.problems import Problem
from sextant.strategy.opportunities.kinds import FAMILIES, TECHNIQUES
from sextant.strategy.opportunities.reading import key_of, lines, parsed, row, rows, texts_in

if TYPE_CHECKING:
    from sextant.contracts.file.node import Node

REQUIRED = (
    "pattern", "name", "says", "technique", "family", "outcome", "moves", "criteria", "baseline",
    "harms", "data", "failures", "questions", "sources",
)  # fmt: skip
AMOUNTS = ("from the source", "a placeholder")


@dataclass(frozen=True, slots=True)
class Mover:
    """A metric of the AI that typically moves a metric of the business, and why it would."""

    business: str
    ai: str
    why: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """A draft criterion: why it is typical, and which columns must be recorded for it."""

    check: str
    why: str
    needs: str


@dataclass(frozen=True, slots=True)
class Harm:
    """Who is hurt, and how."""

    who: str
    how: str


@dataclass(frozen=True, slots=True)
class Need:
    """What data it takes, and for what."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Failure:
    """How it typically fails, how that shows, and what is done then."""

    how: str
    shows: str
    answer: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is typically tried first, without AI."""

    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """One use-case pattern. `outcome` is a framed one; `amount` says where its number is from."""

    key: str
    name: str
    says: str
    technique: str
    family: str
    outcome: str
    amount: str
    moves: tuple[Mover, ...]
    criteria: tuple[Suggested, ...]
    baseline: Baseline
    harms: tuple[Harm, ...]
    data: tuple[Need, ...]
    failures: tuple[Failure, ...]
    questions: tuple[str, ...]
    sources: tuple[str, ...]


def pattern_from_text(source: str) -> Pattern:
    """The pattern that a file states; raises ContractError with every problem and its place."""
    return parsed(source, _pattern)


def shipped_pattern(key: str) -> Pattern | None:
    """The shipped pattern of a key, read alone: its file has the same name."""
    return _read(key) if key in _texts() else None


@cache
def patterns() -> Mapping[str, Pattern]:
    """The shipped patterns by key, in the order of their names."""
    found = sorted(map(_read, _texts()), key=lambda one: one.name)
    return MappingProxyType({one.key: one for one in found})


@cache
def _texts() -> Mapping[str, str]:
    return {name.removesuffix(".yaml"): text for name, text in texts_in("patterns").items()}


@cache
def _read(key: str) -> Pattern:
    return pattern_from_text(_texts()[key])


def _pattern(root: Node, problems: Problems) -> Pattern:
    found = entries(root, REQUIRED, REQUIRED, "a pattern", problems)

    def listed(name: str, keys: tuple[str, ...]) -> list[dict[str, str]]:
        return rows(found.get(name), keys, name, problems)

    family = one_of(found.get("family"), tuple(FAMILIES), "family", problems) or ""
    technique = one_of(found.get("technique"), tuple(TECHNIQUES), "technique", problems) or ""
    outcome, baseline = found.get("outcome"), found.get("baseline")
    framed = row(outcome, ("text", "amount"), "outcome", problems) if outcome else {}
    if outcome and framed["amount"] not in AMOUNTS:
        add(problems, outcome, f"'{framed['amount']}' does not say where the amount is from.",
            f"Write {' or '.join(AMOUNTS)}.")  # fmt: skip
    simple = row(baseline, ("name", "says"), "baseline", problems) if baseline else {}
    return Pattern(
        key=key_of(found.get("pattern"), "pattern", problems),
        name=text(found.get("name"), "name", problems),
        says=text(found.get("says"), "says", problems),
        technique=technique,
        family=family,
        outcome=framed.get("text", ""),
        amount=framed.get("amount", ""),
        moves=tuple(Mover(**one) for one in listed("moves", ("business", "ai", "why"))),
        criteria=_criteria(found.get("criteria"), family, problems),
        baseline=Baseline(simple.get("name", ""), simple.get("says", "")),
        harms=tuple(Harm(**one) for one in listed("harms", ("who", "how"))),
        data=tuple(Need(**one) for one in listed("data", ("what", "why"))),
        failures=tuple(Failure(**one) for one in listed("failures", ("how", "shows", "answer"))),
        questions=lines(found.get("questions"), "questions", problems),
        sources=lines(found.get("sources"), "sources", problems),
    )


def _criteria(node: Node | None, family: str, problems: Problems) -> tuple[Suggested, ...]:
    """The draft criteria, each read as a contract would read it, whatever its data are called."""
    found = rows(node, ("check", "why", "needs"), "criteria", problems)
    if family:
        setting = Setting(segments=None, roles=None, task=FAMILIES[family].task)
        for one, item in zip(found, node.items if node else (), strict=True):
            check = next((value for key, value in item.entries if key.raw == "check"), item)
            _, faults = understand(one["check"], setting)
            problems += [Problem(check.at(each.at), each.what, each.remedy) for each in faults]
    return tuple(Suggested(**one) for one in found)
