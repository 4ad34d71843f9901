import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from sextant.states.confusion import Confusion
from sextant.states.scores import ScoreCounts, score_bin

from .strategies import THRESHOLDS, score_counts, score_rows

Rows = list[tuple[float, int | None]]


@given(score_rows, score_rows)
def test_merge_is_union(a: Rows, b: Rows) -> None:
    assert score_counts(a) + score_counts(b) == score_counts(a + b)


@given(score_rows)
def test_every_threshold_is_an_exact_edge(rows: Rows) -> None:
    state = score_counts(rows)
    for threshold in THRESHOLDS:

        def n(flagged: bool, label: int | None, t: float = threshold) -> int:
            return sum((p >= t) == flagged and y == label for p, y in rows)

        expected = Confusion(n(True, 1), n(True, 0), n(False, 1), n(False, 0), n(True, None),
                             n(False, None))  # fmt: skip
        assert state.at(threshold) == expected
    assert state.total == len(rows)
    assert state.labelled == sum(y is not None for _, y in rows)


def test_scores_on_a_threshold_are_positive() -> None:
    scores = [0.0, 1e-9, 0.5, 1 - 1e-9, 1.0]
    state = ScoreCounts.of(scores, [1, 1, 1, 1, 1], thresholds=scores)
    assert [state.at(t).tp for t in scores] == [5, 4, 3, 2, 1]


@given(score_rows, st.sampled_from([1, 4, 128, 256]))
def test_coarser_is_counting_coarsely(rows: Rows, per_octave: int) -> None:
    assert score_counts(rows).coarser(per_octave) == score_counts(rows, per_octave)


@given(score_rows)
def test_order_of_rows_does_not_matter(rows: Rows) -> None:
    assert score_counts(rows) == score_counts(rows[::-1])


@given(score_rows)
def test_cells_know_their_scores(rows: Rows) -> None:
    state = score_counts(rows)
    distinct = {p for p, _ in rows}
    for low, high, alone in zip(state.low, state.high, state.distinct, strict=True):
        within = [p for p in distinct if low <= p <= high]
        assert (min(within), max(within)) == (low, high)
        assert alone == (len(within) == 1)
    assert state.positives.sum() == sum(y == 1 for _, y in rows)
    assert state.negatives.sum() == sum(y == 0 for _, y in rows)
    assert state.unlabelled.sum() == sum(y is None for _, y in rows)


@given(score_rows)
def test_cells_may_come_unsorted_and_divided(rows: Rows) -> None:
    p = np.array([p for p, _ in rows])
    codes = [2 if y is None else y for _, y in rows]
    cut = np.searchsorted(THRESHOLDS, p, side="right")
    cells = score_bin(p), cut, codes, np.ones(len(rows)), p, p
    assert ScoreCounts.from_cells(*cells, thresholds=THRESHOLDS) == score_counts(rows)


@pytest.mark.parametrize("prevalence", [0.3, 0.002])
def test_auc_from_bins_is_the_exact_one(prevalence: float) -> None:
    rng = np.random.default_rng(7)
    y = rng.random(200_000) < prevalence
    p = 1 / (1 + np.exp(-(rng.normal(0, 1, y.size) + 1.5 * y + np.log(prevalence))))
    state = ScoreCounts.of(p, y)
    pos, neg = state.positives, state.negatives
    auc = (pos * (np.cumsum(neg) - neg / 2)).sum() / (pos.sum() * neg.sum())
    assert auc == pytest.approx(roc_auc_score(y, p), abs=1e-5)
    assert state.bin.size < 6_000


def test_the_state_cannot_be_changed() -> None:
    scores = np.array([0.1, 0.9])
    state = ScoreCounts.of(scores, [0, 1])
    scores[0] = 0.4
    assert state.low[0] == 0.1
    with pytest.raises(ValueError, match="read-only"):
        state.counts[0, 0] = 7


def test_an_undeclared_threshold_is_refused() -> None:
    with pytest.raises(ValueError, match=r"0.6 is not a declared threshold. Declared: \[0.5\]"):
        ScoreCounts((0.5,)).at(0.6)


def test_other_layouts_do_not_merge() -> None:
    with pytest.raises(ValueError, match=r"not \[0.5\] at 256 with \[0.7\] at 256"):
        ScoreCounts((0.5,)) + ScoreCounts((0.7,))
    with pytest.raises(ValueError, match=r"not \[\] at 256 with \[\] at 64"):
        ScoreCounts() + ScoreCounts(per_octave=64)
    with pytest.raises(ValueError, match="cannot be made finer"):
        ScoreCounts(per_octave=64).coarser(256)


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_score_that_is_no_probability_is_refused(score: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        ScoreCounts.of([score], [1])
    with pytest.raises(ValueError, match="between 0 and 1"):
        ScoreCounts.from_cells([0], [0], [1], [1], [score], [score])


def test_impossible_cells_are_refused() -> None:
    with pytest.raises(ValueError, match="Labels must be 0, 1 or missing"):
        ScoreCounts.of([0.5], [2])
    with pytest.raises(ValueError, match="Label codes must be"):
        ScoreCounts.from_cells(score_bin([0.3]), [0], [3], [1], [0.3], [0.3])
    with pytest.raises(ValueError, match="must lie in its bin"):
        ScoreCounts.from_cells(score_bin([0.3]), [0], [1], [1], [0.3], [0.4])
    with pytest.raises(ValueError, match="one entry a cell"):
        ScoreCounts.from_cells([], [], [], [1], [], [])
    with pytest.raises(ValueError, match="finite numbers of at least 0"):
        ScoreCounts.from_cells(score_bin([0.3]), [0], [1], [-1], [0.3], [0.3])
    with pytest.raises(ValueError, match="ascending"):
        ScoreCounts((0.5, 0.5))
    with pytest.raises(ValueError, match="power of two"):
        ScoreCounts(per_octave=100)
