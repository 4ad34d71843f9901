"""In what something on record is counted, so that nothing is read in a unit that it does not have.

A share is no amount of money, and a count of rows no number of uses a month. A criterion on a
column (`mean(latency_ms)`) is counted as its column is, which only people know: the contract's text
stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sextant.contracts.grammar.parser import parse_sentence
from sextant.contracts.grammar.tokens import CriterionFault
from sextant.metrics.catalogue import CATALOGUE
from sextant_server.strategy.bindings.reading import Reference

Counted = Literal[
    "share", "score", "value", "money", "count", "days", "difference", "ratio", "word"
]
WORDS: Mapping[Counted, str] = {
    "share": "a share",
    "score": "a score",
    "value": "a number in the unit of its column",
    "money": "an amount of money",
    "count": "a count of rows",
    "days": "a number of days",
    "difference": "a difference",
    "ratio": "a ratio",
    "word": "no number",
}
SOURCES: Mapping[str, Counted] = {"rows": "count", "labelled": "count", "age": "days"}
RESULTS: Mapping[str, Counted] = {"expected": "money", "payback": "share", "break_even": "share"}
BETWEEN: Mapping[str, Counted] = {"gap": "difference", "ratio": "ratio"}


def counted(reference: Reference, told: str = "") -> Counted:
    """In what the number behind a reference is counted; `word` where there can be none.

    `told` is what a study says of its number itself.
    """
    kind, key = reference.kind, reference.key
    if kind == "study":
        return next((one for one in WORDS if one == told), "word")
    if kind == "criterion":
        return _of_criterion(key)
    if kind == "rate":
        return "share"
    if kind == "source":
        return SOURCES.get(key.rpartition(":")[2], "word")
    return RESULTS.get(key, "word") if kind == "value" else "word"


def in_per_cent(reference: Reference, told: str = "") -> bool:
    """Whether it can be said in per cent: a share, or a score from 0 to 1, more being better."""
    found = counted(reference, told)
    if found != "score":
        return found == "share"
    metric = CATALOGUE[parse_sentence(reference.key).phrase.name.text]
    low, high = metric.range
    return low == 0 and high == 1 and metric.better == "higher"


def answers(reference: Reference, unit: str, told: str = "") -> bool:
    """Whether its number can stand as it is for one that is asked for in `unit`.

    `unit` is a framework's own word: `%`, `ms`, `people`, `uses per person and month`. Of other
    units than per cent a column's own number is taken at its people's word; a count of rows counts
    things, never things per something.
    """
    if unit.startswith("%"):
        return in_per_cent(reference, told)
    found = counted(reference, told)
    if found == "count":
        return " per " not in unit
    if found == "days":
        return unit.startswith("day")
    return found == "value" or not unit


def _of_criterion(text: str) -> Counted:
    try:
        sentence = parse_sentence(text)
    except CriterionFault:  # no contract holds it, so no evidence says anything of it
        return "word"
    name = sentence.phrase.name.text
    if sentence.of is not None:
        return "difference"
    if name in BETWEEN:
        return BETWEEN[name]
    metric = CATALOGUE.get(name)
    if metric is None:
        return "word"
    return "share" if metric.unit == "percent" else metric.unit
