"""Means, quantiles and shortfalls of every distribution, against quadrature and SciPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from sextant.strategy.economics.distributions import (
    Distribution,
    Point,
    Remaining,
    Triangular,
    TwoPiece,
    Uniform,
)

CASES: list[Distribution] = [
    Uniform(2.0, 7.0),
    Triangular(1.0, 2.0, 9.0),
    Triangular(0.0, 0.0, 1.0),
    Triangular(0.0, 1.0, 1.0),
    TwoPiece.of(0.80, 0.87, 0.90, 0.0, 1.0),
    TwoPiece.of(0.93, 0.995, 1.0, 0.0, 1.0),
    TwoPiece.of(0.0, 0.01, 0.05, 0.0, 1.0),
    TwoPiece.of(0.0, 0.0, 0.04, 0.0, 1.0),
    Remaining(24.0, Triangular(3.0, 6.0, 40.0)),
    Remaining(24.0, Uniform(3.0, 9.0)),
]


@pytest.mark.parametrize("one", CASES, ids=str)
def test_the_mean_is_the_integral_of_the_quantiles(one: Distribution) -> None:
    u = (np.arange(400_000) + 0.5) / 400_000
    assert one.mean == pytest.approx(float(np.mean(one.quantile(u))), rel=2e-6, abs=1e-7)


@pytest.mark.parametrize("one", CASES, ids=str)
def test_the_shortfall_is_the_integral_of_what_is_short(one: Distribution) -> None:
    x = one.quantile((np.arange(400_000) + 0.5) / 400_000)
    span = x[-1] - x[0]
    for k in (x[0] - span, *np.linspace(x[0], x[-1], 9), x[-1] + span):
        wanted = float(np.mean(np.maximum(k - x, 0.0)))
        assert one.short_of(float(k)) == pytest.approx(wanted, rel=1e-5, abs=2e-6 * span)


def test_the_triangle_is_scipys() -> None:
    one, theirs = Triangular(1.0, 3.0, 9.0), stats.triang(0.25, 1.0, 8.0)
    u = np.linspace(0, 1, 101)
    assert np.allclose(one.quantile(u), theirs.ppf(u))
    assert one.mean == pytest.approx(theirs.mean())


def test_a_measured_number_is_drawn_as_it_was_measured() -> None:
    one = TwoPiece.of(0.80, 0.87, 0.90, 0.0, 1.0)
    low, middle, high = one.quantile(np.array([0.025, 0.5, 0.975]))
    assert middle == 0.87
    assert (low, high) == (pytest.approx(0.80, abs=1e-6), pytest.approx(0.90, abs=1e-6))


def test_a_symmetric_measured_number_is_a_normal_one() -> None:
    one, theirs = TwoPiece.of(40.2, 50, 59.8, -1e9, 1e9), stats.norm(50, 9.8 / 1.959964)
    u = np.linspace(0.001, 0.999, 301)
    assert np.allclose(one.quantile(u), theirs.ppf(u), atol=1e-4)
    wanted = quad(lambda x: (52 - x) * theirs.pdf(x), -100, 52)[0]
    assert one.short_of(52.0) == pytest.approx(wanted, rel=1e-5)


def test_a_measured_share_stays_a_share() -> None:
    one = TwoPiece.of(0.93, 0.995, 1.0, 0.0, 1.0)
    x = one.quantile(np.random.default_rng(1).random(20_000))
    assert x.max() <= 1.0
    assert one.mean < 0.995


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6), st.floats(-1e6, 2e6))
def test_a_shortfall_grows_by_at_most_what_is_asked_more(
    a: float, b: float, c: float, k: float
) -> None:
    low, likely, high = sorted((a, b, c))
    one = Triangular(low, likely, high) if high > low else Point(low)
    assert one.short_of(k) >= max(k - one.mean, 0.0) * (1 - 1e-9) - 1e-6
    assert one.short_of(k + 1.0) - one.short_of(k) <= 1.0 + 1e-4
