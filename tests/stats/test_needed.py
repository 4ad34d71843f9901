"""How much more data would decide."""

import numpy as np
import pytest

from sextant.stats.estimate import Estimate, Level
from sextant.stats.needed import decided, factor_to_decide
from sextant.stats.rate import rate, rate_by_unit

ONCE = Level()


@pytest.mark.parametrize(
    ("k", "n", "verdict"), [(85, 254, "met"), (82, 1558, "met"), (75, 276, "missed")]
)
def test_check_values(k: int, n: int, verdict: str) -> None:
    """formulas.md: k of 100 against >= 0.8, one look at n rows altogether."""
    found = factor_to_decide(lambda f: rate(k * f, 100 * f, ONCE), 0.8, ">=", step=1 / 100)
    assert found is not None
    assert found[0] * 100 == pytest.approx(n)
    assert found[1] == verdict


def test_the_next_look_needs_more() -> None:
    """formulas.md: 85/100 needs n 598 under the always-valid interval tuned to 100."""
    level = Level(0.05, 100)
    found = factor_to_decide(lambda f: rate(85 * f, 100 * f, level), 0.8, ">=", step=1 / 100)
    assert found is not None
    assert found[0] * 100 == pytest.approx(598)


@pytest.mark.parametrize("op", [">=", "<="])
def test_it_is_the_least_number_of_rows(op: str) -> None:
    rng = np.random.default_rng(8)
    for _ in range(20):
        n = int(rng.integers(15, 400))
        k = int(rng.integers(1, n))
        bound = float(np.clip(k / n + rng.normal(0, 0.05), 0.01, 0.99))
        level = Level(0.05, n)
        if decided(rate(k, n, level), bound, op):  # type: ignore[arg-type]
            continue

        def at(f: float, k: int = k, n: int = n, level: Level = level) -> Estimate:
            return rate(k * f, n * f, level)

        found = factor_to_decide(at, bound, op, step=1 / n)  # type: ignore[arg-type]
        if found is None:
            continue
        assert decided(at(found[0]), bound, op) == found[1]  # type: ignore[arg-type]
        if found[0] > 1 + 1.5 / n:
            assert decided(at(found[0] - 1 / n), bound, op) is None  # type: ignore[arg-type]


def test_on_the_bound_no_number_is_given() -> None:
    assert factor_to_decide(lambda f: rate(80 * f, 100 * f, ONCE), 0.8, ">=") is None
    assert factor_to_decide(lambda f: Estimate.undefined("no row"), 0.8, ">=") is None


def test_dependent_rows_need_more() -> None:
    x = np.full(40, 5.0)
    y = np.where(np.arange(40) < 34, 5.0, 0.0)
    rows = factor_to_decide(lambda f: rate(170 * f, 200 * f, ONCE), 0.8, ">=")
    units = factor_to_decide(lambda f: rate_by_unit(y, x, ONCE, f), 0.8, ">=")
    assert rows is not None
    assert units is not None
    assert units[0] > 4 * rows[0]


def test_few_evaluations() -> None:
    calls = []

    def at(f: float) -> Estimate:
        calls.append(f)
        return rate(8_510 * f, 10_000 * f, ONCE)

    assert factor_to_decide(at, 0.85, ">=", step=1e-4) is not None
    assert len(calls) < 30


def test_decided_is_the_whole_interval() -> None:
    e = Estimate(0.85, 0.8, 0.9, 100, "")
    assert decided(e, 0.8, ">=") == "met"
    assert decided(e, 0.9, "<=") == "met"
    assert decided(e, 0.91, ">=") == "missed"
    assert decided(e, 0.79, "<=") == "missed"
    assert decided(e, 0.9, ">=") is None
    assert decided(e, 0.8, "<=") is None
