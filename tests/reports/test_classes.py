"""Each class and the usual confusions equal scikit-learn's, and are said with n and interval."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy import stats
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import confusion_matrix, precision_recall_fscore_support

import sextant as sx
from sextant.reports.html import page
from sextant.reports.record import record_of


@pytest.fixture(scope="module")
def digits() -> pd.DataFrame:
    """Handwritten digits, the second half read by what was learnt from the first."""
    held = load_digits()
    taught = LogisticRegression(max_iter=200, C=0.001).fit(held.data[:600], held.target[:600])
    said = taught.predict(held.data[600:])
    table = pd.DataFrame({"label": held.target[600:], "said": said})
    return table.assign(writer=range(len(table))).astype({"label": str, "said": str})


def judged(table: pd.DataFrame, **roles: object) -> dict[str, object]:
    found = sx.evaluate(
        table, criteria=["macro_f1 >= 0.5"], label="label", prediction="said", task="multiclass",
        **roles,  # type: ignore[arg-type]
    )  # fmt: skip
    return record_of(found.evidence, found.tally)


def test_classes_are_those_of_scikit_learn(digits: pd.DataFrame) -> None:
    held = judged(digits)["classes"]
    assert isinstance(held, dict)
    names = [one["name"] for one in held["classes"]]
    precision, recall, _, support = precision_recall_fscore_support(
        digits["label"], digits["said"], labels=names
    )
    assert [one["recall"]["estimate"] for one in held["classes"]] == pytest.approx(recall)
    assert [one["precision"]["estimate"] for one in held["classes"]] == pytest.approx(precision)
    assert [one["labelled"] for one in held["classes"]] == support.tolist()
    matrix = confusion_matrix(digits["label"], digits["said"], labels=names)
    assert [row["counts"] for row in held["table"]] == matrix.tolist()
    for one in held["classes"]:
        k, n = one["right"], one["labelled"]
        high = stats.beta.ppf(0.975, k + 1, n - k) if k < n else 1.0
        assert one["recall"]["high"] == pytest.approx(high)


def test_the_most_frequent_confusion_comes_first(digits: pd.DataFrame) -> None:
    held = judged(digits)["classes"]
    assert isinstance(held, dict)
    wrong = digits[digits["label"] != digits["said"]].groupby(["label", "said"]).size()
    (label, said), n = wrong.idxmax(), wrong.max()
    rows = (digits["label"] == label).sum()
    assert f"of {label} about" in held["confusions"][0] or n == wrong.iloc[0]
    assert f"here {n} of" in held["confusions"][0]
    assert rows >= n
    assert said


def test_units_keep_the_counts_and_widen_the_intervals(digits: pd.DataFrame) -> None:
    grouped = digits.assign(writer=[at // 40 for at in range(len(digits))])
    alone, dependent = judged(digits)["classes"], judged(grouped, unit="writer")["classes"]
    assert isinstance(alone, dict)
    assert isinstance(dependent, dict)
    assert [one["right"] for one in alone["classes"]] == [
        one["right"] for one in dependent["classes"]
    ]
    assert alone["table"] == dependent["table"]


def test_the_page_shows_them_and_an_older_record_does_without(digits: pd.DataFrame) -> None:
    record = judged(digits)
    assert "What it takes for what" in page(record)
    del record["classes"]
    assert "What it takes for what" not in page(record)


def test_a_class_that_is_never_said_has_no_precision() -> None:
    table = pd.DataFrame({"label": ["a", "b", "c"] * 40, "said": ["a", "b", "a"] * 40})
    held = judged(table.assign(writer=0))["classes"]
    assert isinstance(held, dict)
    c = next(one for one in held["classes"] if one["name"] == "c")
    assert c["precision"]["estimate"] is None
    assert c["precision"]["text"] == ""
