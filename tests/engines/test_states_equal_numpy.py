"""Every state that the engine reads equals the state built from the same rows in NumPy."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sextant.metrics.requests import (
    Decisions,
    Distribution,
    Errors,
    Flag,
    Labels,
    Pairs,
    Request,
    Scores,
    Values,
)
from sextant.metrics.tally import Tally
from sextant.states.confusion import Confusion
from sextant.states.counts import Counts
from sextant.states.histogram import Histogram
from sextant.states.moments import CoMoments, Moments
from sextant.states.scores import ScoreCounts

CRITERIA = (
    "recall(threshold=0.7) >= 0.1",
    "precision(threshold=0.05) >= 0.1",
    "brier <= 0.9",
    "prevalence >= 0.1",
    "mean(skewed) >= 0",
    "mean(far) >= 0",
    "ratio_of_means(skewed, far) >= 0",
    "quantile(few, q=0.5) <= 1",
    "quantile(far, q=0.5) <= 100000000",
    "missing_rate(word) <= 0.9",
    "rate(flag) >= 0.1",
    "out_of_range(few, low=0, high=2) <= 0.9",
    "out_of_set(word, values=[red, blue]) <= 0.9",
)
SEGMENTS = {
    "sex": {"column": "sex", "labels": {1: "men", 2: "women"}},
    "age": {"column": "age", "bands": [18, 65]},
}
EVERYWHERE = tuple(f"{text} in every sex x age, sex, age" for text in CRITERIA)


def pieces(rows: pd.DataFrame) -> dict[tuple[tuple[str, ...], tuple[str, ...]], pd.DataFrame]:
    """(grouping, values) → its rows, cut by pandas."""
    sex = rows["sex"].map({1.0: "1.0", 2.0: "2.0"}).fillna("")
    age = np.select([rows["age"] < 18, rows["age"] < 65], ["under 18", "18–64"], "65 and over")
    cut = rows.assign(_sex=sex, _age=age)
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], pd.DataFrame] = {((), ()): rows}
    for grouping in (("sex",), ("age",), ("sex", "age")):
        for values, part in cut.groupby([f"_{name}" for name in grouping]):
            found[grouping, tuple(values)] = part
    return found


def state(request: Request, rows: pd.DataFrame) -> object:
    """The state from rows in memory."""
    match request:
        case Scores():
            return ScoreCounts.of(rows["p"], rows["y"], request.thresholds)
        case Errors():
            known = rows.dropna(subset=["y"])
            return Moments.of((known["p"] - known["y"]) ** 2)
        case Labels():
            yes, no = (rows["y"] == 1).sum(), (rows["y"] == 0).sum()
            return Counts.of({"yes": yes, "no": no, "none": rows["y"].isna().sum()})
        case Values():
            return Moments.of(rows[request.column].dropna())
        case Pairs():
            both = rows[[request.x, request.y]].dropna()
            return CoMoments.of(both[request.x], both[request.y])
        case Distribution():
            held = rows[request.column].astype(object).where(rows[request.column].notna(), None)
            whole = Histogram.of(held, request.cuts)
            cells = (whole.bucket, whole.cut, whole.n, whole.low, whole.high, whole.cuts)
            by_value = request.column == "few"
            return Histogram.from_cells(*cells, missing=whole.missing, by_value=by_value)
        case Flag():
            return flags(request, rows[request.column])
        case _:
            raise AssertionError(request)


def flags(request: Flag, column: pd.Series) -> Counts:
    blank = column.isna() | (column.astype(str).str.strip() == "")
    match request.kind:
        case "missing":
            return Counts.of({"yes": blank.sum(), "no": (~blank).sum()})
        case "true":
            yes = column.eq(True).fillna(False)
        case "set":
            yes = ~column.isin(request.values)
        case _:
            yes = ~column.between(request.low, request.high)
    yes = yes.astype(bool) & ~blank
    return Counts.of({"yes": yes.sum(), "no": (~yes & ~blank).sum(), "none": blank.sum()})


def assert_same(found: object, expected: object) -> None:
    if isinstance(expected, Moments | CoMoments):
        for name in expected.__slots__:
            a, b = getattr(found, name), getattr(expected, name)
            assert a == pytest.approx(b, rel=1e-9, abs=tolerance(expected, name)), name
    else:
        assert found == expected


def tolerance(expected: Moments | CoMoments, name: str) -> float:
    """A sum of products is as exact as the spread that it is made of, not as its own size."""
    if name == "m3":
        return 1e-7 * expected.m2**1.5 / max(expected.n, 1) ** 0.5
    if name == "c":
        return 1e-9 * (expected.m2_x * expected.m2_y) ** 0.5
    return 0.0


@pytest.fixture(scope="module")
def whole(count, rows) -> Tally:
    return count(rows, *CRITERIA, *EVERYWHERE, segments=SEGMENTS)


def test_every_state_of_every_segment(whole: Tally, rows: pd.DataFrame) -> None:
    expected = pieces(rows)
    seen = 0
    for grouping, held in whole.cells.items():
        for request, cells in held.items():
            assert set(cells) == {values for names, values in expected if names == grouping}
            for values, cell in cells.items():
                assert_same(cell.whole, state(request, expected[grouping, values]))
                seen += 1
    assert seen == 12 * (1 + 3 + 3 + 9)


def test_counts_of_rows_and_labels(whole: Tally, rows: pd.DataFrame) -> None:
    for (grouping, values), part in pieces(rows).items():
        assert whole.counts[grouping][values] == (len(part), part["y"].notna().sum())
    assert (whole.rows, whole.labelled) == (len(rows), rows["y"].notna().sum())


def test_a_missing_segment_value_is_a_segment_of_its_own(whole: Tally, rows: pd.DataFrame) -> None:
    assert whole.counts[("sex",)][("",)][0] == rows["sex"].isna().sum() > 0


def test_decisions(count, rows) -> None:
    found = count(rows, "recall >= 0.1", prediction="d", score=None)
    cell = found.cells[()][Decisions()][()]
    flagged, known = rows["d"] == "yes", rows["d"].notna()
    expected = Confusion(
        tp=(flagged & (rows["y"] == 1)).sum(),
        fp=(flagged & (rows["y"] == 0)).sum(),
        fn=(known & ~flagged & (rows["y"] == 1)).sum(),
        tn=(known & ~flagged & (rows["y"] == 0)).sum(),
        unlabelled_positive=(flagged & rows["y"].isna()).sum(),
        unlabelled_negative=(known & ~flagged & rows["y"].isna()).sum(),
    )
    assert cell.whole == expected
    assert cell.aside == (~known).sum() == dict(found.set_aside)["no prediction"]


@pytest.mark.parametrize("mean", [0.0, 1e3, 1e8, 1e12])
def test_moments_far_from_zero(count, mean: float) -> None:
    """The skewness of 2,000 skewed numbers around the mean, to four digits."""
    x = mean + np.random.default_rng(3).lognormal(0, 1.5, 2_000)
    found = count(pd.DataFrame({"v": x}), "mean(v) >= 0", label=None, score=None)
    held, expected = found.cells[()][Values("v")][()].whole, Moments.of(x)
    assert held.mean == pytest.approx(expected.mean, rel=1e-15)
    assert held.m2 == pytest.approx(expected.m2, rel=1e-9)
    assert held.m3 == pytest.approx(expected.m3, rel=1e-4)
