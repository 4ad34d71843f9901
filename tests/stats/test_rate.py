"""One rate: Clopper-Pearson, and the beta mixture at later looks."""

import math

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import brentq
from scipy.special import betaln
from statsmodels.stats.proportion import proportion_confint

from sextant.stats.estimate import Level
from sextant.stats.rate import above, below, rate

ONCE = Level()


@pytest.mark.parametrize(("k", "n"), [(850, 1000), (0, 50), (50, 50), (1, 3), (999_999, 1_000_000)])
@pytest.mark.parametrize("alpha", [0.05, 0.01])
def test_equals_scipy_and_statsmodels(k: int, n: int, alpha: float) -> None:
    found = rate(k, n, Level(alpha))
    exact = stats.binomtest(k, n).proportion_ci(1 - alpha, method="exact")
    assert (found.low, found.high) == pytest.approx((exact.low, exact.high), rel=1e-9)
    assert (found.low, found.high) == pytest.approx(proportion_confint(k, n, alpha, "beta"))


def test_published_check_values() -> None:
    """formulas.md: 850/1000 and 0/50."""
    assert rate(850, 1000, ONCE).low == pytest.approx(0.826342, abs=1e-6)
    assert rate(850, 1000, ONCE).high == pytest.approx(0.871575, abs=1e-6)
    assert rate(0, 50, ONCE).high == pytest.approx(0.071122, abs=1e-6)


def test_fractional_counts_lie_between_whole_ones() -> None:
    lows = [rate(k, 100, ONCE).low for k in (85, 85.5, 86)]
    assert lows == sorted(lows)
    assert rate(0.5, 10.5, ONCE).value == pytest.approx(0.5 / 10.5)


def test_a_perfect_rate_never_reaches_its_end() -> None:
    assert rate(1e6, 1e6, ONCE).low < 1
    assert rate(0, 1e6, ONCE).high > 0
    assert rate(1e6, 1e6, Level(0.05, 100)).low < 1


def test_no_row_is_undefined() -> None:
    found = rate(0, 0, ONCE)
    assert found.value is None
    assert found.reason
    assert not found.assessable


def test_always_valid_check_value() -> None:
    """formulas.md: 700/1000, t_opt 100 (confseq's beta_binomial_mixture)."""
    found = rate(700, 1000, Level(0.05, 100))
    assert (found.low, found.high) == pytest.approx((0.651630, 0.745950), abs=1e-6)


def independent_log_mixture(p: float, k: float, n: float, tuned_to: float, alpha: float) -> float:
    """The formula as formulas.md writes it, in r and p."""
    q = 1 - p
    scale = 2 * math.log(1 / alpha) + math.log(1 + 2 * math.log(1 / alpha))
    r = max(p * q * tuned_to / scale - p * q, 1e-3 * p * q)
    ratio = betaln(r / q + k, r / p + n - k) - betaln(r / q, r / p)
    return float(ratio - k * math.log(p) - (n - k) * math.log(q))


@pytest.mark.parametrize(
    ("k", "n", "tuned_to"), [(30, 70, 50), (450, 1000, 200), (6_000, 9_000, 700)]
)
def test_always_valid_limits_solve_the_formula(k: float, n: float, tuned_to: float) -> None:
    found = rate(k, n, Level(0.05, tuned_to))

    def excess(p: float) -> float:
        return independent_log_mixture(p, k, n, tuned_to, 0.05) - math.log(20)

    assert found.low == pytest.approx(brentq(excess, 1e-6, k / n), abs=1e-7)
    assert found.high == pytest.approx(brentq(excess, k / n, 1 - 1e-6), abs=1e-7)


def test_near_the_ends_one_side_may_not_spend_the_whole_error() -> None:
    """All mixing mass lies above p = 0.99 after 50 rows, so M must reach 2 mass/alpha there."""
    found = rate(600, 600, Level(0.05, 50))
    assert independent_log_mixture(found.low, 600, 600, 50, 0.05) > math.log(35)


@pytest.mark.parametrize("level", [ONCE, Level(0.05, 80), Level(0.01, 5_000)])
def test_above_and_below_agree_with_the_limits(level: Level) -> None:
    rng = np.random.default_rng(1)
    for n in (1, 15, 120, 4_000):
        for k in {0, n, *rng.integers(0, n + 1, 5).tolist()}:
            found = rate(k, n, level)
            for p in rng.uniform(0.001, 0.999, 5):
                assert bool(above(k, n, p, level)) == (found.low >= p)
                assert bool(below(k, n, p, level)) == (found.high < p)


def test_later_looks_are_wider_and_contain_the_first() -> None:
    first, later = rate(85, 100, ONCE), rate(85, 100, Level(0.05, 100))
    assert later.low < first.low
    assert later.high > first.high
