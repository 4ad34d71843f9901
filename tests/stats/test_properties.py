"""What holds for every estimator: no NaN, the value inside, wider when surer."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sextant.stats.auc import auc, auc_by_unit
from sextant.stats.estimate import Estimate, Level
from sextant.stats.fscore import f1, f1_by_unit, fbeta, fbeta_by_unit
from sextant.stats.mean import mean_by_unit
from sextant.stats.quantile import quantile, quantile_by_unit
from sextant.stats.rate import rate, rate_by_unit
from sextant.stats.ratio_of_means import ratio_of_means_by_unit
from sextant.stats.weighted import (
    balanced_accuracy,
    balanced_accuracy_by_unit,
    cost,
    cost_by_unit,
)

PRICES = (-3.0, 1.0, 40.0, 0.5)
Table = np.ndarray
Estimator = Callable[[Table, Level], Estimate]


def bins(table: Table) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    edges = np.arange(4.0)
    return edges, edges + 0.5, table.sum(axis=0)


WHOLE: dict[str, Estimator] = {
    "rate": lambda t, level: rate(t[:, 0].sum(), t[:, :2].sum(), level),
    "f1": lambda t, level: f1(*t.sum(axis=0)[:3], level),
    "fbeta": lambda t, level: fbeta(*t.sum(axis=0), 2.0, level),
    "balanced accuracy": lambda t, level: balanced_accuracy(*t.sum(axis=0), level),
    "cost": lambda t, level: cost(*t.sum(axis=0), PRICES, level),
    "auc": lambda t, level: auc(t[0], t[-1], np.array([True, False, True, True]), level),
    "quantile": lambda t, level: quantile(*bins(t), 0.7, level),
}
BY_UNIT: dict[str, Estimator] = {
    "rate": lambda t, level: rate_by_unit(t[:, 0], t[:, 0] + t[:, 1], level),
    "f1": lambda t, level: f1_by_unit(*t.T[:3], level),
    "fbeta": lambda t, level: fbeta_by_unit(*t.T[:3], 0.5, level),
    "balanced accuracy": lambda t, level: balanced_accuracy_by_unit(*t.T, level),
    "cost": lambda t, level: cost_by_unit(*t.T, PRICES, level),
    "auc": lambda t, level: auc_by_unit(
        t[::2].sum(axis=0), t[1::2].sum(axis=0), np.ones(4, dtype=bool), t[::2], t[1::2], level
    ),
    "quantile": lambda t, level: quantile_by_unit(
        *bins(t), [(np.arange(4.0), np.arange(4.0) + 0.5, row) for row in t], 0.7, level
    ),
    "mean": lambda t, level: mean_by_unit(t[:, 0] - t[:, 1], t.sum(axis=1), level),
    "ratio of means": lambda t, level: ratio_of_means_by_unit(
        t[:, 0], t[:, 1] + 1, t.sum(axis=1), level
    ),
}

levels = st.builds(
    Level,
    st.sampled_from([0.2, 0.05, 0.01, 1e-4]),
    st.one_of(st.none(), st.sampled_from([1.0, 60.0, 5_000.0])),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """[units, 4] counts: small, large, fractional, with empty rows and columns."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    units = 2 * draw(st.sampled_from([1, 2, 5, 30, 128]))
    scale = np.array([draw(st.sampled_from([0, 0.05, 1, 20, 1e5])) for _ in range(4)])
    table = rng.poisson(scale, (units, 4)).astype(float)
    return table * draw(st.sampled_from([1.0, 1.7, 0.3]))


def check(found: Estimate) -> None:
    assert not math.isnan(found.low)
    assert not math.isnan(found.high)
    assert found.low <= found.high
    if found.value is None:
        assert found.reason
        return
    assert math.isfinite(found.value)
    slip = 1e-9 * max(1.0, abs(found.value))
    assert found.low <= found.value + slip
    assert found.high >= found.value - slip
    assert found.assessable or found.reason


@pytest.mark.parametrize("name", WHOLE)
@given(table=tables(), level=levels)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_whole(name: str, table: Table, level: Level) -> None:
    check(WHOLE[name](table, level))


@pytest.mark.parametrize("name", BY_UNIT)
@given(table=tables(), level=levels)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_by_unit(name: str, table: Table, level: Level) -> None:
    check(BY_UNIT[name](table, level))


@pytest.mark.parametrize("name", WHOLE)
@given(table=tables(), tuned_to=st.one_of(st.none(), st.just(300.0)))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_surer_is_wider(name: str, table: Table, tuned_to: float | None) -> None:
    wide, narrow = (WHOLE[name](table, Level(a, tuned_to)) for a in (0.01, 0.05))
    assert wide.low <= narrow.low or wide.low == pytest.approx(narrow.low)
    assert wide.high >= narrow.high or wide.high == pytest.approx(narrow.high)
