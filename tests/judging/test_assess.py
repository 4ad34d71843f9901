"""Evidence from a contract and states, and what states from elsewhere cannot answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.assess import assess, unanswerable
from sextant.contracts.file.reading import contract_from_mapping
from sextant.contracts.ledger import Ledger
from sextant.contracts.looking import noted, take_look
from sextant.contracts.looks import Look
from sextant.contracts.model import Contract
from sextant.engines.scan import tally as scan
from sextant.engines.source import open_source
from sextant.metrics.tally import Tally
from sextant.metrics.tally_codec import dump_tally, load_tally

DAY = date(2026, 11, 6)


def agreed(*criteria: str, **data: object) -> Contract:
    roles = {"source": "-", "label": "y", "score": "p"} | data
    return contract_from_mapping(
        {
            "product": "P",
            "outcome": "Halve it by 2027",
            "task": "binary",
            "data": {name: value for name, value in roles.items() if value is not None},
            "criteria": list(criteria),
        }
    )


@pytest.fixture
def people(table) -> pd.DataFrame:
    men, women = table(85, 15, g="men"), table(60, 40, start=100, g="women")
    return pd.concat([men, women]).assign(age=[*range(100), *range(100)])


def states(contract: Contract, data: pd.DataFrame) -> Tally:
    return scan(contract, open_source(data))


def test_evidence_of_stored_states_is_that_of_a_check(demo: Path) -> None:
    for product in ("employment", "recommender"):
        result = sx.check(demo / product / "contract.yaml", look=1, today=DAY)
        evidence, kept = result.evidence, load_tally(dump_tally(result.tally))
        again = assess(
            evidence.contract,
            kept,
            Look(1, evidence.contract.looks, {}),
            evidence.data.source,
            DAY,
            evidence.code,
        )
        assert again == evidence
        assert unanswerable(evidence.contract, kept) == []


def test_looks_can_be_counted_without_a_file(people: pd.DataFrame) -> None:
    contract = agreed("recall >= 0.5 in every g", segments={"g": "g"})
    ledger, numbers = Ledger(), []
    for rows in (100, 150, 150, 200):
        tally = states(contract, people.head(rows))
        look = take_look(ledger, contract, tally)
        evidence = assess(contract, tally, look, "people", DAY, "sextant")
        following = noted(ledger, contract, tally, look, evidence, DAY)
        numbers.append((look.number, following is ledger))
        ledger = following
    assert numbers == [(1, False), (2, False), (2, True), (3, False)]
    assert ledger.series[0].looks[0].on == "2026-11-06"
    assert ledger.series[0].first["recall >= 0.5 in every g | g = women"] == (2, 50.0)


ASKED = agreed("recall >= 0.5", segments={"g": "g"})


@pytest.mark.parametrize(
    ("contract", "sentence"),
    [
        (agreed("recall >= 0.5 in every g", segments={"g": "g"}), "by g do not answer 'recall"),
        (agreed("precision(threshold=0.7) >= 0.5"), "do not answer 'precision(threshold=0.7)"),
        (agreed("mean(age) >= 0"), "do not answer 'mean(age) >= 0'"),
        (agreed("recall >= 0.5", segments={"age": "age"}), "do not count the rows by age"),
        (agreed("recall >= 0.5", unit="id"), "were not kept by unit, and rows of one id"),
        (
            agreed("recall >= 0.5", segments={"g": {"column": "g", "bands": [3]}}),
            "hold g = 'men', which is no band of the contract",
        ),
    ],
)
def test_what_states_do_not_hold_is_said(people, contract: Contract, sentence: str) -> None:
    tally = states(ASKED, people)
    assert unanswerable(ASKED, tally) == []
    (problem,) = unanswerable(contract, tally)
    assert sentence in problem
    assert problem.endswith("Compute the states again with this contract.")


def test_states_without_a_label(people) -> None:
    unlabelled = agreed("mean(age) >= 0", label=None, score=None)
    problems = unanswerable(agreed("recall >= 0.5"), states(unlabelled, people))
    assert "computed without a label, and 'recall >= 0.5' needs one" in problems[0]


def test_wider_states_answer_a_narrower_contract(people) -> None:
    wide = agreed("recall(threshold=0.3) >= 0.5", "recall >= 0.5 in every g", segments={"g": "g"})
    tally = states(wide, people)
    assert unanswerable(agreed("recall >= 0.5"), tally) == []
    narrow = replace(ASKED, criteria=wide.criteria[:1])
    assert unanswerable(narrow, tally) == []
