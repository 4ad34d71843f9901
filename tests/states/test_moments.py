"""Moments against NumPy on the same data, shifted so that NumPy's own rounding does no harm.

Tolerances. Values near 1e8 are doubles 1.5e-8 apart, so a mean there is known to about 1.5e-8, and
so is the difference of two means. A difference d that is off by 3e-8 moves d²·n/4 by 1.5e-8·d·n
and d³·n by at most 1e-7·d²·n: with |d| <= 2,000 below 3e-5·n for the second order and 0.4·n for
the third, beside data whose squares reach 1e6 and cubes 1e9.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sextant.states.moments import CoMoments, Moments

from .strategies import co_moments, finite, moments

lists = st.lists(finite, max_size=20)
shifts = st.sampled_from([0.0, 1e8])
pairs = st.lists(st.tuples(finite, finite), max_size=20)


def expect(state: Moments, x: NDArray[np.float64], shift: float) -> None:
    """`state` describes x + shift, where x is small."""
    n = x.size
    exact = (x + shift) - shift
    mean = exact.mean() if n else 0.0
    d = exact - mean
    loss = 1e-12 if shift == 0 else 1e-8
    assert state.n == n
    if n:
        assert abs(state.mean - shift - mean) <= 1e-12 * 1e3 + (4e-8 if shift else 0)
        assert state.m2 == pytest.approx((d**2).sum(), rel=1e-9, abs=n * 1e3 * 3 * loss)
        assert state.m3 == pytest.approx((d**3).sum(), rel=1e-9, abs=n * 1e6 * 40 * loss)


@given(lists, lists, shifts)
def test_merge_is_union(a: list[float], b: list[float], shift: float) -> None:
    x, y = np.array(a), np.array(b)
    expect(Moments.of(x + shift) + Moments.of(y + shift), np.concatenate([x, y]), shift)


@given(lists, lists, lists, shifts)
def test_grouping_does_not_matter(
    a: list[float], b: list[float], c: list[float], shift: float
) -> None:
    x, y, z = (Moments.of(np.array(rows) + shift) for rows in (a, b, c))
    rows = np.array(a + b + c)
    expect((x + y) + z, rows, shift)
    expect(x + (y + z), rows, shift)


@given(moments, moments)
def test_order_does_not_matter_to_the_last_bit(a: Moments, b: Moments) -> None:
    assert a + b == b + a
    assert a + Moments() == a == Moments() + a


@given(lists, shifts)
def test_scaling_repeats_the_rows(a: list[float], shift: float) -> None:
    x = np.array(a)
    state = Moments.of(x + shift)
    expect(state.scaled(3), np.tile(x, 3), shift)
    assert state.scaled(1) == state
    assert state.scaled(0) == Moments()


def test_a_thousand_merges_at_a_large_mean_lose_nothing() -> None:
    x = np.random.default_rng(1).normal(0, 1, 10_000)
    total = Moments()
    for part in np.split(x + 1e8, 1_000):
        total += Moments.of(part)
    d = ((x + 1e8) - 1e8) - ((x + 1e8) - 1e8).mean()
    assert total.m2 == pytest.approx((d**2).sum(), rel=1e-8)
    assert total.m3 == pytest.approx((d**3).sum(), abs=1e-6 * (np.abs(d) ** 3).sum())


def test_published_merge() -> None:
    # Chan-Golub-LeVeque and Pébay by hand: (1,2)(2,1)(4,5) with (3,7)(8,9).
    both = CoMoments.of([1, 2, 4], [2, 1, 5]) + CoMoments.of([3, 8], [7, 9])
    assert (both.mean_x, both.m2_x, both.c) == pytest.approx((3.6, 29.2, 30.6))
    assert (Moments.of([1, 2, 4]) + Moments.of([3, 8])).m3 == pytest.approx(63.36)


@given(pairs, pairs, shifts)
def test_co_moments_merge_is_union(
    a: list[tuple[float, float]], b: list[tuple[float, float]], shift: float
) -> None:
    first, second = (np.array(rows).reshape(-1, 2) for rows in (a, b))
    both = np.concatenate([first, second])
    state = CoMoments.of(*(first + shift).T) + CoMoments.of(*(second + shift).T)
    n, loss = len(both), 1e-8 if shift else 1e-12
    assert state.n == n
    if n:
        exact = (both + shift) - shift
        dx, dy = (exact - exact.mean(axis=0)).T
        got = np.array([state.m2_x, state.m2_y, state.c])
        want = np.array([dx @ dx, dy @ dy, dx @ dy])
        assert got == pytest.approx(want, rel=1e-9, abs=n * 1e3 * 3 * loss)


@given(pairs)
def test_co_moments_hold_each_column_s_moments(rows: list[tuple[float, float]]) -> None:
    x, y = np.array(rows).reshape(-1, 2).T
    both, of_x, of_y = CoMoments.of(x, y), Moments.of(x), Moments.of(y)
    assert (both.n, both.mean_x, both.m2_x) == (of_x.n, of_x.mean, of_x.m2)
    assert (both.n, both.mean_y, both.m2_y) == (of_y.n, of_y.mean, of_y.m2)


@given(co_moments, co_moments)
def test_co_moments_laws(a: CoMoments, b: CoMoments) -> None:
    assert a + b == b + a
    assert a + CoMoments() == a == CoMoments() + a
    assert a.scaled(2).scaled(0.5) == a
    assert a.scaled(0) == CoMoments()


def test_impossible_moments_are_refused() -> None:
    with pytest.raises(ValueError, match="n must be a finite number of at least 0"):
        Moments(-1)
    with pytest.raises(ValueError, match="Moments of no rows are 0, but mean is"):
        Moments(0, 5)
    with pytest.raises(ValueError, match="A sum of squares is at least 0"):
        CoMoments(2, 0, 0, 1, -1)
    with pytest.raises(ValueError, match="must pair up, but have 2 and 1"):
        CoMoments.of([1, 2], [1])


def test_overflow_is_seen_and_no_error() -> None:
    state = Moments.of([1e200]) + Moments.of([-1e200])
    assert state.m2 == np.inf
    assert not np.isfinite(state.m3)
