"""A data sheet says what is known, names what is not, and which fields nothing uses."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.file.reading import contract_from_mapping
from sextant.contracts.problems import ContractError

ROWS = pd.DataFrame(
    {"y": [0, 1] * 60, "sex": ["m", "w", "w"] * 40, "ms": range(120), "mail": ["", "x"] * 60}
)
CONTRACT = contract_from_mapping(
    {
        "product": "Check", "outcome": "less", "task": "binary",
        "data": {"source": "x", "label": "y", "score": "p", "segments": {"sex": "sex"}},
        "criteria": ["recall >= 0.8 in every sex", "mean(ms) <= 300"],
    }
)  # fmt: skip


def sheet(about: Any = None, **more: Any) -> dict[str, Any]:
    return sx.profile(ROWS, sample=0, **more).sheet(CONTRACT, about).to_dict()


def test_fields_are_used_by_roles_segments_criteria_rules_and_populations() -> None:
    found = {one["name"]: one["uses"] for one in sheet()["fields"]}
    assert found["y"] == ["label"]
    assert found["sex"] == ["segment sex"]
    assert found["ms"][0].startswith("criterion mean(ms)")
    assert found["mail"] == []
    ruled = sheet(rules=["missing(mail) <= 80 rows"])
    assert ruled["remove"] == []
    people = sheet(population={"shares": {"mail": {"x": 1}}})
    assert people["fields"][3]["uses"] == ["population, mail"]


def test_what_nobody_said_is_unknown_and_what_nothing_uses_goes() -> None:
    found = sheet()
    assert found["unknown"] == ["owner", "origin", "licence", "consent", "retention"]
    assert found["remove"] == ["mail"]
    assert "1 of 4 fields is used by nothing and has no purpose" in found["headline"]
    about = {
        "owner": "Data office", "origin": "register", "licence": "internal", "consent": "contract",
        "retention": "24 months", "gaps": ["none before 2019"],
        "fields": {"mail": {"purpose": "Dispatch", "retention": "12 months"}},
    }  # fmt: skip
    told = sheet(about)
    assert told["unknown"] == told["remove"] == []
    assert told["headline"].endswith("everything is said, and every field has a purpose.")
    assert told["gaps"][0] == "none before 2019"
    assert "'mail' (60 of 120 rows)" in told["gaps"][1]


def test_every_form_says_it() -> None:
    found = sx.profile(ROWS, sample=0).sheet(CONTRACT)
    for text in (found.to_html(), found.to_markdown(), repr(found)):
        assert "unknown: nobody has said it" in text
        assert "segment sex" in text


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"fields": {"male": "Dispatch"}}, "Did you mean 'mail'?"),
        ({"licens": "internal"}, "Did you mean 'licence'?"),
        ({"fields": ["mail"]}, "must be a mapping"),
    ],
    ids=range(3),
)
def test_what_is_not_there_cannot_be_described(about: dict[str, Any], said: str) -> None:
    with pytest.raises(ContractError) as refused:
        sheet(about)
    assert said in str(refused.value)
