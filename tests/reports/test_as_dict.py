"""The JSON object of a check is schema 1, exactly."""

import json
import math
from dataclasses import replace

import jsonschema
import pytest

from sextant.contracts.evidence import DataFacts
from sextant.reports import as_dict, errors_as_dict
from sextant.words import AUDIENCES

VERDICT = {"enum": ["met", "missed", "undecided"]}
TEXT = {"type": "string"}
COUNT = {"type": "integer", "minimum": 0}
NUMBER = {"type": "number"}
OPTIONAL = {"type": ["number", "null"]}
SENTENCE = {"type": "string", "pattern": r"^\S.*\.$"}


def exactly(**properties):
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def several(items):
    return {"type": "array", "items": items}


END = {"type": ["string", "null"]}
SCHEMA = exactly(
    schema={"const": 1},
    product=TEXT,
    contract=exactly(
        digest=TEXT,
        looks={"anyOf": [{"type": "integer"}, {"const": "continuous"}, {"type": "null"}]},
        look={"type": "integer", "minimum": 1},
    ),
    data=exactly(
        source=TEXT,
        rows=COUNT,
        labelled={"anyOf": [COUNT, {"type": "null"}]},
        snapshot=TEXT,
        period={"anyOf": [{"type": "null"}, exactly(**{"from": END, "to": END})]},
        set_aside=several(exactly(reason=TEXT, rows=COUNT)),
    ),
    verdict=VERDICT,
    criteria=several(
        exactly(
            id=TEXT,
            criterion=TEXT,
            role={"enum": ["primary", "guardrail", "secondary"]},
            verdict=VERDICT,
            sentence=SENTENCE,
        )
    ),
    results=several(
        exactly(
            criterion=TEXT,
            metric=TEXT,
            segment={"type": "object", "additionalProperties": TEXT},
            between={
                "anyOf": [
                    {"type": "null"},
                    {"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2},
                ]
            },
            estimate=OPTIONAL,
            low=OPTIONAL,
            high=OPTIONAL,
            confidence=NUMBER,
            n={"type": "number", "minimum": 0},
            bound=NUMBER,
            direction={"enum": [">=", "<="]},
            verdict=VERDICT,
            needed={"anyOf": [COUNT, {"type": "null"}]},
            method=TEXT,
            sentence=SENTENCE,
        )
    ),
)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_object_is_schema_1(audience, evidence):
    found = json.loads(json.dumps(as_dict(evidence, audience), allow_nan=False))
    jsonschema.validate(found, SCHEMA)
    assert found["verdict"] == evidence.verdict
    assert len(found["criteria"]) == len({one["criterion"] for one in found["results"]})


def test_one_result_a_segment_and_its_criterion_is_named(evidence):
    found = as_dict(evidence)
    races = [r for r in found["results"] if r["criterion"] == "recall-race"]
    assert [r["segment"] for r in races] == [
        {"race": "White"},
        {"race": "Asian"},
        {"race": "two or more"},
    ]
    assert {r["criterion"] for r in found["results"]} == {c["id"] for c in found["criteria"]}


def test_numbers(evidence):
    by_id = {r["criterion"]: r for r in as_dict(evidence)["results"]}
    assert by_id["fair"]["between"] == ["women", "men"]
    assert by_id["fair"]["metric"] == "gap(false_positive_rate)"
    assert by_id["auc"]["confidence"] == 0.95
    assert by_id["auc"]["n"] == 68785
    assert isinstance(by_id["auc"]["n"], int)
    assert by_id["fast"]["high"] is None
    assert by_id["old"]["estimate"] is None
    assert by_id["recall-race"]["needed"] == 383
    assert by_id["auc"]["needed"] is None


def test_confidence_has_no_dust_and_a_fractional_n_stays(evidence):
    result = evidence.criteria[0]
    row = replace(
        result.rows[0],
        confidence=1 - 0.05 / 3,
        estimate=replace(result.rows[0].estimate, n=46.5666, low=-math.inf),
    )
    shown = as_dict(replace(evidence, criteria=(replace(result, rows=(row,)),)))["results"][0]
    assert shown["confidence"] == pytest.approx(0.983333333333)
    assert shown["n"] == 46.5666
    assert shown["low"] is None


def test_an_open_period_and_no_labels(evidence):
    data = DataFacts("d", 0, None, "s")
    found = as_dict(replace(evidence, data=data))
    assert found["data"]["period"] is None
    assert found["data"]["labelled"] is None
    assert found["data"]["set_aside"] == []
    half = as_dict(replace(evidence, data=replace(data, period=("2015", None))))
    assert half["data"]["period"] == {"from": "2015", "to": None}


def test_problems():
    assert errors_as_dict(["a: b.", ValueError("c")]) == {
        "schema": 1,
        "error": {"problems": ["a: b.", "c"]},
    }
