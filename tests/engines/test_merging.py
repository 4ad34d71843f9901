"""Two files counted apart and added are the two files counted together."""

from __future__ import annotations

import pandas as pd
import pytest

from sextant.states.moments import CoMoments, Moments
from sextant.states.snapshot import RowSample

CRITERIA = (
    "auc >= 0.1 in every sex",
    "brier <= 0.9",
    "prevalence >= 0.1 in every sex",
    "recall(threshold=0.7) >= 0.1 in every sex x age",
    "mean(skewed) >= 0 in every sex",
    "ratio_of_means(skewed, far) >= 0",
    "quantile(few, q=0.5) <= 1 in every sex",
    "quantile(skewed, q=0.9) <= 1",
    "missing_rate(word) <= 0.9 in every age",
)
SEGMENTS = {"sex": "sex", "age": {"column": "age", "bands": [30, 60]}}


@pytest.fixture(scope="module", params=[None, "unit"])
def tallies(request, count, rows: pd.DataFrame, tmp_path_factory):
    folder = tmp_path_factory.mktemp("parts")
    rows.iloc[:333].to_parquet(folder / "a.parquet")
    rows.iloc[333:].to_parquet(folder / "b.parquet")
    names = (folder / "a.parquet", folder / "b.parquet", folder / "*.parquet")
    return [count(name, *CRITERIA, segments=SEGMENTS, unit=request.param) for name in names]


def test_cells(tallies) -> None:
    a, b, both = tallies
    for grouping, held in both.cells.items():
        for request, cells in held.items():
            first, second = a.cells[grouping][request], b.cells[grouping][request]
            assert set(cells) == set(first) | set(second)
            for values, cell in cells.items():
                parts = [one[values] for one in (first, second) if values in one]
                same(sum(parts[1:], parts[0]), cell)


def same(found, expected) -> None:
    assert (found.rows, found.labelled, found.aside) == (
        expected.rows,
        expected.labelled,
        expected.aside,
    )
    pairs = [(found.whole, expected.whole)]
    if expected.by_unit is not None:
        held, wanted = dict(found.by_unit.parts), dict(expected.by_unit.parts)
        assert held.keys() == wanted.keys()
        pairs += [(held[at], wanted[at]) for at in wanted]
    for one, other in pairs:
        if isinstance(other, Moments | CoMoments):
            for name in other.__slots__:
                near = pytest.approx(getattr(other, name), rel=1e-7, abs=1e-6)
                assert getattr(one, name) == near
        else:
            assert one == other


def test_counts_snapshot_and_sample(tallies) -> None:
    a, b, both = tallies
    for grouping, counts in both.counts.items():
        for values, (rows, labelled) in counts.items():
            parts = [t.counts[grouping].get(values, (0, 0)) for t in (a, b)]
            assert (rows, labelled) == tuple(map(sum, zip(*parts, strict=True)))
    assert both.snapshot == a.snapshot + b.snapshot
    assert both.sample == a.sample + b.sample + RowSample(both.sample.threshold)
    assert (both.rows, both.labelled) == (a.rows + b.rows, a.labelled + b.labelled)
