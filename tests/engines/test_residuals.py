"""Errors of a label that is a number: the states of the engine are those of NumPy."""

from __future__ import annotations

from hashlib import md5

import numpy as np
import pandas as pd
import pytest

from sextant.engines.errors import SourceError
from sextant.engines.scan import tally
from sextant.engines.source import open_source
from sextant.metrics.requests import Difference, Fit, Residuals, Scaled, Within
from sextant.states.counts import Counts
from sextant.states.fit import FitMoments
from sextant.states.moments import CoMoments, Moments

CRITERIA = (
    "mae <= 5",
    "rmse <= 5",
    "bias <= 5",
    "mape <= 50%",
    "wape <= 50%",
    "r2 >= 0.5",
    "skill(naive) >= 0.1",
    "quantile_loss(low, q=0.1) <= 5",
    "interval_coverage(low, high) >= 80%",
    "interval_width(low, high) <= 50",
)
ROLES = {"task": "regression", "label": "price", "prediction": "guess", "score": None}


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """600 rows far from zero, with gaps, infinities and a label of 0."""
    rng = np.random.default_rng(4)
    n = 600
    frame = pd.DataFrame({"price": 2000 + rng.gamma(2, 30, n), "sex": rng.choice(["f", "m"], n)})
    frame["guess"] = frame["price"] + rng.normal(2, 9, n)
    frame["low"], frame["high"] = frame["guess"] - 12, frame["guess"] + 12
    frame["naive"] = frame["price"].mean()
    frame.loc[10, "naive"] = np.nan
    frame["home"] = rng.integers(0, 90, n)
    frame.loc[rng.choice(n, 30, replace=False), "price"] = np.nan
    frame.loc[[1, 2], "guess"] = np.nan
    frame.loc[3, "guess"] = np.inf
    frame.loc[4, "price"] = 0.0
    frame.loc[5, "high"] = np.inf
    frame.loc[6, "low"] = np.nan
    return frame


def expected(rows: pd.DataFrame) -> dict[object, object]:
    known = rows[rows["price"].notna() & np.isfinite(rows["guess"].fillna(np.inf))]
    y, p = known["price"].to_numpy(), known["guess"].to_numpy()
    e, nonzero = p - y, y != 0
    quantile = rows.dropna(subset=["price", "low"])
    loss = quantile["price"] - quantile["low"]
    ends = rows.dropna(subset=["price", "low", "high"])
    inside = ends["price"].between(ends["low"], ends["high"])
    finite = rows.dropna(subset=["low", "high"])
    finite = finite[np.isfinite(finite["high"])]
    return {
        Residuals("absolute"): Moments.of(abs(e)),
        Residuals("squared"): Moments.of(e**2),
        Residuals("error"): Moments.of(e),
        Residuals("percentage"): Moments.of(abs(e[nonzero]) / abs(y[nonzero])),
        Scaled(): CoMoments.of(abs(e), abs(y)),
        Scaled("naive"): CoMoments.of(
            abs(e)[known["naive"].notna()], abs(known["naive"] - y)[known["naive"].notna()]
        ),
        Fit(): FitMoments.of(p, y),
        Residuals("pinball", "low", 0.1): Moments.of(np.maximum(0.1 * loss, -0.9 * loss)),
        Within("low", "high"): Counts.of(
            {"yes": inside.sum(), "no": (~inside).sum(), "none": len(rows) - len(ends)}
        ),
        Difference("low", "high"): Moments.of(finite["high"] - finite["low"]),
    }


def assert_same(found: object, state: object) -> None:
    if isinstance(state, Counts):
        assert found == state
        return
    for name in state.__slots__:
        assert getattr(found, name) == pytest.approx(getattr(state, name), rel=1e-6, abs=1e-9), name


def test_states_of_every_segment(count, table: pd.DataFrame) -> None:
    texts = [f"{text} in every sex" for text in CRITERIA] + list(CRITERIA)
    found = count(table, *texts, segments={"sex": "sex"}, **ROLES)
    for values, rows in [((), table), *(((sex,), part) for sex, part in table.groupby("sex"))]:
        held = found.cells[("sex",)] if values else found.cells[()]
        wanted = expected(rows)
        assert set(held) == set(wanted)
        for request, state in wanted.items():
            assert_same(held[request][values].whole, state)


def test_states_of_every_bucket(count, table: pd.DataFrame) -> None:
    found = count(table, *CRITERIA, unit="home", **ROLES).cells[()]
    buckets = table["home"].map(
        lambda home: md5(str(home).encode(), usedforsecurity=False).digest()[0]
    )
    for at, rows in table.groupby(buckets):
        for request, state in expected(rows).items():
            assert_same(dict(found[request][()].by_unit.parts)[at], state)


def test_rows_are_set_aside_by_reason_and_unlabelled_ones_are_not(count, table) -> None:
    found = count(table, *CRITERIA, **ROLES)
    assert dict(found.set_aside) == {
        "no prediction": 2,
        "prediction is infinite": 1,
        "label is 0 or next to it, so it has no percentage error": 1,
        "no naive": 1,
        "no low": 1,
        "high is infinite": 1,
    }
    assert found.labelled == table["price"].notna().sum()
    cells = {request: held[()].aside for request, held in found.cells[()].items()}
    without = table.loc[[1, 2, 3], "price"].notna().sum()
    assert cells[Residuals("absolute")] == without
    assert cells[Residuals("percentage")] == without + 1
    assert cells[Within("low", "high")] == table.loc[[6], "price"].notna().sum()
    assert cells[Difference("low", "high")] == 2


def test_all_metrics_take_one_scan(make, table) -> None:
    source = open_source(table)
    tally(make(*CRITERIA, **ROLES), source)
    assert len(source.session.queries) == 4
    assert sum("GROUPING SETS" in query for query in source.session.queries) == 1


def test_a_label_of_text_is_refused(make, table) -> None:
    with pytest.raises(SourceError, match="'price' holds text, such as 'dear'"):
        tally(make("mae <= 5", **ROLES), open_source(table.assign(price="dear")))


def test_a_csv_of_words_is_refused_and_a_few_are_set_aside(make, tmp_path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("price,guess\ndear,1\ncheap,2\n", encoding="utf-8")
    with pytest.raises(SourceError, match="No value in 'price' can be read"):
        tally(make("mae <= 5", **ROLES), open_source(path))
    path.write_text("price,guess\ndear,1\n3,2\nNA,4\n", encoding="utf-8")
    found = tally(make("mae <= 5", **ROLES), open_source(path))
    assert dict(found.set_aside) == {"label is not a number": 1}
    cell = found.cells[()][Residuals("absolute")][()]
    assert (cell.rows, cell.labelled, cell.aside, cell.whole.n) == (3, 2, 1, 1)
