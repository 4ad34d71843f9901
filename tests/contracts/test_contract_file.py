"""A whole contract file becomes a contract."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sextant.contracts.file.reading import contract_from_text, read_contract
from sextant.contracts.model import Costs, Criterion, Label, Names, Period, Score, Segment
from sextant.contracts.problems import ContractError


def test_the_sections(employment: str, write: Callable[[str], Path]) -> None:
    path = write(employment)
    contract = read_contract(str(path))
    assert contract.path == path
    assert contract.product == "Employment pre-screen"
    assert contract.data.source == "predictions.parquet"
    assert contract.data.label == Label("employed")
    assert contract.data.score == Score("predicted_probability")
    assert (contract.data.time, contract.data.unit) == ("year", "household_id")
    assert contract.data.period == Period(2015, 2015)
    assert contract.data.segments == (
        Segment("sex", "SEX"),
        Segment("age", "AGEP", bands=(16, 25, 45, 65)),
        Segment("race", "RAC1P", labels=((1, "White"), (2, "Black"), (6, "Asian")), min_rows=200),
    )
    assert (contract.threshold, contract.valid_for, contract.looks) == (0.5, "90 days", None)
    assert len(contract.criteria) == 6


def test_a_comma_inside_braces_stays_in_its_text(employment: str) -> None:
    fast = contract_from_text(employment).criteria[-1]
    assert fast.text == "quantile(ms, q=0.95) <= 300 with 99% confidence"
    assert (fast.id, fast.role, fast.why) == ("fast", "guardrail", "wait")


def test_prose_with_commas_inside_braces(employment: str) -> None:
    text = employment.replace("why: wait", "why: callers hang up, and\n     leave, min_rows: 5")
    fast = contract_from_text(text).criteria[-1]
    assert (fast.why, fast.min_rows) == ("callers hang up, and leave", 5)


def test_long_forms(employment: str) -> None:
    text = (
        employment.replace("label: employed", 'label: {column: employed, positive: "yes"}')
        .replace("score: predicted_probability", "score: {column: p, scale: 1000}\n  prediction: d")
        .replace("period: {from: 2015, to: 2015}", "period: {from: 2015-03-01}")
        .replace("valid_for: 90 days", "valid_for: 1 weeks\nlooks: continuous\nmodel: 1.10")
        + "names: {rows: people, positive: people who work}\n"
        + "costs: {false_negative: 100, currency: EUR}\n"
    )
    contract = contract_from_text(text)
    assert contract.data.label == Label("employed", "yes")
    assert contract.data.score == Score("p", 1000)
    assert contract.data.prediction == "d"
    assert contract.data.period == Period(date(2015, 3, 1), None)
    assert (contract.looks, contract.valid_for, contract.model) == ("continuous", "1 week", "1.10")
    assert contract.names == Names("people", "people who work")
    assert contract.costs == Costs(false_negative=100, currency="EUR")


def test_cost_takes_the_contracts_costs(employment: str) -> None:
    text = employment + "  - cost <= 4\ncosts: {false_positive: 5, currency: EUR}\n"
    criterion: Criterion = contract_from_text(text).criteria[-1]
    assert criterion.text == "cost <= 4"
    assert criterion.quantity.call.params == (
        ("threshold", 0.5),
        ("true_positive", 0.0),
        ("false_positive", 5.0),
        ("false_negative", 0.0),
        ("true_negative", 0.0),
        ("currency", "EUR"),
    )


def test_yes_and_no_are_text(employment: str) -> None:
    text = employment.replace("label: employed", "label: {column: employed, positive: yes}")
    label = contract_from_text(text).data.label
    assert label == Label("employed", "yes")


def test_the_place_of_a_fault_inside_a_quoted_criterion(employment: str) -> None:
    with pytest.raises(ContractError, match=r"^line 24, column 7: Metric 'recal'"):
        contract_from_text(employment + "  -  'recal >= 0.8'\n")


def test_the_place_of_a_folded_criterion_is_its_start(employment: str) -> None:
    with pytest.raises(ContractError, match=r"^line 24, column 5: Segment 'sexe'"):
        contract_from_text(employment + "  - >-\n    recall >= 0.8\n    in every sexe\n")


def test_a_cut_criterion_in_brackets_is_told_to_use_quotes(employment: str) -> None:
    head = employment[: employment.index("criteria:")]
    with pytest.raises(ContractError) as caught:
        contract_from_text(head + "criteria: [auc >= 0.8, recall >= 0.8 in every sex, age]\n")
    (problem,) = caught.value.problems
    assert problem.remedy == (
        "Inside [ ] and { } a comma ends the text: put the criterion in quotes."
    )


def test_an_older_schema_is_read_and_a_newer_one_refused(employment: str) -> None:
    assert contract_from_text("schema: 1\n" + employment).task == "binary"
    with pytest.raises(ContractError) as caught:
        contract_from_text("schema: 2\nnew_key: 1\n" + employment)
    assert str(caught.value) == (
        "line 1, column 9: The contract is written for schema 2; this Sextant reads 1. "
        "Install a newer Sextant."
    )
