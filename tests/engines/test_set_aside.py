"""Single rows that cannot be used are set aside and counted by their reason, never dropped."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sextant.engines.errors import SourceError
from sextant.metrics.requests import Distribution, Pairs, Scores, Values

INF = float("inf")


def frame(**columns) -> pd.DataFrame:
    """Eight rows of two classes; given columns replace or join them."""
    return pd.DataFrame({"y": [1, 0] * 4, "p": [0.8, 0.3] * 4, "g": list("aaaabbbb")} | columns)


def test_scores_by_reason(count) -> None:
    found = count(frame(p=[0.8, None, np.nan, INF, -INF, 0.2, 0.1, 0.9]), "auc >= 0.1")
    assert found.set_aside == (("no score", 2), ("score is infinite", 2))
    assert (found.rows, found.labelled) == (8, 8)
    cell = found.cells[()][Scores()][()]
    assert (cell.rows, cell.aside, cell.whole.counts.sum()) == (8, 4, 4)


def test_rows_without_label_are_unlabelled_not_set_aside(count) -> None:
    found = count(frame(y=[1, None, 0, None, 1, 0, 1, 0]), "auc >= 0.1", "brier <= 0.9")
    assert (found.set_aside, found.labelled) == ((), 6)
    assert all(cells[()].aside == 0 for cells in found.cells[()].values())


def test_the_share_set_aside_is_known_in_every_segment(count) -> None:
    held = frame(p=[None, None, 0.5, 0.4, 0.5, 0.6, 0.7, 0.8])
    cells = count(held, "auc >= 0.1 in every g", segments={"g": "g"}).cells[("g",)][Scores()]
    assert {values: cell.aside for values, cell in cells.items()} == {("a",): 2, ("b",): 0}


def test_numbers_by_reason_once_although_asked_for_twice(count) -> None:
    held = frame(v=[1, 2, 3, 4, None, INF, 1e300, -1e61])
    found = count(held, "mean(v) >= 0", "quantile(v, q=0.5) <= 9", "ratio_of_means(v, p) >= 0")
    assert found.set_aside == (("no v", 1), ("v is infinite", 1), ("v is beyond 1e+60", 2))
    cells = found.cells[()]
    assert (cells[Values("v")][()].whole.n, cells[Values("v")][()].aside) == (4, 4)
    assert (cells[Pairs("v", "p")][()].whole.n, cells[Pairs("v", "p")][()].aside) == (4, 4)
    quantile = cells[Distribution("v", (9.0,))][()]
    assert (quantile.whole.finite, quantile.aside) == (6, 2)


@pytest.mark.parametrize(
    ("values", "mean"),
    [
        (np.full(8, 2**63, dtype="uint64"), 2.0**63),
        ([2**70 + at for at in range(8)], 2.0**70),
        (np.full(8, 9e59), 9e59),
        (np.full(8, -(2**62)), -(2.0**62)),
    ],
)
def test_large_numbers_do_not_overflow(count, values, mean: float) -> None:
    found = count(frame(v=values), "mean(v) >= 0", "ratio_of_means(v, p) >= 0")
    assert found.cells[()][Values("v")][()].whole.mean == pytest.approx(mean)
    assert np.isfinite(found.cells[()][Values("v")][()].whole.m3)


def test_units_and_times_set_a_row_aside_from_everything(count) -> None:
    held = frame(u=[1, None, 2, 3, 4, 5, 6, 7], t=[1, 2, None, 4, 5, 6, 7, 8])
    found = count(held, "auc >= 0.1", "missing_rate(g) <= 0.5", unit="u", time="t")
    assert set(found.set_aside) == {("no unit", 1), ("no time", 1)}
    assert (found.rows, found.labelled, found.counts[()][()]) == (8, 6, (6, 6))
    assert found.snapshot.rows == 8


def test_bands_of_a_text_column(count, tmp_path) -> None:
    (tmp_path / "a.csv").write_text("y,p,age\n1,0.9,17\n0,0.2,old\n1,0.8,\n0,0.1,44\n")
    found = count(
        tmp_path / "a.csv", "auc >= 0.1", segments={"age": {"column": "age", "bands": [18]}}
    )
    assert found.set_aside == (("age is not a number", 1),)
    assert found.counts[("age",)] == {
        ("",): (2, 2),
        ("18 and over",): (1, 1),
        ("under 18",): (1, 1),
    }


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_flag_that_is_neither_is_refused(count, tmp_path, kind: str) -> None:
    held = frame(v=["yes", "no", "maybe", "no"] * 2)
    file = tmp_path / f"a.{kind}"
    held.to_csv(file, index=False) if kind == "csv" else held.to_parquet(file)
    said = r"The yes/no column 'v' holds 'maybe', 'no', 'yes', which is not one of the pairs"
    with pytest.raises(SourceError, match=said):
        count(file, "rate(v) >= 0.1")


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ([0.5, 1.5], "run from 0.5 to 1.5, outside 0 to 1. If they are out of 10: score: {column"),
        ([12.0, 99.0], "If they are out of 100: score: {column: p, scale: 100}."),
        ([-0.2, 0.9], "run from -0.2 to 0.9, outside 0 to 1. A score is a probability"),
        ([900, 20], "If they are out of 1000: score: {column: p, scale: 1000}."),
    ],
)
def test_scores_outside_their_range(count, scores, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        count(pd.DataFrame({"y": [1, 0], "p": scores}), "auc >= 0.1")
    assert said in str(caught.value)


@pytest.mark.parametrize("scale", [10, 100, 1000, 7])
def test_a_scale_puts_a_score_at_its_threshold(count, scale: int) -> None:
    held = pd.DataFrame({"y": 1, "p": [round(0.7 * scale, 9), 0.3 * scale]})
    found = count(held, "recall(threshold=0.7) >= 0.1", score={"column": "p", "scale": scale})
    assert found.cells[()][Scores((0.7,))][()].whole.at(0.7).tp == 1


@pytest.mark.parametrize("text", ["a lot", "0,5", "1.000,5"])
def test_a_text_column_of_which_no_number_can_be_read(count, tmp_path, text: str) -> None:
    (tmp_path / "a.csv").write_text(f"y;p;v\n1;0.9;{text}\n0;0.2;\n")
    with pytest.raises(SourceError, match=r"'v' cannot be read|value in 'v' can be read"):
        count(tmp_path / "a.csv", "mean(v) >= 0")


def test_one_decimal_comma_among_whole_numbers_is_refused(count, tmp_path) -> None:
    """1 and 0 are numbers in either country; the others would silently be set aside."""
    (tmp_path / "a.csv").write_text("y;p\n1;1\n0;0\n1;0\n0;0,25\n")
    with pytest.raises(SourceError, match="These are decimal commas"):
        count(tmp_path / "a.csv", "auc >= 0.1")
