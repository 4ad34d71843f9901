"""A criterion needs what its metric reads: a task, a label, a score or a decision."""

from typing import Any

import pytest

from sextant.contracts.file.reading import TASKS, contract_from_mapping
from sextant.contracts.problems import ContractError

COLUMN_METRICS = [
    "mean(a) >= 1",
    "rate(a) >= 0.1",
    "quantile(a, q=0.9) <= 1",
    "missing_rate(a) <= 1%",
    "out_of_range(a, low=0) <= 1%",
    "out_of_set(a, values=[1]) <= 1%",
    "ratio_of_means(a, b) >= 1",
]


def contract(task: str, data: dict[str, str], *criteria: str) -> dict[str, Any]:
    return {
        "product": "a",
        "outcome": "b",
        "task": task,
        "data": {"source": "s"} | data,
        "criteria": list(criteria),
    }


def only_problem(mapping: dict[str, Any]) -> str:
    with pytest.raises(ContractError) as caught:
        contract_from_mapping(mapping)
    (problem,) = caught.value.problems
    return f"{problem.what} {problem.remedy}"


@pytest.mark.parametrize("task", TASKS)
def test_metrics_of_columns_serve_every_task(task: str) -> None:
    assert len(contract_from_mapping(contract(task, {}, *COLUMN_METRICS)).criteria) == 7


def test_metrics_of_decisions_are_for_binary_tasks() -> None:
    message = only_problem(contract("ranking", {"label": "y", "score": "p"}, "recall >= 0.8"))
    assert message == (
        "Metric 'recall' is for task: binary; this contract's task is ranking. "
        "Use one of ndcg, map, mrr, recall_at, precision_at, hit_rate, top_mean, diversity, "
        "catalogue_coverage, mean, rate, success_rate, pass_rate, quantile, ratio_of_means, "
        "missing_rate, out_of_range, out_of_set, in_set, out_of_pattern, wrong_type, row_count, "
        "missing_rows, rows_out_of_range, rows_out_of_set, rows_out_of_pattern, "
        "rows_of_wrong_type, repeated_values, duplicate_rows, newest_age."
    )


@pytest.mark.parametrize(
    ("data", "criterion", "message"),
    [
        (
            {"score": "p"},
            "recall >= 0.8",
            "Metric 'recall' needs the true answers, and data names no label. "
            "Add label: COLUMN to data.",
        ),
        (
            {"label": "y"},
            "recall >= 0.8",
            "Metric 'recall' needs a score or prediction, and data names none. "
            "Add score: COLUMN or prediction: COLUMN to data.",
        ),
        (
            {"label": "y", "prediction": "d"},
            "auc >= 0.8",
            "Metric 'auc' needs a score, and data names none. Add score: COLUMN to data.",
        ),
        (
            {"label": "y", "prediction": "d"},
            "recall(threshold=0.7) >= 0.8",
            "A threshold of 0.7 cuts a score, and data names no score. "
            "Add score: COLUMN to data, or leave the threshold out to use the prediction.",
        ),
        (
            {},
            "selection_rate <= 0.2",
            "Metric 'selection_rate' needs a score or prediction, and data names none. "
            "Add score: COLUMN or prediction: COLUMN to data.",
        ),
    ],
)
def test_what_is_lacking(data: dict[str, str], criterion: str, message: str) -> None:
    assert only_problem(contract("binary", data, criterion)) == message


def test_a_prediction_that_is_no_decision() -> None:
    message = only_problem(contract("regression", {"label": "y"}, "mae <= 5"))
    assert message == (
        "Metric 'mae' needs a prediction, and data names no prediction. "
        "Add prediction: COLUMN to data."
    )


def test_a_column_of_quantiles_needs_no_prediction() -> None:
    data = {"label": "y"}
    criteria = ["quantile_loss(a, q=0.9) <= 1", "interval_coverage(a, b) >= 80%"]
    assert len(contract_from_mapping(contract("forecasting", data, *criteria)).criteria) == 2
    message = only_problem(contract("regression", {}, "interval_coverage(a, b) >= 80%"))
    assert "needs the true answers" in message


@pytest.mark.parametrize("value", ["cat", '"x y"', "3", '"3"', "1.5"])
def test_a_class_is_written_as_a_word_or_a_number(value: str) -> None:
    data = {"label": "y", "prediction": "p"}
    text = f"class_recall(class={value}) >= 0.5"
    (criterion,) = contract_from_mapping(contract("multiclass", data, text)).criteria
    assert criterion.quantity.call["class"] == value.strip('"')
    (again,) = contract_from_mapping(contract("multiclass", data, criterion.text)).criteria
    assert again.text == criterion.text


def test_a_positive_class_is_for_two_classes() -> None:
    data = {"label": {"column": "y", "positive": 1}, "prediction": "p"}
    assert only_problem(contract("regression", data, "mae <= 5")) == (  # type: ignore[arg-type]
        "A positive class makes two classes of 'y', and the task is regression. "
        "Write label: y, or task: binary."
    )


@pytest.mark.parametrize(
    ("data", "criterion"),
    [
        ({"label": "y", "prediction": "d"}, "recall >= 0.8"),
        ({"label": "y", "prediction": "d"}, "prevalence >= 0.1"),
        ({"prediction": "d"}, "selection_rate <= 0.2"),
        ({"score": "p"}, "selection_rate <= 0.2"),
        ({"label": "y", "score": "p"}, "brier <= 0.2"),
    ],
)
def test_what_suffices(data: dict[str, str], criterion: str) -> None:
    assert len(contract_from_mapping(contract("binary", data, criterion)).criteria) == 1
