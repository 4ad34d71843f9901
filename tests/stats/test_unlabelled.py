"""Expected counts: the golden value, errors that add up, limits where nothing is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.stats.delays import arrived
from sextant.stats.estimate import Level
from sextant.stats.unlabelled import (
    Expected,
    Learned,
    Parts,
    auc,
    contradiction,
    ratio,
    spread,
    weighted_ratio,
)
from sextant.studies.estimate.learning import learn, teaches

K, R, N = np.array([20.0, 120, 270]), np.array([400.0, 300, 300]), np.array([900.0, 300, 800])
FLAGGED = np.array([0.0, 0, 1])


def expected(rows: np.ndarray = N, outside: float = 0.0) -> Expected:
    learned = Learned(K, R)
    return Expected(
        low=np.array([0.1, 0.4, 0.8]),
        rows=rows,
        p=K / R,
        smooth=learned.smoothed,
        place=np.arange(3),
        learned=learned,
        outside=outside,
        distinct=np.ones(3, bool),
    )


def accuracy() -> Parts:
    one = np.ones(3)
    return Parts((FLAGGED, 1 - FLAGGED), (one, one))


def test_the_golden_value() -> None:
    """V = Σ n_b v_b (1 + n_b/r_b)/n², v = ỹ(1 − ỹ): .8775 with sd .0118226."""
    found = spread(expected(), accuracy())
    assert found is not None
    assert found.value == pytest.approx(0.8775)
    assert math.sqrt(found.labels + found.reference) == pytest.approx(0.0118226, abs=5e-8)


def test_the_interval_is_no_narrower_than_that_of_labels() -> None:
    found = spread(expected(), accuracy())
    assert found is not None
    assert found.rows == pytest.approx(0.8775 * 0.1225 / N.sum())
    assert found.rows > found.labels
    estimate = ratio(expected(), accuracy(), Level())
    labelled = ratio(expected(), accuracy(), Level(), learned=False)
    assert estimate.low < labelled.low < labelled.high < estimate.high
    assert estimate.n == N.sum()


def test_rows_outside_the_reference_count_at_their_worst() -> None:
    plain = ratio(expected(), accuracy(), Level())
    wide = ratio(expected(outside=20.0), accuracy(), Level())
    assert plain.low - wide.low == pytest.approx(20 / N.sum())
    assert wide.high - plain.high == pytest.approx(20 / N.sum())


def test_a_number_that_needs_no_label_has_no_error_of_the_reference() -> None:
    one = np.ones(3)
    found = spread(expected(), Parts((FLAGGED, FLAGGED), (one, one)))
    assert found is not None
    assert found.reference == 0
    assert found.labels == 0


def test_auc_of_expected_counts() -> None:
    """As NannyML's sort-and-sum: every row is p of a positive and 1 − p of a negative."""
    e = expected()
    pos, neg = N * e.p, N * (1 - e.p)
    wins = sum(
        pos[i] * neg[j] * (1.0 if i > j else 0.5 if i == j else 0.0)
        for i in range(3)
        for j in range(3)
    )
    found = auc(e, Level())
    assert found.value == pytest.approx(wins / (pos.sum() * neg.sum()))
    assert found.low < auc(e, Level(), learned=False).low


def test_one_score_ranks_nobody() -> None:
    learned = Learned(np.array([50.0]), np.array([100.0]))
    e = Expected(
        np.array([0.5]), np.array([30.0]), np.array([0.5]), learned.smoothed, np.array([0]),
        learned, 0.0, np.ones(1, bool),
    )  # fmt: skip
    assert auc(e, Level()).value is None


def test_nothing_in_the_denominator() -> None:
    none = np.zeros(3)
    assert ratio(expected(), Parts((none, none), (none, none)), Level()).value is None


def test_labels_that_contradict() -> None:
    found = spread(expected(), accuracy())
    assert found is not None
    assert abs(contradiction(found, 0.8775)) < 1e-9
    assert contradiction(found, 0.8275) == pytest.approx(-0.05 / 0.0118226, rel=1e-4)


def test_the_reference_comes_out_as_it_is() -> None:
    rng = np.random.default_rng(0)
    score = rng.beta(1, 2, 2_000)
    label = (rng.uniform(size=2_000) < score**1.5).astype(float)
    state = ScoreCounts.of(score, label, (0.5,))
    curve = learn(Cell(state), (0.5,))
    e = curve.expected(state)
    assert float(e.rows @ e.p) == pytest.approx(label.sum())
    above = e.low >= 0.5
    assert float(e.rows[above] @ e.p[above]) == pytest.approx(label[score >= 0.5].sum())
    assert ((e.p >= 0) & (e.p <= 1)).all()
    assert e.outside == 0


def test_what_teaches_nothing() -> None:
    assert "no labelled row" in teaches(None)
    few = ScoreCounts.of(np.linspace(0, 1, 40), np.arange(40) % 2)
    assert "60 more" in teaches(Cell(few))
    rare = ScoreCounts.of(np.linspace(0, 1, 400), np.arange(400) < 3)
    assert "3 positives" in teaches(Cell(rare))


def coverage(seed: int, reference: int, current: int, times: int) -> np.ndarray:
    """How often each interval misses, a side, under covariate shift: [numbers, low or high]."""
    rng = np.random.default_rng(seed)
    missed = np.zeros((4, 2))
    one = np.ones
    for _ in range(times):
        before, now = rng.beta(1.2, 2, reference), rng.beta(2, 1.6, current)
        truth = [s**1.3 for s in (before, now)]
        labels = [(rng.uniform(size=p.size) < p).astype(float) for p in truth]
        state = ScoreCounts.of(before, labels[0], (0.5,))
        if teaches(Cell(state)):
            continue
        e = learn(Cell(state), (0.5,)).expected(
            ScoreCounts.of(now, np.full(current, np.nan), (0.5,))
        )
        flag, y = now >= 0.5, labels[1]
        f = (e.low >= 0.5).astype(float)
        n = one(f.size)
        shown = [
            (ratio(e, Parts((f, 1 - f), (n, n)), Level()), np.mean(flag == y)),
            (ratio(e, Parts((f, 0 * f), (n, 0 * n)), Level()), y[flag].sum() / max(y.sum(), 1)),
            (ratio(e, Parts((f, 0 * f), (f, f)), Level()), y[flag].mean()),
            (auc(e, Level()), _auc(now, y)),
        ]
        for at, (found, value) in enumerate(shown):
            missed[at] += value < found.low, value > found.high
    return missed / times


def _auc(score: np.ndarray, y: np.ndarray) -> float:
    state = ScoreCounts.of(score, y)
    pos, neg = state.positives, state.negatives
    return float(pos @ (np.cumsum(neg) - neg / 2) / (pos.sum() * neg.sum()))


@pytest.mark.parametrize(("reference", "current"), [(300, 300), (1_000, 3_000)])
def test_intervals_hold_for_what_labels_would_show(reference: int, current: int) -> None:
    """150 samples: a rate of 2.5 % a side shows more than 10 of 150 in 1 of 1,000 tries."""
    assert coverage(reference, reference, current, 150).max() <= 10 / 150


def test_weighted_ratio_is_hajek() -> None:
    """Of four rows with weights 1, 1, 4, 4 two are right: (1 + 4)/10."""
    n, mean = np.array([1.0, 1, 1, 1]), np.array([1.0, 1, 4, 4])
    top, bottom = np.array([1.0, 0, 1, 0]), np.ones(4)
    found = weighted_ratio(n, mean, mean**2, top, bottom, Level())
    assert found.value == pytest.approx(0.5)
    assert found.n == 4
    assert 0 <= found.low < 0.5 < found.high <= 1


def test_weighted_intervals_hold_where_plain_ones_do_not() -> None:
    rng = np.random.default_rng(5)
    times, missed, plain = 150, 0, 0
    for _ in range(times):
        hard = rng.uniform(size=2_000) < 0.3
        right = rng.uniform(size=2_000) < np.where(hard, 0.5, 0.9)
        chance = np.where(hard, 0.5, 0.1)
        seen = rng.uniform(size=2_000) < chance
        kinds = [seen & (right == a) & (hard == b) for a in (True, False) for b in (True, False)]
        n = np.array([float(kind.sum()) for kind in kinds])
        w = np.array([2.0, 10, 2, 10])
        top = np.array([1.0, 1, 0, 0])
        found = weighted_ratio(n, w, n * w**2, top, np.ones(4), Level())
        missed += not found.low <= 0.78 <= found.high
        plain += abs(right[seen].mean() - 0.78) > 0.05
    assert missed <= 17
    assert plain > times / 2


def test_how_much_has_arrived() -> None:
    """Delays 0, 1, 2 days by thirds; rows of the last day show their quick labels alone."""
    rng = np.random.default_rng(2)
    day = np.repeat(np.arange(30), 60)
    delay = rng.integers(0, 3, day.size)
    waited = 29 - day
    came = delay <= waited
    found = arrived(delay[came], waited[came], np.ones(came.sum(), np.int64), Level())
    assert len(found) == 3
    for one, share in zip(found, (1 / 3, 2 / 3, 1.0), strict=True):
        assert one.low <= share <= one.high
    plain = np.mean(delay[came & (waited <= 1)] == 0)
    assert plain > 0.5
