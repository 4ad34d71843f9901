"""Squared errors and labels against NumPy on the same rows: merged, scaled, in any order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sextant.states.fit import FitMoments

from .strategies import finite, fits

pairs = st.lists(st.tuples(finite, finite), max_size=15)


def arrays(rows: list[tuple[float, float]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    table = np.array(rows, np.float64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def of(rows: list[tuple[float, float]]) -> FitMoments:
    return FitMoments.of(*arrays(rows))


def assert_same(found: FitMoments, expected: FitMoments) -> None:
    """Sums of powers are as exact as the largest of their terms: |y| to 1e3, q to 4e6."""
    n = max(expected.n, 1)
    largest = {"mean": 1e3, "m2": 1e6, "m3": 1e9, "m4": 1e12, "error": 4e6}
    largest |= {"v": 1.6e13, "c1": 4e9, "c2": 4e12}
    assert found.n == expected.n
    for name, size in largest.items():
        a, b = getattr(found, name), getattr(expected, name)
        assert a == pytest.approx(b, rel=1e-9, abs=n * size * 1e-12), name


@given(pairs, pairs)
def test_merge_is_union(a: list[tuple[float, float]], b: list[tuple[float, float]]) -> None:
    assert_same(of(a) + of(b), of(a + b))


@given(pairs, pairs, pairs)
def test_grouping_does_not_matter(
    a: list[tuple[float, float]], b: list[tuple[float, float]], c: list[tuple[float, float]]
) -> None:
    assert_same((of(a) + of(b)) + of(c), of(a + b + c))
    assert_same(of(a) + (of(b) + of(c)), of(a + b + c))


@given(fits, fits)
def test_order_does_not_matter_to_the_last_bit(a: FitMoments, b: FitMoments) -> None:
    assert a + b == b + a
    assert a + FitMoments() == a == FitMoments() + a


@given(pairs, st.sampled_from([0, 1, 2, 3]))
def test_scaled_is_as_many_copies(rows: list[tuple[float, float]], f: int) -> None:
    assert_same(of(rows).scaled(f), of(rows * f))


def test_far_from_zero_nothing_cancels() -> None:
    """Years as labels: the fourth power of 2,026 would leave no digit of a spread of 1."""
    rng = np.random.default_rng(1)
    y = rng.normal(size=1000)
    p = y + rng.normal(size=1000) / 4
    far = FitMoments.of(p[:500] + 2026, y[:500] + 2026) + FitMoments.of(
        p[500:] + 2026, y[500:] + 2026
    )
    near = FitMoments.of(p, y)
    assert far.mean - 2026 == pytest.approx(near.mean)
    for name in ("m2", "m3", "m4", "error", "v", "c1", "c2"):
        assert getattr(far, name) == pytest.approx(getattr(near, name), rel=1e-9), name


def test_what_no_rows_can_give_is_refused() -> None:
    with pytest.raises(ValueError, match="pair up"):
        FitMoments.of([1, 2], [1])
    with pytest.raises(ValueError, match="at least 0"):
        FitMoments(n=2, error=-1)
    with pytest.raises(ValueError, match="no rows"):
        FitMoments(n=0, mean=1)
