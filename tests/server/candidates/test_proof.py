"""What a choice rests on, from comparisons alone: the study, newer ones, the baseline."""

from dataclasses import replace
from typing import Any

import pytest

from sextant_server.candidates.measured import Key, Measured
from sextant_server.candidates.models import Candidate
from sextant_server.candidates.proof import floor_of, floor_through, proof_of

NOBODY, OLD, NEW = (1, "always no", None), (1, "score", 0.5), (1, "score", 0.6)
ANSWERS = {"met": "better", "missed": "worse", "undecided": "undecided"}


def study(
    number: int, a: Key, b: Key, verdict: str, answer: str = "", rows: int = 100, version: int = 7
) -> Measured:
    row: dict[str, Any] = {"difference": "+1 point", "interval": "0.5 – 1.5", "name": ""}
    return Measured(
        number, number, a, b, (version, version), rows, False, verdict, answer or ANSWERS[verdict],
        ("A", "B"), "accuracy", (-1, 1), row, {},
    )  # fmt: skip


def candidate(key: Key, sort: str = "model") -> Candidate:
    return Candidate(name=key[1], sort=sort, source_id=key[0], column=key[1], cut=key[2])


SIMPLE = {NOBODY: candidate(NOBODY, "baseline")}


@pytest.mark.parametrize(
    ("held", "verdict"),
    [
        ([], "undecided"),
        ([study(1, NOBODY, NEW, "met")], "met"),
        ([study(1, NOBODY, NEW, "met", "not worse")], "undecided"),
        ([study(1, NOBODY, NEW, "missed", "not better")], "missed"),
        ([study(1, NOBODY, NEW, "undecided")], "undecided"),
        ([study(2, NOBODY, NEW, "missed"), study(1, NOBODY, NEW, "met")], "missed"),
        ([study(1, NEW, NOBODY, "missed")], "undecided"),
        ([study(1, OLD, NEW, "met")], "undecided"),
    ],
)
def test_only_better_than_a_baseline_is_enough(held: list[Measured], verdict: str) -> None:
    assert floor_of(candidate(NEW), SIMPLE, held).verdict == verdict


@pytest.mark.parametrize(("rows", "version", "counts"), [(100, 7, True), (99, 7, False),
                                                         (100, 8, False)])  # fmt: skip
def test_other_rows_are_no_baseline(rows: int, version: int, counts: bool) -> None:
    held = [study(1, NOBODY, NEW, "met", rows=rows, version=version)]
    found = floor_of(candidate(NEW), SIMPLE, held, study(2, OLD, NEW, "met"))
    assert (found.verdict == "met") is counts
    assert bool(found.settles) is not counts


@pytest.mark.parametrize(
    ("verdict", "floor", "newer", "joint"),
    [
        ("met", "met", None, "met"),
        ("met", "met", "met", "met"),
        ("met", "met", "missed", "undecided"),
        ("met", "met", "undecided", "undecided"),
        ("met", "undecided", None, "undecided"),
        ("undecided", "missed", None, "missed"),
        ("missed", "met", "met", "missed"),
    ],
)
def test_the_study_the_baseline_and_newer_studies_together(
    verdict: str, floor: str, newer: str | None, joint: str
) -> None:
    this, below = study(2, OLD, NEW, verdict), study(1, NOBODY, NEW, floor)
    held = [*([study(3, OLD, NEW, newer)] if newer else []), this, below]
    found = proof_of(
        candidate(NEW), candidate(OLD), this, floor_of(candidate(NEW), SIMPLE, held, this), held
    )
    assert found.verdict == joint
    assert ("other studies" in " ".join(found.says)) is (newer is not None)
    assert ("newer one does not say so" in " ".join(found.says)) is (
        newer is not None and newer != "met"
    )


def test_an_older_study_that_was_lost_is_named_and_decides_nothing() -> None:
    this, older = study(5, OLD, NEW, "met"), study(4, OLD, NEW, "missed")
    below = study(1, NOBODY, NEW, "met")
    held = [this, older, below]
    floor = floor_of(candidate(NEW), SIMPLE, held, this)
    found = proof_of(candidate(NEW), candidate(OLD), this, floor, held)
    assert found.verdict == "met"
    assert "study 4 missed" in " ".join(found.says)


@pytest.mark.parametrize(
    ("below", "answer", "question", "verdict"),
    [
        ("met", "better", "accuracy", "met"),
        ("met", "not worse", "accuracy", "undecided"),
        ("met", "better", "recall", "undecided"),
        ("missed", "better", "accuracy", "undecided"),
    ],
)
def test_better_than_a_champion_that_beats_a_baseline(
    below: str, answer: str, question: str, verdict: str
) -> None:
    this = replace(study(2, OLD, NEW, "met", answer), question=question)
    held = [this, study(1, NOBODY, OLD, below)]
    champion = candidate(OLD)
    found = floor_through(champion, floor_of(champion, SIMPLE, held, this), this)
    assert found.verdict == verdict
    assert found.study is held[1]
