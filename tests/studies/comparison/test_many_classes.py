"""Two versions of many classes: values of scikit-learn, intervals of a bootstrap."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from benchmarks.paired_coverage import classes_at, classes_drawn
from sklearn.datasets import load_digits
from sklearn.metrics import f1_score, precision_score, recall_score
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier

import sextant as sx
from sextant.stats.paired import classes

SCORES = {
    "macro_recall": lambda y, p: recall_score(y, p, average="macro"),
    "macro_precision": lambda y, p: precision_score(y, p, average="macro"),
    "macro_f1": lambda y, p: f1_score(y, p, average="macro"),
    "weighted_f1": lambda y, p: f1_score(y, p, average="weighted"),
    "class_recall": lambda y, p: recall_score(y, p, average=None)[8],
    "class_precision": lambda y, p: precision_score(y, p, average=None)[8],
    "class_f1": lambda y, p: f1_score(y, p, average=None)[8],
}


@pytest.fixture(scope="module")
def digits() -> pd.DataFrame:
    """Handwritten digits, told by two models that saw a part of the others."""
    x, y = load_digits(return_X_y=True)
    half = len(y) // 2
    found = {"y": y[half:]}
    for name, model in (("a", GaussianNB()), ("b", KNeighborsClassifier(9))):
        found[name] = model.fit(x[:half:3], y[:half:3]).predict(x[half:])
    return pd.DataFrame(found).assign(writer=np.arange(len(y) - half) // 3)


def results(rows: pd.DataFrame, **given: Any) -> dict[str, dict[str, Any]]:
    asked = [f"{name}(class=8)" if name.startswith("class") else name for name in SCORES]
    found = sx.compare(rows, a="a", b="b", label="y", task="multiclass", metrics=asked, **given)
    return {one["metric"]: one for one in found.to_dict()["results"]}


def test_values_and_intervals(digits: pd.DataFrame) -> None:
    """Both versions' values are scikit-learn's; widths are those of a bootstrap of the rows."""
    seen, rng = results(digits), np.random.default_rng(1)
    y, a, b = (digits[name].to_numpy() for name in ("y", "a", "b"))
    drawn = [rng.integers(0, y.size, y.size) for _ in range(150)]
    for name, score in SCORES.items():
        row = seen[name]
        assert row["a"]["estimate"] == pytest.approx(score(y, a)), name
        assert row["b"]["estimate"] == pytest.approx(score(y, b)), name
        assert row["difference"] == pytest.approx(score(y, b) - score(y, a)), name
        apart = [score(y[at], b[at]) - score(y[at], a[at]) for at in drawn]
        width = (row["high"] - row["low"]) / (2 * 1.96 * np.std(apart))
        assert 0.85 < width < 1.4, (name, width)


def test_dependent_rows_are_judged_by_their_units(digits: pd.DataFrame) -> None:
    """Every row three times is no more evidence than once."""
    once = results(digits.assign(writer=np.arange(len(digits))), unit="writer")
    thrice = digits.loc[digits.index.repeat(3)].assign(writer=np.arange(3 * len(digits)) // 3)
    seen = results(thrice, unit="writer")
    for name in ("macro_f1", "class_recall", "macro_recall"):
        width, same = (one[name]["high"] - one[name]["low"] for one in (once, seen))
        assert same == pytest.approx(width, rel=0.1), name


@pytest.mark.parametrize(
    "influence",
    [classes.macro_recall, classes.macro_precision, classes.f1_mean(False), classes.f1_mean(True),
     classes.of_class(1, "precision"), classes.of_class(1, "f1")],
)  # fmt: skip
def test_influences_are_derivatives(influence: classes.Influence) -> None:
    """Against a small step in every cell, up to a factor."""
    table = np.array([[30.0, 4, 2], [3, 20, 6], [1, 5, 40]])
    names = {0: classes.macro_recall, 1: classes.macro_precision}
    d = influence(table)
    assert (d * table).sum() == pytest.approx(0, abs=1e-9)
    if influence in names.values():
        over = 1 if influence is classes.macro_recall else 0

        def value(held: np.ndarray) -> float:
            return float((np.diag(held) / held.sum(axis=over)).mean())

        for cell in np.ndindex(3, 3):
            step = table.copy()
            step[cell] += 1e-4
            slope = (value(step) - value(table)) / 1e-4
            assert 3 * slope == pytest.approx(d[cell], abs=1e-4)


def test_a_class_of_one_version_only(digits: pd.DataFrame) -> None:
    """Never predicted: no precision, with the reason; a foreign class is a wrong answer."""
    seen = results(digits.assign(b=digits["b"].where(digits["b"] != 8, 99)))
    assert "never predicted" in seen["macro_precision"]["sentence"]
    assert seen["class_recall"]["b"]["estimate"] == 0
    assert seen["class_recall"]["high"] < 0


def test_the_level_holds() -> None:
    """The short form of `benchmarks.paired_coverage`: both sides, n 300, few and many differ."""
    rng = np.random.default_rng(7)
    for differ in (0.02, 0.3):
        truth, draws = classes_drawn(rng, 300, 80, differ)
        for name in ("macro_recall", "macro_f1"):
            found = [classes_at(name, cells) for cells in draws]
            outside = sum(e.low > truth[name] or e.high < truth[name] for e in found)
            assert outside <= 80 * 0.05 + 3 * (80 * 0.05 * 0.95) ** 0.5, (name, differ)
            assert all(e.assessable for e in found)
