import math
from itertools import pairwise
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextant.states import histogram as module
from sextant.states.histogram import Histogram, value_bucket

from .strategies import CUTS, few_numbers, histogram, numbers, values

Values = list[float | None]


def is_number(x: float | None) -> bool:
    return x is not None and math.isfinite(x)


@pytest.mark.parametrize("most_values", [3, 1_024])
@given(data=st.data())
def test_merge_is_union(most_values: int, data: st.DataObject) -> None:
    with patch.object(module, "MOST_VALUES", most_values):
        a, b = data.draw(values), data.draw(values)
        assert histogram(a) + histogram(b) == histogram(a + b)


@given(values)
def test_every_row_is_counted_once(rows: Values) -> None:
    state = histogram(rows)
    assert state.finite == sum(map(is_number, rows))
    assert state.missing == rows.count(None)
    assert state.nan == sum(x is not None and math.isnan(x) for x in rows)
    assert state.positive_infinite == rows.count(math.inf)
    assert state.negative_infinite == rows.count(-math.inf)
    assert state.total == len(rows)


@given(values)
def test_few_values_are_counted_by_value(rows: Values) -> None:
    low, high, n = histogram(rows).bins()
    finite = [x for x in rows if x is not None and math.isfinite(x)]
    assert low.tolist() == high.tolist() == sorted(set(finite))
    assert n.tolist() == [finite.count(x) for x in sorted(set(finite))]


@pytest.mark.parametrize("most_values", [3, 1_024])
@given(data=st.data())
def test_every_cut_is_an_exact_edge(most_values: int, data: st.DataObject) -> None:
    with patch.object(module, "MOST_VALUES", most_values):
        rows = data.draw(values)
        state = histogram(rows)
        for cut in CUTS:
            assert state.at_most(cut) == sum(
                x is not None and math.isfinite(x) and x <= cut for x in rows
            )


@given(values, st.sampled_from([1, 8, 32, 64]))
def test_coarser_is_counting_coarsely(rows: Values, per_octave: int) -> None:
    with patch.object(module, "MOST_VALUES", 3):
        assert histogram(rows).coarser(per_octave) == histogram(rows, per_octave)


def test_1024_values_stand_by_themselves_and_1025_do_not() -> None:
    x = 1 + np.arange(1_025) / 4_096
    few, many = Histogram.of(x[:1_024]), Histogram.of(x)
    assert few.by_value
    assert few.n.size == 1_024
    assert not many.by_value
    assert many.n.size == 17
    assert few + Histogram.of(x[1_024:]) == many
    assert many + few == Histogram.of(np.concatenate([x, x[:1_024]]))
    assert many.scaled(0) == Histogram()


@given(st.lists(few_numbers, max_size=30), st.lists(few_numbers, max_size=30), st.data())
def test_cells_of_buckets_and_of_values_merge_in_any_order(
    a: list[float], b: list[float], data: st.DataObject
) -> None:
    def in_buckets(rows: list[float]) -> Histogram:
        """As an engine counts that groups by bucket alone."""
        keys = [(int(value_bucket(x)), sum(cut < x for cut in CUTS)) for x in rows]
        cells = []
        for key in set(keys):
            held = [x for x, k in zip(rows, keys, strict=True) if k == key]
            cells.append((*key, len(held), min(held), max(held)))
        bucket, cut, n, low, high = zip(*cells, strict=True) if cells else ((),) * 5
        return Histogram.from_cells(bucket, cut, n, low, high, CUTS)

    with patch.object(module, "MOST_VALUES", data.draw(st.integers(0, 6))):
        x, y, z = in_buckets(a), in_buckets(b), histogram(a[:3])
        assert (x + y) + z == x + (y + z) == (z + y) + x
        assert (x + y + z).finite == len(a) + len(b) + len(a[:3])
        low, high, _ = (x + y + z).bins()
        assert all(one < two for one, two in pairwise(zip(low, high, strict=True)))


@given(numbers.filter(bool))
def test_the_middle_of_a_bucket_is_within_one_per_cent(x: float) -> None:
    magnitude = abs(x)
    e = math.frexp(magnitude)[1] - 1
    within = int(value_bucket(magnitude)) - e * 64 - 80_000
    low = math.ldexp(1 + within / 64, e)
    assert 0 <= within < 64
    assert low <= magnitude
    if magnitude > 1e-300:
        middle = math.ldexp(1 + (within + 0.5) / 64, e)
        assert abs(middle - magnitude) <= 0.01 * magnitude


@given(numbers, numbers)
def test_buckets_ascend_and_mirror(a: float, b: float) -> None:
    low, high = value_bucket([min(a, b), max(a, b)])
    assert low <= high
    assert value_bucket(-a) == -value_bucket(a)
    assert (value_bucket(a) > 0) == (a > 0)


def test_quantiles_are_within_one_per_cent() -> None:
    x = np.random.default_rng(3).lognormal(3, 2, 50_000)
    state = Histogram.of(x)
    low, high, n = state.bins()
    middles = (low + high) / 2
    ranks = np.cumsum(n)
    for q in (0.01, 0.5, 0.95, 0.999):
        rank = math.ceil(q * x.size)
        estimate = middles[np.searchsorted(ranks, rank)]
        assert estimate == pytest.approx(np.sort(x)[rank - 1], rel=0.01)
    assert state.n.size < 1_500


def test_other_layouts_do_not_merge() -> None:
    with pytest.raises(ValueError, match=r"equal cuts .* not \[1.0\] at 64 with \[2.0\] at 64"):
        Histogram((1,)) + Histogram((2,))
    with pytest.raises(ValueError, match=r"2.0 is not a declared cut. Declared: \[1.0\]"):
        Histogram((1,)).at_most(2.0)


def test_impossible_cells_are_refused() -> None:
    key, ones, x = np.array([80_000, 80_000]), np.ones(2), np.array([1, 1.01])
    with pytest.raises(ValueError, match="must lie in its bucket"):
        Histogram.from_cells([80_000], [0], [1], [1.0], [2.0])
    with pytest.raises(ValueError, match="must be finite"):
        Histogram.from_cells([0], [0], [1], [math.nan], [math.nan])
    with pytest.raises(ValueError, match="missing must be a finite number"):
        Histogram(missing=-1)
    with pytest.raises(ValueError, match="Cells of one bucket and cut must be one cell"):
        Histogram((), key, key * 0, ones, ones * x, ones * x, by_value=False)
    with pytest.raises(ValueError, match="must ascend"):
        Histogram((), key, key * 0, ones, ones, ones)
