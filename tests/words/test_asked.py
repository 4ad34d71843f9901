"""What a contract asks of the data is told before any row is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sextant.contracts.file.reading import contract_from_mapping
from sextant.contracts.model import Contract
from sextant.contracts.reads import columns_read
from sextant.metrics.catalogue import CATALOGUE
from sextant.words.asked import Asked, asked

SEGMENTS = {
    "sex": {"column": "SEX", "labels": {1: "men", 2: "women"}},
    "race": {"column": "RAC1P", "labels": {1: "White", 3: "others", 4: "others"}},
    "age": {"column": "AGEP", "bands": [16, 65]},
    "region": "ST",
}


def contract_of(*criteria: Any, task: str = "binary") -> Contract:
    roles = {"label": "y", "score": "p", "unit": "u"}
    if task != "binary":
        roles = {"label": "y", "prediction": "p", "unit": "u"}
    return contract_from_mapping(
        {
            "product": "Pre-screen",
            "outcome": "Halve the checks",
            "task": task,
            "costs": {"false_negative": 9, "currency": "EUR"},
            "data": {"source": "p.parquet", **roles, "segments": SEGMENTS},
            "criteria": list(criteria),
        }
    )


def only(check: str, task: str = "binary") -> Asked:
    (found,) = asked(contract_of(check, task=task))
    return found


def test_one_promise_in_full() -> None:
    assert only("recall >= 80% in every sex with 99% confidence") == Asked(
        id="recall-every-sex",
        text="recall >= 0.8 in every sex with 99% confidence",
        promise="Of 100 actual positives at least 80 are found, in every sex (99 % confidence).",
        role="primary",
        columns=("p", "y", "SEX"),
        groups=("sex: men, women",),
        labelled=True,
        confidence="99 %",
    )


@pytest.mark.parametrize(
    ("scope", "groups"),
    [
        ("", ()),
        (" in every sex", ("sex: men, women",)),
        (" in every race", ("race: White, others",)),
        (" in every age", ("age: under 16, 16\N{EN DASH}64, 65 and over",)),
        (" in every region", ("region: every value of ST",)),
        (" in every sex, region", ("sex: men, women", "region: every value of ST")),
        (" in every sex x age", ("sex x age",)),
        (' in age = "65 and over"', ("age: 65 and over",)),
        (' in region = "06"', ("region: 06",)),
    ],
)
def test_the_groups_it_is_judged_in(scope: str, groups: tuple[str, ...]) -> None:
    assert only(f"recall >= 0.8{scope}").groups == groups


@pytest.mark.parametrize(
    "check", ["gap(recall) <= 5% across sex", "recall of men against women >= 0 across sex"]
)
def test_groups_compared_are_named(check: str) -> None:
    found = only(check)
    assert found.groups == ("sex: men, women",)
    assert found.columns == ("p", "y", "SEX")


@pytest.mark.parametrize(
    ("check", "labelled"),
    [("recall >= 0.8", True), ("selection_rate >= 0.1", False), ("mean(ms) <= 9", False)],
)
def test_whether_labels_are_needed(check: str, labelled: bool) -> None:
    assert only(check).labelled is labelled


def test_every_promise_in_its_order() -> None:
    contract = contract_of(
        "mean(ms) <= 9",
        {"check": "auc >= 0.8", "role": "guardrail", "id": "rank"},
        {"check": "missing_rate(SCHL) <= 2%", "role": "secondary"},
    )
    found = asked(contract)
    assert [one.id for one in found] == ["mean-ms", "rank", "missing-rate-schl"]
    assert [one.role for one in found] == ["primary", "guardrail", "secondary"]
    for one, criterion in zip(found, contract.criteria, strict=True):
        assert one.columns == columns_read(criterion, contract)
        assert one.text == criterion.text


def test_nothing_is_asked_without_a_promise() -> None:
    assert asked(replace(contract_of("auc >= 0.8"), criteria=())) == []


ARGUMENTS = {"q": "q=0.5", "beta": "beta=2", "values": "values=[1, 2]"} | {
    "pattern": 'pattern="a+"',
    "type": "type=time",
    "class": "class=cat",
    "taken_for": "taken_for=dog",
    "columns": "columns=[first, second]",
    "users": "users=500",
    "items": "items=9724",
}


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_metric_is_told_as_a_sentence(name: str) -> None:
    needed = [one for one in CATALOGUE[name].parameters if one.required]
    parts = [f"col_{p.name}" if p.kind == "column" else ARGUMENTS[p.name] for p in needed]
    parts += ["low=0", "high=1"] if name.endswith("out_of_range") else []
    parts += ["at_least=4"] if name == "pass_rate" else []
    call = f"{name}({', '.join(parts)})" if parts else name
    bound, whole = (1 if CATALOGUE[name].fact else 0.5), CATALOGUE[name].whole
    scope = "" if whole else " in every age"
    found = only(f"{call} <= {bound}{scope}", CATALOGUE[name].tasks[0])
    reads = set() if CATALOGUE[name].fact else {"y"}
    columns = {part for part in parts if part.startswith("col_")} or reads
    assert columns <= set(found.columns)
    assert whole or found.columns[-1] == "AGEP"
    assert (found.confidence == "") == CATALOGUE[name].fact
    assert found.promise[0] == found.promise[0].upper()
    assert found.promise.endswith(".")
    assert "{" not in found.promise
    assert whole or "in every age" in found.promise
