"""Two samples: exact against enumeration, never above its level, its distance covered."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy import stats
from scipy.special import gammaln

from sextant.stats.permuted import DVORETZKY, ENOUGH, SMALLEST, dvoretzky, ordered_p, smooth
from sextant.stats.shift import folded, holm, ordered_shift, rows_needed, values_shift

SIZES = ((50, 50), (60, 1_000), (500, 2_000), (5_000, 5_000))
RUNS = 60


def too_many(runs: int, level: float) -> float:
    """More false alarms than one simulation in 10,000 has at this level."""
    return float(stats.binom.ppf(1 - 1e-4, runs, level))


def exact(a: np.ndarray, b: np.ndarray) -> float:
    """P(chi-squared at least as large), over every table with these margins."""
    pooled, m = a + b, int(b.sum())
    n = int(a.sum())
    expected = pooled * m / (n + m)

    def far(drawn: np.ndarray) -> float:
        return float((np.square(drawn - expected) / expected).sum())

    total = 0.0
    for head in itertools.product(*(range(int(one) + 1) for one in pooled[:-1])):
        drawn = np.array([*head, m - sum(head)])
        if 0 <= drawn[-1] <= pooled[-1] and far(drawn) >= far(b) - 1e-9:
            total += math.prod(
                math.comb(int(c), int(k)) for c, k in zip(pooled, drawn, strict=True)
            )
    return total / math.comb(int(pooled.sum()), m)


@pytest.mark.parametrize(("a", "b"), [([20, 8, 6], [9, 12, 14]), ([30, 10], [12, 14])])
def test_small_tables_have_the_permutation_s_own_p(a: list[int], b: list[int]) -> None:
    before, after = np.array(a), np.array(b)
    found = values_shift(before, after, 0.05, 0.05).p * 0.95
    p = exact(before, after)
    assert p < 0.2
    assert found == pytest.approx(p, abs=4 * p / math.sqrt(ENOUGH))


def binned(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    edges = np.sort(np.concatenate([x, y]))
    a, b = (np.bincount(np.searchsorted(edges, one), minlength=edges.size) for one in (x, y))
    return a, b


def test_the_bound_of_d_is_one_and_close() -> None:
    rng = np.random.default_rng(1)
    for n, m, move in ((40, 60, 0.5), (200, 300, 0.3), (1_000, 80, 0.3)):
        x, y = rng.normal(size=n), rng.normal(size=m) + move
        found = ordered_shift(*binned(x, y), 0.05, 0.05)
        known = stats.ks_2samp(x, y, method="exact")
        assert found.distance.value == pytest.approx(known.statistic)
        assert known.pvalue <= dvoretzky(known.statistic, n, m) <= 2.5 * known.pvalue


def equal_samples(n: int) -> float:
    """The least C with P(D >= d) <= C exp(-n d^2) for all d, by the exact P (Gnedenko 1951)."""
    worst = 0.0
    for k in range(1, n + 1):
        if k * k > 60 * n:
            break
        j = np.arange(k, n + 1, k)
        log = 2 * gammaln(n + 1) - gammaln(n - j + 1) - gammaln(n + j + 1)
        p = 2 * float((np.exp(log) * (-1.0) ** np.arange(j.size)).sum())
        worst = max(worst, p * math.exp(k * k / n))
    return worst


def test_the_constant_of_wei_and_dudley() -> None:
    assert equal_samples(4) == pytest.approx(DVORETZKY, abs=1e-5)
    assert max(equal_samples(n) for n in (*range(4, 40), *range(40, 480, 40))) <= DVORETZKY
    assert max(equal_samples(n) for n in range(1, 4)) == pytest.approx(SMALLEST)
    assert equal_samples(457) > 2 > equal_samples(458)


def test_numbers_are_permuted_exactly() -> None:
    """All 252 splits of ten rows, by the statistic that is permuted."""
    a, b = np.array([1.0, 2, 0, 2, 0]), np.array([0.0, 0, 2, 0, 3])
    pooled = a + b
    owners = np.repeat(np.arange(pooled.size), pooled.astype(int))
    splits = [
        np.bincount(owners[list(mine)], minlength=pooled.size)
        for mine in itertools.combinations(range(10), 5)
    ]
    far = smooth(pooled, 5.0, 5.0)
    p = float(np.mean(far(np.array(splits)) >= far(b) * (1 - 1e-9)))
    assert ordered_p(a, b, 0.05) * 0.95 == pytest.approx(p, abs=4 * p / math.sqrt(ENOUGH))


@pytest.mark.parametrize("values", [2, 5, 20, 50])
@pytest.mark.parametrize(("n", "m"), SIZES)
def test_values_alarm_no_more_often_than_they_say(values: int, n: int, m: int) -> None:
    rng = np.random.default_rng([values, n, m])
    shares = 1 / np.arange(1, values + 1)
    shares /= shares.sum()
    found = [
        values_shift(rng.multinomial(n, shares), rng.multinomial(m, shares), 0.05, 0.05)
        for _ in range(RUNS)
    ]
    assert sum(one.p <= 0.05 for one in found) <= too_many(RUNS, 0.05)
    assert sum(one.distance.low > 0 for one in found) <= too_many(RUNS, 0.025)


@pytest.mark.parametrize("shape", ["normal", "cauchy", "lognormal", "rounded"])
@pytest.mark.parametrize(("n", "m"), SIZES)
def test_numbers_alarm_no_more_often_than_they_say(shape: str, n: int, m: int) -> None:
    rng = np.random.default_rng([len(shape), n, m])
    edges = {
        "normal": stats.norm.ppf(np.arange(1, 400) / 400),
        "cauchy": stats.cauchy.ppf(np.arange(1, 400) / 400),
        "lognormal": np.exp(2 * stats.norm.ppf(np.arange(1, 400) / 400)),
        "rounded": np.arange(-2, 3) + 0.5,
    }[shape]
    draw = {
        "normal": rng.normal, "cauchy": rng.standard_cauchy,
        "lognormal": lambda size: np.exp(2 * rng.normal(size=size)), "rounded": rng.normal,
    }[shape]  # fmt: skip

    def counted(size: int) -> np.ndarray:
        return np.bincount(np.searchsorted(edges, draw(size=size)), minlength=edges.size + 1)

    found = [ordered_shift(counted(n), counted(m), 0.05, 0.05) for _ in range(RUNS)]
    assert sum(one.p <= 0.05 for one in found) <= too_many(RUNS, 0.05)
    assert sum(one.distance.low > 0 for one in found) <= too_many(RUNS, 0.025)


def test_a_change_of_the_detectable_size_is_seen() -> None:
    rng = np.random.default_rng(5)
    before = np.array([0.5, 0.5])
    size = values_shift(rng.multinomial(400, before), rng.multinomial(400, before), 0.05, 0.05)
    after = before + np.array([1, -1]) * size.detectable
    runs = 200
    seen = sum(
        values_shift(rng.multinomial(400, before), rng.multinomial(400, after), 0.05, 0.05).p
        <= 0.05
        for _ in range(runs)
    )
    assert seen >= stats.binom.ppf(1e-4, runs, 0.8)


def test_a_true_distance_lies_in_its_interval() -> None:
    rng = np.random.default_rng(6)
    p, q = np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.2, 0.3, 0.2, 0.3])
    runs = 100
    found = [
        values_shift(rng.multinomial(200, p), rng.multinomial(400, q), 0.05, 0.05).distance
        for _ in range(runs)
    ]
    assert sum(one.high < 0.2 for one in found) <= too_many(runs, 0.025)
    assert sum(one.low > 0.2 for one in found) <= too_many(runs, 0.025)


def test_rare_values_are_counted_together_by_both_samples() -> None:
    a, b = folded(np.array([90.0, 5, 4, 1]), np.array([95.0, 2, 1, 2]))
    assert a.tolist() == [90, 10]
    assert b.tolist() == [95, 5]


def test_holm_by_hand() -> None:
    assert holm(np.array([0.01, 0.04, 0.03])) == pytest.approx([0.03, 0.06, 0.06])


def test_rows_needed_tell_no_change_from_one_that_matters() -> None:
    still = ordered_shift(np.full(10, 100), np.full(10, 10), 0.05, 0.05)
    needed = rows_needed(still, 1_000, 100, 0.2, 0.05)
    assert needed is not None
    again = ordered_shift(np.full(10, 100), np.full(10, needed / 10), 0.05, 0.05)
    assert again.distance.high <= 0.2
    assert rows_needed(still, 1_000, 100, 0.01, 0.05) is None


def test_an_empty_sample_is_refused() -> None:
    with pytest.raises(ValueError, match="need rows"):
        ordered_shift(np.array([1, 2]), np.array([0, 0]), 0.05, 0.05)
