"""Single sections of a contract: what is taken, and what is wrong with the rest."""

from copy import deepcopy
from typing import Any

import pytest

from sextant.contracts.file.reading import contract_from_mapping
from sextant.contracts.problems import ContractError


def problems(mapping: dict[str, Any], path: str, value: Any) -> list[str]:
    """The problems of the contract with one value changed; `data.label` is label in data."""
    whole = deepcopy(mapping)
    place = whole
    *outer, last = path.split(".")
    for key in outer:
        place = place[key]
    place[last] = value
    with pytest.raises(ContractError) as caught:
        contract_from_mapping(whole)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("product", "  ", "product: 'product' is empty. Write one line of text."),
        ("product", ["a"], "product: 'product' must be text. Write one line of text."),
        (
            "data.label",
            {"positive": 1},
            "data.label: Key 'column' is missing in label. Add column: …",
        ),
        (
            "data.label",
            {"column": "y", "positive": [1]},
            "data.label.positive: 'positive' must be one value. "
            "Write text, a number, true or false.",
        ),
        (
            "data.score",
            {"column": "p", "scale": "100"},
            "data.score.scale: 'scale' must be a number, not '100'. Write it like 0.5.",
        ),
        (
            "data.score",
            {"column": "p", "scale": -1},
            "data.score.scale: 'scale' is -1, out of range. Write one 0 or more.",
        ),
        (
            "data.segments",
            ["sex"],
            "data.segments: 'segments' must be a mapping. "
            "Write segments: {sex: SEX}, the name first and then its column.",
        ),
        (
            "data.segments",
            {"sex": None},
            "data.segments.sex: Segment 'sex' names no column. Write sex: COLUMN.",
        ),
        (
            "data.segments",
            {"age": {"column": "A", "bands": 16}},
            "data.segments.age.bands: 'bands' must be a list of edges. "
            "Write them like [16, 25, 45, 65].",
        ),
        (
            "data.segments",
            {"age": {"column": "A", "bands": [16, float("nan")]}},
            "data.segments.age.bands[1]: 'bands' must be a number, not 'nan'. Write it like 0.5.",
        ),
        (
            "data.segments",
            {"age": {"column": "A", "bands": [16], "labels": {1: "a"}}},
            "data.segments.age.labels: Segment 'age' has both bands and labels. "
            "Keep bands for a number, labels for codes.",
        ),
        (
            "data.segments",
            {"race": {"column": "R", "labels": {1: None}}},
            "data.segments.race.labels.1: The value 1 has no label. Write its name.",
        ),
        (
            "data.period",
            {"from": 2015},
            "data.period: A period needs a time column. Add time: COLUMN to data.",
        ),
        (
            "threshold",
            True,
            "threshold: 'threshold' must be a number, not 'true'. Write it like 0.5.",
        ),
        (
            "threshold",
            float("nan"),
            "threshold: 'threshold' must be a number, not 'nan'. Write it like 0.5.",
        ),
        (
            "costs",
            {"false_positive": "cheap"},
            "costs.false_positive: 'false_positive' must be a number, not 'cheap'. "
            "Write it like 0.5.",
        ),
        (
            "looks",
            1.5,
            "looks: 'looks' must be a whole number of 1 or more, not '1.5'. "
            "Write how often the data will be looked at, or continuous.",
        ),
        (
            "valid_for",
            "soon",
            "valid_for: 'valid_for' must be a length of time, not 'soon'. "
            "Write it like 90 days, 6 weeks, 3 months or 1 year.",
        ),
        (
            "locked",
            {"on": "2027-01-01"},
            "locked: Key 'digest' is missing in locked. Add digest: …",
        ),
        (
            "criteria",
            "auc >= 0.8",
            "criteria: 'criteria' must be a list of 1 to 500 criteria. "
            "Write one a line, such as - recall >= 0.8.",
        ),
        (
            "criteria",
            ["auc >= 0.8"] * 501,
            "criteria: 'criteria' must be a list of 1 to 500 criteria. "
            "Write one a line, such as - recall >= 0.8.",
        ),
    ],
)
def test_problem(mapping: dict[str, Any], path: str, value: Any, message: str) -> None:
    assert message in problems(mapping, path, value)


def test_columns_may_collide(mapping: dict[str, Any]) -> None:
    mapping["data"] |= {"segments": {"y": "y", "p": "p"}, "unit": "y", "time": "y"}
    assert len(contract_from_mapping(mapping).data.segments) == 2


def test_only_secondary_criteria_decide_nothing(mapping: dict[str, Any]) -> None:
    criteria = [{"check": "auc >= 0.8", "role": "secondary"}]
    assert problems(mapping, "criteria", criteria) == [
        "criteria: Every criterion is secondary, so nothing decides. "
        "Make one primary or a guardrail."
    ]
