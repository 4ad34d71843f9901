"""What a contract would ask of the data, said before anybody looks: without any result."""

from __future__ import annotations

from dataclasses import dataclass

from sextant.contracts.grammar.segments import band_labels
from sextant.contracts.model import Contract, Criterion
from sextant.contracts.questions import rests_on_labels
from sextant.contracts.reads import columns_read
from sextant.metrics.catalogue import CATALOGUE
from sextant.words.nouns import capital
from sextant.words.numbers import percent
from sextant.words.promise import promise


@dataclass(frozen=True, slots=True)
class Asked:
    """One promise: in words, what it reads, in how many groups, and how sure it must be.

    `groups`: the segments it is judged in, with their declared values where there are any.
    `confidence` is empty where rows are counted and nothing is estimated.
    """

    id: str
    text: str
    promise: str
    role: str
    columns: tuple[str, ...]
    groups: tuple[str, ...]
    labelled: bool
    confidence: str


def asked(contract: Contract) -> list[Asked]:
    """Every promise of a contract, in its order."""
    return [
        Asked(
            criterion.id,
            criterion.text,
            f"{capital(promise(criterion, contract))}.",
            criterion.role,
            columns_read(criterion, contract),
            _groups(criterion, contract),
            rests_on_labels(criterion),
            "" if fact(criterion) else percent(criterion.confidence),
        )
        for criterion in contract.criteria
    ]


def fact(criterion: Criterion) -> bool:
    """Is it a count of the rows that are there?"""
    return CATALOGUE[criterion.quantity.call.metric].fact


def _groups(criterion: Criterion, contract: Contract) -> tuple[str, ...]:
    """`sex: men, women`; `region: every value of REGION`; `sex x age`."""
    segments = {segment.name: segment for segment in contract.data.segments}
    found = []
    for grouping in criterion.scope.groupings:
        if len(grouping) > 1:
            found.append(" x ".join(grouping))
            continue
        segment = segments[grouping[0]]
        values = list(band_labels(segment.bands)) if segment.bands else []
        values += [label for _, label in segment.labels]
        named = ", ".join(dict.fromkeys(values)) or f"every value of {segment.column}"
        found.append(f"{segment.name}: {criterion.scope.value or named}")
    return tuple(found)
