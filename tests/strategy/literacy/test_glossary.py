"""The glossary: whole, found by everyday words, and no word that nobody needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sextant.contracts.problems import ContractError
from sextant.strategy.literacy import Term, find, glossary, lessons
from sextant.strategy.literacy.glossary import glossary_from_text

ALL = list(glossary().values())
SOURCE = Path(__file__).parents[3] / "src/sextant_server"
ASKED_FOR = {
    "model", "supervised", "unsupervised", "reinforcement", "overfitting", "underfitting",
    "accuracy", "precision", "recall", "train-and-test", "latency", "drift", "bias",
    "feature-engineering", "interval", "n", "calibration", "prevalence", "threshold", "base-rate",
    "confidence", "false-positive-rate", "auc", "always-valid", "look", "snapshot", "monte-carlo",
    "expected-value", "break-even", "value-of-information", "proxy", "ground-truth", "embedding",
    "agent", "hallucination",
}  # fmt: skip


def test_what_people_have_to_know_is_there() -> None:
    assert set(glossary()) >= ASKED_FOR


@pytest.mark.parametrize("term", ALL, ids=lambda one: one.key)
def test_each_word_is_one_plain_sentence_and_one_for_the_technical_reader(term: Term) -> None:
    assert term.plain.endswith(".")
    assert not re.search(r"[.!?] [A-Z]", term.plain), "more than one sentence"
    assert len(term.plain) <= 120
    assert term.technical.endswith(".")
    assert term.said
    assert term.near


def test_every_word_is_used_by_a_page_or_a_lesson() -> None:
    pages = "".join(path.read_text("utf-8") for path in SOURCE.rglob("*.html"))
    shown = set(re.findall(r'{% term "([^"]+)"', pages))
    taught = {word for lesson in lessons().values() for word in lesson.words}
    assert shown <= set(glossary()), "a page shows a word that is not in the glossary"
    assert set(glossary()) - shown - taught == set()


@pytest.mark.parametrize(("asked", "first"), [
    ("how many it finds", "recall"), ("false alarms", "false-positive-rate"),
    ("margin of error", "interval"), ("MAKING THINGS UP", "hallucination"),
    ("sample size", "n"), ("what if it is wrong", "fallback"), ("ROC", "auc"),
    ("TP / (TP + FP)", "precision"), ("recall", "recall"),
])  # fmt: skip
def test_a_word_is_found_from_both_sides(asked: str, first: str) -> None:
    assert find(asked)[0].key == first


def test_nothing_asked_finds_all_and_nonsense_finds_none() -> None:
    assert len(find("  ")) == len(glossary())
    assert find("zyzzyva") == ()


def test_every_problem_of_a_file_is_told_with_its_place() -> None:
    text = """\
terms:
  - {term: a, name: A, plain: P., technical: T., said: [x], near: [z]}
  - term: a
    name: B
    plain: P.
    technical: T.
    said: [x]
    near: [a]
    shows: {rate: recal, says: "{count}", hits: 5, cases: 5}
"""
    with pytest.raises(ContractError) as refused:
        glossary_from_text(text)
    said = str(refused.value)
    for part in ("The term 'a' is given twice; first at line 2", "lies near 'z'", "lies near 'a'",
                 "'a' needs one example", "'recal' is no rate. Did you mean 'recall'?",
                 "Give it `hits` of more `cases`"):  # fmt: skip
        assert part in said, said
