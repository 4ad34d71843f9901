"""Frames of pandas and Polars, Arrow tables and what turns into one give the same tally."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset
import pytest

from sextant.engines.errors import SourceError
from sextant.metrics.requests import Scores
from sextant.metrics.tally import Tally


class IbisLike:
    """What the engine knows of an Ibis table: it turns into Arrow."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def to_pyarrow(self) -> pa.Table:
        return self.table


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    rng = np.random.default_rng(9)
    p = rng.uniform(size=200).round(3)
    return pd.DataFrame(
        {"y": (rng.uniform(size=200) < p).astype(int), "p": p, "g": ["a", "b"] * 100}
    )


@pytest.fixture(scope="module")
def expected(count, frame) -> Tally:
    return count(frame, "auc >= 0.1 in every g", segments={"g": "g"})


@pytest.mark.parametrize(
    "convert",
    [
        pl.from_pandas,
        lambda frame: pl.from_pandas(frame).lazy(),
        pa.Table.from_pandas,
        lambda frame: pa.Table.from_pandas(frame).to_reader(max_chunksize=10),
        lambda frame: pa.Table.from_pandas(frame).to_batches()[0],
        lambda frame: pa.dataset.dataset(pa.Table.from_pandas(frame)),
        lambda frame: IbisLike(pa.Table.from_pandas(frame)),
        lambda frame: frame.sample(frac=1, random_state=0),
        lambda frame: frame.set_index("g", drop=False),
        lambda frame: frame.assign(g=frame["g"].astype("category")),
        lambda frame: frame.convert_dtypes(),
        lambda frame: frame.convert_dtypes(dtype_backend="pyarrow"),
        lambda frame: frame.astype(object),
        lambda frame: frame.astype({"y": "int8"}),
    ],
)
def test_kinds_of_tables(count, frame, expected: Tally, convert) -> None:
    found = count(convert(frame), "auc >= 0.1 in every g", segments={"g": "g"})
    assert found.cells == expected.cells
    assert found.counts == expected.counts
    assert found.snapshot == expected.snapshot


@pytest.mark.parametrize(
    "label",
    [
        lambda y: y.map({0: False, 1: True}),
        lambda y: y.map({0: "no", 1: "yes"}),
        lambda y: y.map({0: "N", 1: "Y"}).astype("category"),
        lambda y: y.map({0: "FALSE", 1: "TRUE"}).astype("string"),
        lambda y: y.map({0: "0", 1: "1"}),
        lambda y: y.map({0: " 0.0 ", 1: "1.00"}),
        lambda y: y.map({0: -1, 1: 1}),
        lambda y: y.map({0: -0.0, 1: 1.0}),
        lambda y: y.astype("float32"),
    ],
)
@pytest.mark.parametrize("gaps", [False, True])
def test_labels_in_every_spelling(count, frame, label, gaps: bool) -> None:
    spelt = label(frame["y"])
    if gaps:
        spelt = spelt.astype(object).where(frame.index >= 20, None)
    found = count(frame.assign(y=spelt), "auc >= 0.1")
    plain = count(frame.assign(y=frame["y"].where(frame.index >= 20 * gaps)), "auc >= 0.1")
    assert found.cells == plain.cells
    assert found.labelled == 200 - 20 * gaps


@pytest.mark.parametrize(
    ("positive", "label"),
    [
        ("hired", lambda y: y.map({0: "rejected", 1: "hired"})),
        ("hired", lambda y: y.map({0: "rejected", 1: " hired "})),
        ("hired", lambda y: y.map({0: "on hold", 1: "hired"}).where((y == 1) | (y.index > 9), "x")),
        (1, lambda y: y == 1),
        (True, lambda y: y),
        (True, lambda y: y.map({0: "False", 1: "True"})),
        ("1", lambda y: y.astype(float)),
        (2, lambda y: y + 1),
        (2, lambda y: (y + 1).astype(str)),
    ],
)
def test_a_named_positive_class(count, frame, positive: Any, label) -> None:
    table = frame.assign(y=label(frame["y"]))
    found = count(table, "auc >= 0.1", label={"column": "y", "positive": positive})
    assert found.cells == count(frame, "auc >= 0.1").cells


@pytest.mark.parametrize("kind", ["float16", "float32", "float64", object, "Float64"])
def test_a_threshold_that_the_score_shows_is_met_in_every_precision(count, kind) -> None:
    """0.7 in single precision is 0.699999988: it shows as 0.7 and is at the threshold."""
    held = pd.DataFrame({"y": [1, 0], "p": pd.Series([0.7, 0.69]).astype(kind)})
    if kind == "float16":
        held["p"] = held["p"].astype("float32").round(3)
    found = count(held, "recall(threshold=0.7) >= 0.1")
    at = found.cells[()][Scores((0.7,))][()].whole.at(0.7)
    assert (at.tp, at.fp, at.fn, at.tn) == (1, 0, 0, 1)


@pytest.mark.parametrize("value", [None, np.nan, pd.NA, float("nan")])
def test_every_kind_of_gap(count, value: Any) -> None:
    held = pd.DataFrame({"y": [1, value, 0], "p": [0.9, 0.5, value], "g": ["a", value, value]})
    found = count(held, "auc >= 0.1", segments={"g": "g"})
    assert (found.rows, found.labelled) == (3, 2)
    assert found.set_aside == (("no score", 1),)
    assert found.counts[("g",)] == {("",): (2, 1), ("a",): (1, 1)}


def test_segments_of_numbers_and_zeros(count) -> None:
    held = pd.DataFrame({"y": [1, 0, 1, 0], "p": 0.5, "g": [0.0, -0.0, 1.5, np.nan]})
    found = count(held, "auc >= 0.1", segments={"g": "g"})
    assert found.counts[("g",)] == {("",): (1, 1), ("0",): (2, 2), ("1.5",): (1, 1)}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"y": [1]}, "a builtins dict cannot be read as a table"),
        ([1, 2], "Give a path, an Arrow table, or a pandas or Polars frame."),
        (7, "cannot be read as a table"),
        (pa.table([[1], [0.5], [0.6]], names=["y", "p", "p"]), "'p' (the score) stands more than"),
        (pd.DataFrame([[1, 0.5, 0.6]], columns=["y", "p", "p"]), "stands more than once"),
        (pd.DataFrame({"y": [1], "p": ["0.5"]}), "holds text, such as '0.5', where scores are due"),
        (pd.DataFrame({"y": [1, 0], "p": [0.5, "x"]}), "where scores are due"),
        (pd.DataFrame({"y": [1], "p": [[0.5]]}), "Column 'p' holds other"),
        (pd.DataFrame({"y": [1], "p": [pd.Timestamp("2026-01-01")]}), "Column 'p' holds time"),
    ],
)
def test_what_is_no_table_or_has_no_scores(count, data: Any, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        count(data, "auc >= 0.1")
    assert said in "\n".join(caught.value.problems)


def test_a_column_of_mixed_types_deep_down(count, frame) -> None:
    """The type is told from a sample; the value that is not of it comes late."""
    p = pd.Series([0.5] * 50_000, dtype=object)
    p.iloc[-1] = "a lot"
    with pytest.raises(SourceError, match=r"text|'a lot'.*Give every column one type"):
        count(pd.DataFrame({"y": 1, "p": p}), "auc >= 0.1")
