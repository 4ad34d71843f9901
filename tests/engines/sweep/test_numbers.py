"""A column's histogram by batches is that of its numbers, in whatever groups and batches."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextant.engines.sweep.numbers import NumberColumn
from sextant.states.histogram import Histogram

ODD = (0.0, -0.0, 5e-324, -5e-324, 2.2e-308, -1e-310, 1.7e308, -1.7e308, 0.7, 1 / 3, 2.0**-20)
NUMBERS = st.one_of(
    st.floats(width=64), st.sampled_from(ODD), st.integers(-5, 5).map(float), st.none()
)


def counted(rows: list[tuple[float | None, int]], batch: int, most: int) -> list[Histogram]:
    column = NumberColumn(most, different=True)
    for at in range(0, len(rows), batch):
        part = rows[at : at + batch]
        values = np.array([0.5 if value is None else value for value, _ in part])
        known = np.array([value is not None for value, _ in part])
        group = np.array([of for _, of in part])
        column.add(values, None if known.all() else known, group, 3)
    return column.histograms(3)


@given(st.lists(st.tuples(NUMBERS, st.integers(0, 2)), max_size=60), st.integers(1, 60))
def test_it_is_the_histogram_of_each_groups_numbers(
    rows: list[tuple[float | None, int]], batch: int
) -> None:
    for at, state in enumerate(counted(rows, batch, 1_024)):
        assert state == Histogram.of([value for value, of in rows if of == at])


@given(st.lists(st.tuples(NUMBERS, st.integers(0, 2)), max_size=60), st.integers(1, 60))
def test_by_bucket_it_is_the_same_with_the_values_of_a_bucket_in_one_cell(
    rows: list[tuple[float | None, int]], batch: int
) -> None:
    column = counted(rows, batch, 0)
    for at, state in enumerate(column):
        each = Histogram.of([value for value, of in rows if of == at])
        numbers = each.finite > 0
        merged = Histogram.from_cells(
            each.bucket, each.cut, each.n, each.low, each.high, missing=each.missing, nan=each.nan,
            negative_infinite=each.negative_infinite, positive_infinite=each.positive_infinite,
            by_value=not any(one.finite for one in column),
        )  # fmt: skip
        assert numbers == (state.finite > 0)
        assert state == merged


def test_many_groups_and_buckets_are_counted_without_one_array_for_all() -> None:
    rng = np.random.default_rng(1)
    values = np.exp(rng.normal(scale=100, size=20_000))
    group = rng.integers(0, 900, 20_000)
    column = NumberColumn(10)
    column.add(values, None, group, 900)
    for at, state in enumerate(column.histograms(900)):
        mine = values[group == at]
        assert state.finite == mine.size
        assert state.low.min() == mine.min()
        assert state.high.max() == mine.max()


@pytest.mark.parametrize("rows", [200, 50_000], ids=str)
def test_it_tells_how_many_values_there_are_and_whether_all_are_whole(rows: int) -> None:
    column = NumberColumn(different=True)
    for part in np.split(np.arange(rows, dtype=float), 10):
        column.add(part, None, None, 1)
    assert column.whole
    assert column.distinct.estimate == pytest.approx(rows, rel=0 if rows < 2_048 else 0.07)
    column.add(np.array([0.5]), None, None, 1)
    assert not column.whole
