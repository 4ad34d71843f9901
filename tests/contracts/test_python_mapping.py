"""A contract from Python: the same keys, the same checks, places as paths."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sextant.contracts.file.reading import contract_from_mapping, contract_from_text
from sextant.contracts.model import Period
from sextant.contracts.normal_form import digest
from sextant.contracts.problems import ContractError


def test_the_same_contract_as_the_file(mapping: dict[str, Any]) -> None:
    text = (
        "product: Pre-screen\noutcome: Halve the checks by 2027\ntask: binary\n"
        "data: {source: p.parquet, label: y, score: p}\ncriteria: [recall >= 0.8]\n"
    )
    assert contract_from_mapping(mapping) == contract_from_text(text)


def test_values_of_python(mapping: dict[str, Any]) -> None:
    mapping["data"] |= {
        "source": Path("data") / "p.parquet",
        "time": "day",
        "period": {"from": date(2026, 1, 1), "to": "2026-03"},
        "segments": {"age": {"column": "AGEP", "bands": (np.int64(16), np.float64(25.0))}},
    }
    data = contract_from_mapping(mapping).data
    assert data.source == str(Path("data") / "p.parquet")
    assert data.period == Period(date(2026, 1, 1), "2026-03")
    assert data.segments[0].bands == (16.0, 25.0)


def test_places_are_paths(mapping: dict[str, Any]) -> None:
    mapping["data"]["scroe"] = mapping["data"].pop("score")
    mapping["criteria"] = ["recall >= 0.8", {"check": "auc >= 0.8 in every sex"}]
    with pytest.raises(ContractError) as caught:
        contract_from_mapping(mapping)
    assert [str(problem) for problem in caught.value.problems] == [
        "data.scroe: Key 'scroe' is not known in data. Did you mean 'score'?",
        "criteria[1].check, character 21: Segment 'sex' is not declared. "
        "Declare it under data.segments.",
    ]


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", lambda: 1])
def test_other_objects_are_refused(mapping: dict[str, Any], value: object) -> None:
    with pytest.raises(ContractError, match="cannot stand in a contract"):
        contract_from_mapping(mapping | {"product": value})


def test_a_mapping_that_contains_itself_ends(mapping: dict[str, Any]) -> None:
    mapping["names"] = mapping
    with pytest.raises(ContractError, match="nested too deeply"):
        contract_from_mapping(mapping)


def test_the_digest_does_not_tell_file_and_python_apart(mapping: dict[str, Any]) -> None:
    whole = mapping | {"threshold": 1}
    assert digest(contract_from_mapping(whole)) == digest(
        contract_from_mapping(mapping | {"threshold": 1.0})
    )
