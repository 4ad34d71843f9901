"""AUC from bins."""

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import rel_entr
from sklearn.metrics import roc_auc_score

from sextant.stats.auc import (
    HOEFFDING,
    auc,
    auc_by_unit,
    delong_variance,
    kl_limits,
    placements,
)
from sextant.stats.estimate import Level

POS = np.array([5, 10, 20, 40, 60, 65.0])
NEG = np.array([120, 90, 60, 30, 15, 5.0])
DISTINCT = np.ones(6, dtype=bool)
ONCE = Level()


def test_check_values() -> None:
    """formulas.md, "AUC"; recomputed by golden_check.py."""
    assert placements(POS, NEG)[0] == pytest.approx(0.894336, abs=1e-6)
    assert delong_variance(POS, NEG) == pytest.approx(2.05263e-4, rel=1e-5)
    found = auc(POS, NEG, DISTINCT, ONCE)
    assert (found.low, found.high) == pytest.approx((0.861594, 0.920051), abs=1e-6)
    assert found.n == 520
    assert kl_limits(0.8943359375, 200, 0.05) == pytest.approx((0.825872, 0.943669), abs=1e-6)


def test_value_and_variance_equal_the_row_by_row_definition() -> None:
    rng = np.random.default_rng(0)
    y, s = rng.random(300) < 0.3, np.round(rng.normal(size=300), 1)
    s = s + y
    values, at = np.unique(s, return_inverse=True)
    pos = np.bincount(at[y], minlength=values.size).astype(float)
    neg = np.bincount(at[~y], minlength=values.size).astype(float)
    found = auc(pos, neg, np.ones(values.size, dtype=bool), ONCE)
    assert found.value == pytest.approx(roc_auc_score(y, s))
    beats = (s[y][:, None] > s[~y]) + 0.5 * (s[y][:, None] == s[~y])
    variance = beats.mean(1).var(ddof=1) / y.sum() + beats.mean(0).var(ddof=1) / (~y).sum()
    assert delong_variance(pos, neg) == pytest.approx(variance)


def test_kl_limits_solve_their_equation() -> None:
    low, high = kl_limits(0.9, 50, 0.05)
    for edge, span in ((low, (0.01, 0.9)), (high, (0.9, 0.9999))):
        root = brentq(lambda a: rel_entr(0.9, a) + rel_entr(0.1, 1 - a) - np.log(40) / 50, *span)
        assert edge == pytest.approx(root)


def test_perfect_separation_keeps_the_hoeffding_limits() -> None:
    found = auc(np.array([0.0, 30]), np.array([40.0, 0]), np.ones(2, dtype=bool), ONCE)
    assert (found.value, found.high, found.method) == (1, 1, HOEFFDING)
    assert found.low == pytest.approx((0.05 / 2) ** (1 / 30))


def test_bins_of_several_scores_widen_by_the_pairs_they_hide() -> None:
    mixed = DISTINCT.copy()
    mixed[3] = False
    exact, hidden = auc(POS, NEG, DISTINCT, ONCE), auc(POS, NEG, mixed, ONCE)
    slack = 0.5 * 40 * 30 / (200 * 320)
    assert (exact.low - hidden.low, hidden.high - exact.high) == pytest.approx((slack, slack))


def test_one_class_only_is_undefined() -> None:
    assert auc(np.zeros(6), NEG, DISTINCT, ONCE).reason == "no positive row"
    assert auc(POS, np.zeros(6), DISTINCT, ONCE).reason == "no negative row"


def test_later_looks_need_both_classes() -> None:
    later = Level(0.05, 520)
    assert auc(POS, NEG, DISTINCT, later).assessable
    few = auc(POS * 0.04, NEG, DISTINCT, later)
    assert not few.assessable
    assert few.value == pytest.approx(0.894336, abs=1e-6)
    assert "10 of each outcome" in few.reason


def by_unit(size: int) -> tuple[np.ndarray, np.ndarray]:
    """The rows dealt out to units of `size` at random."""
    rng = np.random.default_rng(6)
    bins = np.concatenate(
        [np.repeat(np.arange(6), POS.astype(int)), np.repeat(np.arange(6), NEG.astype(int))]
    )
    y = np.arange(520) < 200
    unit = rng.permutation(520) // size
    shape = (unit.max() + 1, 6)
    pos, neg = np.zeros(shape), np.zeros(shape)
    np.add.at(pos, (unit[y], bins[y]), 1)
    np.add.at(neg, (unit[~y], bins[~y]), 1)
    return pos, neg


def test_units_of_one_row_agree_with_rows() -> None:
    rows, units = auc(POS, NEG, DISTINCT, ONCE), auc_by_unit(POS, NEG, DISTINCT, *by_unit(1), ONCE)
    assert units.value == rows.value
    assert (units.low, units.high) == pytest.approx((rows.low, rows.high), abs=1e-3)


def test_copied_rows_in_one_unit_do_not_count_twice() -> None:
    pos, neg = by_unit(1)
    once = auc_by_unit(POS, NEG, DISTINCT, pos, neg, ONCE)
    fourfold = auc_by_unit(4 * POS, 4 * NEG, DISTINCT, 4 * pos, 4 * neg, ONCE)
    assert (fourfold.low, fourfold.high) == pytest.approx((once.low, once.high), abs=2e-3)


def test_copies_equal_the_units_written_out() -> None:
    pos, neg = by_unit(4)
    copied = auc_by_unit(POS, NEG, DISTINCT, pos, neg, ONCE, copies=2)
    twice = np.tile(pos, (2, 1)), np.tile(neg, (2, 1))
    written = auc_by_unit(2 * POS, 2 * NEG, DISTINCT, *twice, ONCE)
    assert copied.n == written.n
    assert (copied.low, copied.high) == pytest.approx((written.low, written.high), abs=1e-4)
