"""The words an editor completes are the words a contract understands."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from typing import Any

import pytest

from sextant.contracts.file.reading import contract_from_mapping
from sextant.contracts.model import Contract, Criterion, Data
from sextant.contracts.problems import ContractError
from sextant.contracts.vocabulary import vocabulary
from sextant.metrics.catalogue import CATALOGUE

LISTS = ["metrics", "phrases", "keys", "data", "criterion"]
ARGUMENTS = {
    "judge": "judged",
    "q": "0.5",
    "beta": "2",
    "values": "[1]",
    "low": "0",
    "high": "1",
    "threshold": "0.5",
    "ignore": "[id]",
    "pattern": '"[A-Z]+"',
    "type": "time",
} | {
    "at_least": "0",
    "at_most": "1",
    "class": "cat",
    "taken_for": "dog",
    "columns": "[a, b]",
    "k": "5",
    "users": "500",
    "items": "9724",
}
PHRASES = [
    ("in every", "recall >= 0.8 in every sex"),
    ("in", 'recall >= 0.8 in age = "65 and over"'),
    ("across", "gap(recall) <= 5% across sex"),
    ("gap(", "gap(recall) <= 5% across sex"),
    ("ratio(", "ratio(recall) >= 0.8 across sex"),
    ("with 99% confidence", "recall >= 0.8 with 99% confidence"),
]


def words(which: str) -> list[str]:
    return [one["word"] for one in vocabulary()[which]]


UNKNOWN = "is not known in"


def refused(mapping: dict[str, Any]) -> str:
    """What a contract is refused for, or nothing."""
    try:
        contract_from_mapping(mapping)
    except ContractError as error:
        return str(error)
    return ""


def with_contract(mapping: dict[str, Any], check: str, task: str = "binary") -> Contract:
    segments = {"sex": "SEX", "age": {"column": "A", "bands": [16, 65]}}
    costs = {"costs": {"false_negative": 1, "currency": "EUR"}}
    roles = {} if task == "binary" else {"label": "y", "prediction": "p", "unit": "u"}
    changed = {"data": mapping["data"] | {"segments": segments} | roles, "criteria": [check]}
    changed["task"] = task
    return contract_from_mapping(mapping | costs | changed)


def test_every_metric_of_the_catalogue_is_in_it() -> None:
    assert words("metrics") == list(CATALOGUE)
    for one in vocabulary()["metrics"]:
        assert one["says"] == CATALOGUE[one["word"]].summary
        assert one["tasks"] == list(CATALOGUE[one["word"]].tasks)


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_metric_as_it_is_written_is_understood(mapping: dict[str, Any], name: str) -> None:
    (written,) = [one["written"] for one in vocabulary()["metrics"] if one["word"] == name]
    call = re.sub(r"(\w+)=…", lambda found: f"{found[1]}={ARGUMENTS[found[1]]}", written)
    (criterion,) = with_contract(
        mapping, f"{call} >= {1 if CATALOGUE[name].fact else 0.5}", CATALOGUE[name].tasks[0]
    ).criteria
    assert criterion.quantity.call.metric == name


@pytest.mark.parametrize(("word", "check"), PHRASES)
def test_a_phrase_is_understood(mapping: dict[str, Any], word: str, check: str) -> None:
    assert word in words("phrases")
    assert word in check
    assert with_contract(mapping, check).criteria[0].text


def test_every_phrase_is_tried_above() -> None:
    assert [word for word, _ in PHRASES] == words("phrases")


def test_the_keys_are_those_of_a_contract() -> None:
    own = {field.name for field in fields(Contract)} - {"path", "locked"}
    assert set(words("keys")) == own
    assert set(words("data")) == {field.name for field in fields(Data)}
    assert set(words("criterion")) <= {"check"} | {field.name for field in fields(Criterion)}


@pytest.mark.parametrize(
    ("which", "place"), [("keys", ()), ("data", ("data",)), ("criterion", ("criteria", 0))]
)
def test_a_listed_key_is_known(mapping: dict[str, Any], which: str, place: Any) -> None:
    """A listed key may hold an unusable value here, but it is never called unknown."""
    for word in words(which):
        whole = json.loads(json.dumps(mapping | {"criteria": [{"check": "recall >= 0.8"}]}))
        at = whole
        for step in place:
            at = at[step]
        at.setdefault(word, "x")
        assert UNKNOWN not in refused(whole)
        del at[word]
        at[f"{word}s"] = "x"
        assert UNKNOWN in refused(whole)


def test_segments_are_those_of_the_contract(mapping: dict[str, Any]) -> None:
    assert vocabulary()["segments"] == []
    assert vocabulary(with_contract(mapping, "recall >= 0.8"))["segments"] == [
        {"word": "sex", "says": "by SEX"},
        {"word": "age", "says": "by A"},
    ]


@pytest.mark.parametrize("which", LISTS)
def test_each_word_once_and_with_what_it_means(which: str) -> None:
    found = words(which)
    assert len(set(found)) == len(found)
    assert all(one["says"].strip() for one in vocabulary()[which])


def test_it_is_json() -> None:
    assert json.loads(json.dumps(vocabulary())) == vocabulary()
