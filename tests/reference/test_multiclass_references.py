"""Many classes on handwritten digits against scikit-learn, and what bad tables are answered."""

import numpy as np
import pandas as pd
import pytest
from sklearn import datasets, metrics, model_selection, naive_bayes
from statsmodels.stats.proportion import proportion_confint

import sextant as sx


def rows_of(table: pd.DataFrame, *criteria: str, **roles: object) -> list[dict]:
    roles = {"label": "y", "prediction": "p", "task": "multiclass"} | roles
    return sx.evaluate(table, criteria=list(criteria), **roles).to_dict()["results"]


def only(table: pd.DataFrame, criterion: str, **roles: object) -> dict:
    (row,) = rows_of(table, criterion, **roles)
    return row


@pytest.fixture(scope="module")
def digits() -> pd.DataFrame:
    """1,797 digits (Alpaydin and Kaynak 1998), read by naive Bayes in cross-validation."""
    x, y = datasets.load_digits(return_X_y=True)
    chances = model_selection.cross_val_predict(
        naive_bayes.GaussianNB(), x, y, cv=5, method="predict_proba"
    )
    order = np.argsort(-chances, axis=1)
    return pd.DataFrame({"y": y, "p": order[:, 0], "second": order[:, 1], "third": order[:, 2]})


def test_means_over_classes(digits: pd.DataFrame) -> None:
    y, p = digits["y"], digits["p"]
    expected = {
        "accuracy": metrics.accuracy_score(y, p),
        "macro_recall": metrics.recall_score(y, p, average="macro"),
        "macro_precision": metrics.precision_score(y, p, average="macro"),
        "macro_f1": metrics.f1_score(y, p, average="macro"),
        "weighted_f1": metrics.f1_score(y, p, average="weighted"),
    }
    for name, value in expected.items():
        for unit in (None, "home"):
            row = only(digits.assign(home=digits.index), f"{name} >= 0.7", unit=unit)
            assert row["estimate"] == pytest.approx(value, abs=1e-9), name
            assert row["low"] < value < row["high"]
            assert row["high"] - row["low"] < 0.06
            assert row["n"] == len(y)


def test_each_class(digits: pd.DataFrame) -> None:
    y, p = digits["y"], digits["p"]
    for digit in range(10):
        recall, precision, f1 = rows_of(
            digits,
            f"class_recall(class={digit}) >= 0.5",
            f"class_precision(class={digit}) >= 0.5",
            f"class_f1(class={digit}) >= 0.5",
        )
        hits, n = ((y == digit) & (p == digit)).sum(), (y == digit).sum()
        low, high = proportion_confint(hits, n, method="beta")
        assert (recall["low"], recall["high"]) == pytest.approx((low, high))
        of_class = {"labels": [digit], "average": None}
        assert precision["estimate"] == pytest.approx(metrics.precision_score(y, p, **of_class)[0])
        assert f1["estimate"] == pytest.approx(metrics.f1_score(y, p, **of_class)[0])


def test_confusions(digits: pd.DataFrame) -> None:
    table = metrics.confusion_matrix(digits["y"], digits["p"], normalize="true")
    row = only(digits, "confusion_rate(class=2, taken_for=8) <= 50%")
    assert row["estimate"] == pytest.approx(table[2, 8])
    assert "Of 100 rows of class 2 about" in row["sentence"]
    assert "taken for 8" in row["sentence"]


def test_top_k(digits: pd.DataFrame) -> None:
    """Counted by NumPy; scikit-learn breaks the ties of equal chances otherwise."""
    for columns in (["p"], ["p", "second"], ["third", "p", "second"]):
        row = only(digits, f"top_k_accuracy(columns=[{', '.join(columns)}]) >= 0.5")
        among = (digits[columns].to_numpy() == digits[["y"]].to_numpy()).any(axis=1)
        assert row["estimate"] == pytest.approx(among.mean())


def test_every_class_as_a_segment(digits: pd.DataFrame) -> None:
    """Accuracy in every label is the recall of each, judged jointly."""
    rows = rows_of(digits, "accuracy >= 0.5 in every digit", segments={"digit": "y"})
    recalls = metrics.recall_score(digits["y"], digits["p"], average=None)
    assert [row["estimate"] for row in rows] == pytest.approx(recalls)


def test_a_macro_mean_by_its_bootstrap(digits: pd.DataFrame) -> None:
    y, p = digits["y"].to_numpy(), digits["p"].to_numpy()
    rng = np.random.default_rng(1)
    picks = (rng.integers(0, len(y), len(y)) for _ in range(300))
    again = [metrics.f1_score(y[pick], p[pick], average="macro") for pick in picks]
    row = only(digits, "macro_f1 >= 0.7")
    assert row["high"] - row["low"] == pytest.approx(2 * 1.96 * np.std(again), rel=0.15)


@pytest.mark.parametrize(
    ("change", "criterion", "reason"),
    [
        ({}, "class_recall(class=12) >= 0.5", "no labelled row has the class '12'"),
        ({}, "class_recall(class=12) >= 0.5", "there are: 0, 1, 2"),
        ({"p": 3}, "macro_precision >= 0.5", "the class '0' is never predicted"),
        ({"p": 3}, "class_precision(class=4) >= 0.5", "no labelled row is predicted as this class"),
        ({"y": None}, "macro_f1 >= 0.5", "no labelled row"),
    ],
)
def test_what_cannot_be_judged(digits, change, criterion, reason) -> None:
    row = only(digits.assign(**change), criterion)
    assert row["verdict"] == "undecided"
    assert reason in row["sentence"]


def test_one_class_only(digits: pd.DataFrame) -> None:
    table = digits[digits["y"] == 3]
    found = {row["metric"]: row for row in rows_of(table, "macro_recall >= 0.5", "macro_f1 >= 0.5")}
    assert found["macro_recall"]["estimate"] == pytest.approx((table["p"] == 3).mean())
    assert found["macro_f1"]["low"] < found["macro_f1"]["estimate"] < found["macro_f1"]["high"]


def test_a_class_that_is_only_predicted_counts_as_an_error(digits: pd.DataFrame) -> None:
    """As in scikit-learn with `labels` set to the classes that there are."""
    table = digits[digits["y"] != 9]
    row = only(table, "macro_f1 >= 0.5")
    expected = metrics.f1_score(table["y"], table["p"], average="macro", labels=range(9))
    assert row["estimate"] == pytest.approx(expected)


def test_one_home_with_half_of_the_rows(digits: pd.DataFrame) -> None:
    """Hardly anything is known then, and the interval says so."""
    half = digits.assign(home=np.where(digits.index < 900, 0, digits.index))
    alone = digits.assign(home=digits.index)
    for criterion in ("macro_f1 >= 0.5", "macro_recall >= 0.5", "class_recall(class=1) >= 0.5"):
        wide, narrow = (only(table, criterion, unit="home") for table in (half, alone))
        assert wide["high"] - wide["low"] > 2 * (narrow["high"] - narrow["low"])


def test_a_threshold_is_for_two_classes(digits: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="A threshold makes two classes of a score"):
        only(digits, "accuracy(threshold=0.5) >= 0.5", score="p")
