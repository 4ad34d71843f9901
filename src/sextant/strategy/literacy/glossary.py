"""The glossary: each word for everybody and for those who compute it, and the way between."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from sextant.contracts.file.document import parse_document
from sextant.contracts.file.fields import Problems, add, entries, number, one_of, text
from sextant.contracts.file.node import Node
from sextant.strategy.shipped import items, once, settle, shipped, texts

TERM = ("term", "name", "plain", "technical", "said", "near", "shows", "story")
SHOWS = ("rate", "criterion", "complement", "says", "hits", "cases", "like")
RATES = ("recall", "false_positive_rate", "precision", "accuracy", "selection_rate", "prevalence")


@dataclass(frozen=True, slots=True)
class Shows:
    """How an example is made of numbers: of a rate, or of a criterion of this metric (`any`).

    `says` is its sentence with places for the numbers; `complement` counts the other cases. Who
    has no evidence sees `hits` of `cases`, or reads `like`.
    """

    says: str
    rate: str = ""
    criterion: str = ""
    complement: bool = False
    hits: float = 0.0
    cases: float = 0.0
    like: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A word: in one plain sentence, in a technical one, and as people say it without the word."""

    key: str
    name: str
    plain: str
    technical: str
    said: tuple[str, ...]
    near: tuple[str, ...]
    shows: Shows | None = None
    story: str = ""


@cache
def glossary() -> Mapping[str, Term]:
    """Every term by its key, in alphabetical order."""
    return _read(shipped(__package__, "glossary.yaml"))


def find(asked: str) -> tuple[Term, ...]:
    """The terms that speak of something: by their name, by everyday words, by what they mean."""
    words = asked.casefold().split()
    if not words:
        return tuple(glossary().values())
    ranked = ((_rank(term, words), term) for term in glossary().values())
    found = sorted(((rank, term.name, term) for rank, term in ranked if rank), key=lambda x: x[:2])
    return tuple(term for _, _, term in found)


def glossary_from_text(text: str) -> Mapping[str, Term]:
    """Terms from YAML. Raises `ContractError` with every problem and its place."""
    return _read(parse_document(text))


def _rank(term: Term, words: list[str]) -> int:
    """1 where the name holds every word, 2 where everyday words do, 3 where the meaning does."""
    fields = (f"{term.name} {term.key}", " ".join(term.said), f"{term.plain} {term.technical}")
    held = ""
    for rank, one in enumerate(fields, 1):
        held += f" {one.casefold()}"
        if all(word in held for word in words):
            return rank
    return 0


def _read(root: Node) -> Mapping[str, Term]:
    problems: Problems = []
    held = entries(root, ("terms",), ("terms",), "the glossary", problems)
    rows = items(held.get("terms"), "terms", problems)
    found = [_term(row, problems) for row in rows]
    once(((term.key, row) for term, row in zip(found, rows, strict=True)), "term", problems)
    known = {term.key for term in found}
    for row, term in zip(rows, found, strict=True):
        for near in term.near:
            if near not in known or near == term.key:
                add(problems, row, f"'{term.key}' lies near '{near}', which is no other term.",
                    "Name another term.")  # fmt: skip
    settle(problems)
    return MappingProxyType({term.key: term for term in sorted(found, key=_alphabet)})


def _alphabet(term: Term) -> str:
    return term.name.casefold()


def _term(node: Node, problems: Problems) -> Term:
    held = entries(node, TERM, TERM[:6], "a term", problems)
    key, name, plain, technical = (text(held.get(one), one, problems) for one in TERM[:4])
    shows = _shows(held["shows"], problems) if "shows" in held else None
    story = text(held.get("story"), "story", problems)
    if (shows is None) == (not story):
        add(problems, node, f"'{key}' needs one example.", "Give it `shows` or `story`.")
    said = texts(held.get("said"), "said", problems)
    near = texts(held.get("near"), "near", problems)
    return Term(key, name, plain, technical, said, near, shows, story)


def _shows(node: Node, problems: Problems) -> Shows:
    held = entries(node, SHOWS, ("says",), "an example", problems)
    rate = one_of(held.get("rate"), RATES, "rate", problems) or ""
    criterion = text(held.get("criterion"), "criterion", problems)
    if bool(rate) == bool(criterion):
        add(problems, node, "An example shows a rate or a criterion.", "Give it one of them.")
    counts = [number(held[one], one, problems, 1) if one in held else None
              for one in ("hits", "cases")]  # fmt: skip
    hits, cases = (one or 0.0 for one in counts)
    like = text(held.get("like"), "like", problems)
    if not like and not 0 < hits < cases:
        add(problems, node, "An example needs one for those without evidence.",
            "Give it `hits` of more `cases`, or `like`.")  # fmt: skip
    flag = one_of(held.get("complement"), ("true", "false"), "truth value", problems)
    says = text(held.get("says"), "says", problems)
    return Shows(says, rate, criterion, flag == "true", hits, cases, like)
