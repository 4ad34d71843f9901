"""The paired difference of shares: check values, exact coverage, power, units, later looks."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar

from sextant.stats.estimate import Estimate, Level
from sextant.stats.paired.shares import BOX, Part, share_difference, share_difference_by_unit

from .trinomial import outcomes

LEVEL = Level()


def paired(b: float, c: float, n: float, level: Level = LEVEL) -> Estimate:
    return share_difference([Part(b, c, n)], level)


def test_the_published_example() -> None:
    """Square-and-add on Clopper-Pearson limits with the multinomial correlation, by hand."""
    found = paired(15, 5, 100)
    low = [stats.beta.ppf(0.025, k, 100 - k + 1) for k in (15, 5)]
    high = [stats.beta.ppf(0.975, k + 1, 100 - k) for k in (15, 5)]
    rho = -np.sqrt(0.15 * 0.05 / (0.85 * 0.95))
    x, y = 0.15 - low[0], high[1] - 0.05
    assert found.low == pytest.approx(0.1 - np.sqrt(x * x + y * y - 2 * rho * x * y))
    assert (found.low, found.high) == pytest.approx((0.006427, 0.194637), abs=1e-6)
    assert (found.value, found.n) == (pytest.approx(0.1), 100)


@pytest.mark.parametrize(("n", "step"), [(30, 1), (300, 4)])
@pytest.mark.parametrize("differ", [0.02, 0.1, 0.4])
@pytest.mark.parametrize("share", [0.5, 0.7, 0.95])
def test_each_side_errs_at_most_as_often_as_stated(
    n: int, step: int, differ: float, share: float
) -> None:
    """Every outcome summed: no simulation noise. Longer in benchmarks/coverage."""
    gain, loss = differ * share, differ * (1 - share)
    b, c, weight = outcomes(n, gain, loss, 1e-6 * step)
    ends = [(one.low, one.high) for one in (paired(*bc, n) for bc in zip(b, c, strict=True))]
    low, high = np.array(ends).T
    assert weight[low > gain - loss].sum() <= 0.025
    assert weight[high < gain - loss].sum() <= 0.025


@pytest.mark.parametrize("n", [30, 300])
@pytest.mark.parametrize(("differ", "share"), [(0.1, 0.8), (0.3, 0.75), (0.5, 0.65)])
def test_it_finds_more_than_the_exact_mcnemar_test(n: int, differ: float, share: float) -> None:
    b, c, weight = outcomes(n, differ * share, differ * (1 - share), 1e-5)
    pairs = list(zip(b, c, strict=True))
    ours = np.array([paired(*one, n).low > 0 for one in pairs])
    exact = np.array([x > y and 2 * stats.binom.cdf(y, x + y, 0.5) <= 0.05 for x, y in pairs])
    assert weight[ours].sum() >= weight[exact].sum()


def test_what_the_exact_mcnemar_test_rejects_is_rejected() -> None:
    for b, c in [(6, 0), (9, 1), (14, 4), (40, 20), (90, 60)]:
        p = mcnemar([[100, c], [b, 100]], exact=True).pvalue
        assert p <= 0.05
        assert paired(b, c, 200 + b + c).low > 0


def test_nothing_differs_and_nothing_is_decided() -> None:
    found = paired(0, 0, 200)
    assert found.low < 0 == found.value < found.high


def test_two_strata_add_up_independently() -> None:
    parts = [Part(9, 3, 80, 0.5, "positive"), Part(6, 6, 120, 0.5, "negative")]
    found = share_difference(parts, LEVEL)
    alone = [share_difference([Part(p.gain, p.loss, p.size)], LEVEL) for p in parts]
    assert found.value == pytest.approx(0.5 * sum(one.value or 0 for one in alone))
    down = [0.5 * ((one.value or 0) - one.low) for one in alone]
    assert found.low == pytest.approx((found.value or 0) - np.hypot(*down))


def test_a_negative_weight_turns_the_interval_round() -> None:
    plain, turned = (share_difference([Part(15, 5, 100, w)], LEVEL) for w in (1.0, -1.0))
    assert (turned.low, turned.high) == pytest.approx((-plain.high, -plain.low))


def test_no_rows_are_undefined() -> None:
    assert paired(0, 0, 0).value is None


def test_units_of_one_row_each_give_nearly_the_interval_of_rows() -> None:
    rng = np.random.default_rng(1)
    kind = rng.choice(3, 600, p=[0.1, 0.05, 0.85])
    gain, loss, one = (kind == 0).astype(float), (kind == 1).astype(float), np.ones(600)
    rows = paired(gain.sum(), loss.sum(), 600)
    units = share_difference_by_unit([Part(gain, loss, one)], LEVEL)
    assert units.low == pytest.approx(rows.low, abs=0.004)
    assert units.high == pytest.approx(rows.high, abs=0.004)


def test_repeated_rows_of_a_unit_are_worth_one() -> None:
    rng = np.random.default_rng(2)
    kind = rng.choice(3, 200, p=[0.2, 0.1, 0.7])
    gain, loss = 5.0 * (kind == 0), 5.0 * (kind == 1)
    naive = paired(gain.sum(), loss.sum(), 1000)
    honest = share_difference_by_unit([Part(gain, loss, np.full(200, 5.0))], LEVEL)
    assert honest.high - honest.low > 2 * (naive.high - naive.low)


@pytest.mark.slow
def test_dependent_rows_err_as_rarely() -> None:
    """200 units of 1 to 20 rows that share their outcome half of the time."""
    rng, missed, runs = np.random.default_rng(3), np.zeros(2), 600
    for _ in range(runs):
        sizes = rng.integers(1, 21, 200)
        gain, loss = np.zeros(200), np.zeros(200)
        for u, size in enumerate(sizes):
            kinds = rng.choice(3, size, p=[0.08, 0.08, 0.84])
            kinds = np.where(rng.uniform(size=size) < 0.5, kinds[0], kinds)
            gain[u], loss[u] = (kinds == 0).sum(), (kinds == 1).sum()
        found = share_difference_by_unit([Part(gain, loss, sizes.astype(float))], LEVEL)
        missed += [found.low > 0, found.high < 0]
    assert (missed / runs <= 0.025 + 3 * np.sqrt(0.025 * 0.975 / runs)).all()


@pytest.mark.slow
def test_looking_again_and_again_shows_nothing_where_nothing_is() -> None:
    """50 looks from 200 to 10,000 rows, 6 % of them different, equally for A and for B."""
    rng, looks, runs, alarms = np.random.default_rng(4), range(200, 10_001, 200), 300, 0
    level = Level(0.05, 200.0)
    for _ in range(runs):
        kind = rng.choice(3, 10_000, p=[0.03, 0.03, 0.94])
        gain, loss = np.cumsum(kind == 0), np.cumsum(kind == 1)
        ends = [paired(float(gain[n - 1]), float(loss[n - 1]), n, level) for n in looks]
        alarms += any(one.low > 0 or one.high < 0 for one in ends)
    assert alarms / runs <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / runs)


def test_few_rows_at_a_later_look_get_the_box() -> None:
    assert paired(10, 2, 150, Level(0.05, 100.0)).method == BOX
