"""What kept studies say of two versions: which they are, on which rows, how far they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sextant_server.candidates.models import Candidate
from sextant_server.studies.kinds.figures import telling, telling_row
from sextant_server.studies.models import Study

KINDS = ("comparison", "baseline")
"""The kinds of studies whose record is that of a comparison."""
CONSTANTS = ("always no", "always yes")
"""What stands for the column of a version that answers everybody the same."""
Key = tuple[int, str, float | None]
"""Where the answers of a version stand: source, column, cut (None where it holds decisions)."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One comparison: B against A on the rows of `held`, the versions of both tables.

    `values`: of each metric over all rows its row, with both versions' own numbers.
    `answer` is its word (better, not worse, …); `row` the difference that makes it so: the first of
    those that have its verdict.
    """

    pk: int
    study: int
    a: Key
    b: Key
    held: tuple[int, int]
    rows: int
    joined: bool
    verdict: str
    answer: str
    names: tuple[str, str]
    question: str
    domain: Sequence[float]
    row: Mapping[str, Any]
    values: Mapping[str, Mapping[str, Any]]
    kind: str = "comparison"

    @property
    def cost(self) -> Mapping[str, Any] | None:
        """The row of the decisions' cost, where it was asked and has a number."""
        found = self.values.get("cost")
        return found if found and found["interval"] else None

    def same_rows(self, other: Measured) -> bool:
        """Whether B was judged on the same version of its table, and on as many rows of it."""
        joined = self.joined or other.joined
        return self.held[1] == other.held[1] and (joined or self.rows == other.rows)


def key_of(candidate: Candidate) -> Key | None:
    """Where a candidate's answers stand; None where they stand nowhere."""
    if candidate.source_id is None or not candidate.column:
        return None
    return candidate.source_id, candidate.column, _cut(candidate.cut)


def read(study: Study) -> Measured:
    """What a comparison's record says. The study comes with `version` and `other`."""
    record, version, other = study.record, study.version, study.other
    assert version is not None
    # A contract's own version is B, and stands in the first table; without one A does.
    second = other or version
    a, b = (second, version) if study.contract_id else (version, second)
    first = telling(record, study.verdict)
    sides = record["a"], record["b"]
    return Measured(
        pk=study.pk,
        study=study.number,
        a=(a.source_id, _plain(sides[0]), _cut(sides[0]["threshold"])),
        b=(b.source_id, _plain(sides[1]), _cut(sides[1]["threshold"])),
        held=(a.pk, b.pk),
        rows=record["data"]["rows"],
        joined=other is not None,
        verdict=study.verdict,
        answer=record["answer"],
        names=(sides[0]["name"], sides[1]["name"]),
        question=first["text"],
        domain=first["domain"],
        row=telling_row(first, study.verdict),
        values={
            one["metric"]: one["rows"][0] for one in reversed(record["questions"]) if one["single"]
        },
        kind=study.kind,
    )


def between(found: Sequence[Measured], a: Key | None, b: Key | None) -> list[Measured]:
    """The comparisons of these two, B the second, the newest first."""
    if a is None or b is None:
        return []
    return [one for one in found if one.a == a and one.b == b]


def _plain(side: Mapping[str, Any]) -> str:
    return str(side["column"]).removesuffix(" (B)")


def _cut(value: float | None) -> float | None:
    return None if value is None else round(float(value), 9)
