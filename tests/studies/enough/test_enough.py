"""Rows needed decide in four of five tables; what cannot be said is said; bad input is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import sextant as sx
from sextant.contracts.file.reading import contract_from_mapping
from sextant.contracts.model import Contract
from sextant.contracts.problems import ContractError
from sextant.engines.errors import SourceError
from sextant.stats.rate import clopper_pearson


def contract(*criteria: str, **data: Any) -> Contract:
    return contract_from_mapping(
        {
            "product": "Check", "outcome": "less", "task": data.pop("task", "binary"),
            "data": {"source": "x", "label": "y", "score": "s", "segments": {"g": "g"}, **data},
            "criteria": list(criteria),
        }
    )  # fmt: skip


def table(**rows: tuple[int, int]) -> pd.DataFrame:
    """Rows and positives of each group."""
    return pd.DataFrame(
        [(g, int(i < yes)) for g, (n, yes) in rows.items() for i in range(n)], columns=["g", "y"]
    )


def results(asked: Contract, rows: Any, **expect: float) -> list[dict[str, Any]]:
    return sx.enough(asked, rows, expect=expect).to_dict()["results"]


@pytest.mark.parametrize(
    ("bound", "value"), [(0.8, 0.85), (0.8, 0.9), (0.5, 0.55), (0.95, 0.97)], ids=str
)
def test_the_rows_needed_decide_in_four_of_five_tables(bound: float, value: float) -> None:
    """Exact: the sum over all outcomes whose Clopper-Pearson interval keeps the bound."""
    (one,) = results(contract(f"recall >= {bound}"), table(a=(4_000, 2_000)), recall=value)
    n = round(one["needed"] / 2)  # half of the labelled rows are positive
    k = np.arange(n + 1)
    low = clopper_pearson(k, n, 0.05)[0]
    power = stats.binom.pmf(k, n, value)[low >= bound].sum()
    assert 0.75 <= power <= 0.9
    assert one["answer"] == ("enough" if one["needed"] <= 4_000 else "not enough")


def test_rows_needed_do_not_depend_on_how_many_are_there() -> None:
    asked = contract("recall >= 0.8")
    few, many = (results(asked, table(a=(n, n // 4)), recall=0.87)[0] for n in (400, 40_000))
    assert (few["answer"], many["answer"]) == ("not enough", "enough")
    assert few["needed"] == pytest.approx(many["needed"], abs=8)


def test_every_segment_has_its_own_answer() -> None:
    rows = table(a=(5_000, 2_500), b=(60, 30))
    a, b = results(contract("recall >= 0.8 in every g"), rows, recall=0.9)
    assert (a["where"], a["answer"], b["where"], b["answer"]) == (
        "g = a", "enough", "g = b", "not enough",
    )  # fmt: skip
    assert f"about {-(-b['needed'] // 10) * 10:,} are needed" in b["sentence"]


def test_without_expectations_a_model_without_an_error_is_asked() -> None:
    rows = table(a=(4_000, 400), b=(40, 4))
    a, b = results(contract("recall >= 0.9 in every g"), rows)
    assert (a["answer"], b["answer"]) == ("cannot be said", "not enough")
    assert 0.9 < a["shows_from"] < 0.95
    assert b["needed"] == pytest.approx(10 * 35, abs=10)  # 0.025 ** (1 / 35) = 0.9
    assert "not even a model without an error" in b["sentence"]


def test_what_an_expectation_does_not_say() -> None:
    asked = contract("precision >= 0.5", "recall >= 0.5", "auc >= 0.8", "prevalence <= 50%")
    precision, recall, auc, prevalence = results(asked, table(a=(1_000, 100)), recall=0.7)
    assert precision["answer"] == auc["answer"] == "cannot be said"
    assert recall["answer"] == prevalence["answer"] == "enough"


def test_an_expectation_on_the_bound_is_decided_by_no_number_of_rows() -> None:
    (one,) = results(contract("recall >= 0.8"), table(a=(10_000, 5_000)), recall=0.8)
    assert one["answer"] == "cannot be said"
    assert one["needed"] is None


def test_an_expected_miss_is_decided_and_said() -> None:
    (one,) = results(contract("recall >= 0.8"), table(a=(10_000, 5_000)), recall=0.7)
    assert (one["answer"], one["towards"]) == ("enough", "missed")
    assert "would be shown to miss it" in one["sentence"]


def test_precision_is_the_false_positive_rate_that_gives_it() -> None:
    rows = table(a=(10_000, 1_000))
    asked = contract("false_positive_rate <= 0.1", "precision >= 0.5")
    alarms, precision = results(asked, rows, recall=0.8, precision=0.6)
    assert precision["expected"]["estimate"] == pytest.approx(0.6)
    assert alarms["expected"]["estimate"] == pytest.approx(0.8 * 0.1 * 0.4 / (0.6 * 0.9))


def test_units_count_where_rows_hang_together() -> None:
    rows = table(a=(4_000, 2_000))
    rows["u"] = np.arange(4_000) // 40
    alone = results(contract("accuracy >= 0.8"), rows, recall=0.9, specificity=0.8)[0]
    together = results(contract("accuracy >= 0.8", unit="u"), rows, recall=0.9, specificity=0.8)[0]
    assert together["needed"] > alone["needed"]


def test_a_least_number_of_rows_counts() -> None:
    asked = contract_from_mapping(
        {"product": "p", "outcome": "o", "task": "binary", "data": {"source": "x", "label": "y",
         "score": "s"}, "criteria": [{"check": "recall >= 0.5", "min_rows": 5000}]}
    )  # fmt: skip
    (one,) = results(asked, table(a=(1_000, 500)), recall=0.9)
    assert (one["answer"], one["needed"]) == ("not enough", 5_000)


def test_without_labels_a_prevalence_is_expected() -> None:
    rows = table(a=(2_000, 0), b=(50, 0)).drop(columns="y")
    asked = contract("recall >= 0.8 in every g")
    with pytest.raises(SourceError, match="no prevalence is expected"):
        sx.enough(asked, rows, expect={"recall": 0.9})
    a, b = results(asked, rows, recall=0.9, prevalence=0.2)
    assert (a["answer"], b["answer"]) == ("enough", "not enough")
    assert a["counts"] == pytest.approx(400)


def test_all_labels_missing() -> None:
    rows = table(a=(2_000, 0)).assign(y=None)
    found = sx.enough(contract("recall >= 0.8"), rows, expect={"recall": 0.9})
    assert (found.answer, found.to_dict()["labels"]) == ("not enough", "none")
    assert "no labelled row" in found.to_dict()["results"][0]["sentence"]
    found = sx.enough(contract("recall >= 0.8"), rows, expect={"recall": 0.9, "prevalence": 0.3})
    assert (found.answer, found.to_dict()["labels"]) == ("enough", "expected")


def test_many_classes_cannot_be_said() -> None:
    asked = contract_from_mapping(
        {"product": "p", "outcome": "o", "task": "multiclass", "data": {"source": "x", "label":
         "y", "prediction": "z"}, "criteria": ["macro_recall >= 0.5"]}
    )  # fmt: skip
    assert sx.enough(asked, table(a=(50, 20)).assign(y="k")).answer == "cannot be said"


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ({"recal": 0.9}, "Did you mean 'recall'?"),
        ({"recall": 1.2}, "recall 1.2 is no share"),
        ({"precision": 0.5}, "Add a recall"),
        ({"specificity": 0.9, "false_positive_rate": 0.1}, "say the same thing twice"),
    ],
    ids=range(4),
)
def test_what_cannot_be_expected_is_refused(expect: dict[str, float], said: str) -> None:
    with pytest.raises(ContractError) as refused:
        sx.enough(contract("recall >= 0.8"), table(a=(10, 5)), expect=expect)
    assert said in str(refused.value)


def test_a_precision_that_cannot_be_is_refused() -> None:
    with pytest.raises(SourceError, match="more negatives than there are"):
        sx.enough(contract("recall >= 0.8"), table(a=(10, 9)),
                  expect={"recall": 0.9, "precision": 0.1})  # fmt: skip


def test_every_form_says_it(tmp_path: Path) -> None:
    found = sx.enough(contract("recall >= 0.8 in every g"), table(a=(900, 90)),
                      expect={"recall": 0.9})  # fmt: skip
    headline = found.to_dict()["headline"]
    assert headline.split(".")[0] in repr(found)
    assert headline.split(".")[0] in found.to_html()
    assert "| `recall >= 0.8 in every g` | g = a | not enough |" in found.to_markdown()
    assert found.to_frame().answer.tolist() == ["not enough"]


def test_german_credit_is_too_small_by_sex(shared_data: Path) -> None:
    rows = pd.read_csv(shared_data / "german_credit/german_credit.csv")
    rows = pd.DataFrame({"y": 1 - rows["class-label"], "g": rows.sex})
    found = sx.enough(contract("recall >= 0.8 in every g"), rows, expect={"recall": 0.85})
    assert found.answer == "not enough"
    assert [one["labelled"] for one in found.to_dict()["results"]] == [310, 690]
    assert all(one["labelled"] < one["needed"] < 3_000 for one in found.to_dict()["results"])


def test_what_needs_no_model_says_so() -> None:
    asked = contract("missing_rate(age) <= 1%", "row_count >= 100", "auc >= 0.8")
    missing, rows, auc = results(asked, table(a=(1_000, 100)), recall=0.7)
    assert "needs no model" in missing["sentence"]
    assert "needs no model" in rows["sentence"]
    assert "once there is a model" in auc["sentence"]
