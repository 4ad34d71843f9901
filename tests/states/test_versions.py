"""What two versions have in common: agreement counts and scores binned together."""

from __future__ import annotations

import numpy as np
import pytest

from sextant.states.agreement import Agreement
from sextant.states.joint import JointScores


def test_agreement_counts_by_label_and_both_decisions() -> None:
    state = Agreement.of([1, 1, 0, None, 1], [0, 1, 1, 1, 0], [1, 1, 0, 0, 0])
    assert state.counts[1, 0, 1] == 1
    assert state.counts[1, 1, 1] == 1
    assert (state.labelled, state.total) == (4, 5)
    assert (state.better, state.worse) == (2, 0)


def test_agreement_refuses_negative_counts() -> None:
    with pytest.raises(ValueError, match="finite numbers of at least 0"):
        Agreement(np.full(12, -1.0))


def test_joint_scores_leave_unlabelled_rows_out() -> None:
    state = JointScores.of([0.1, 0.2, 0.9], [0.3, 0.2, 0.8], [1, np.nan, 0])
    assert (state.positives.sum(), state.negatives.sum()) == (1, 1)


def test_joint_scores_know_their_order_and_resolution() -> None:
    with pytest.raises(ValueError, match="ascend"):
        JointScores(16, np.array([1, 0]), np.array([0, 0]), np.ones((2, 2)))
    with pytest.raises(ValueError, match="between"):
        JointScores(16, np.array([400]), np.array([0]), np.ones((1, 2)))
    with pytest.raises(ValueError, match="equal bins"):
        JointScores.of([0.1], [0.1], [1]) + JointScores.of([0.1], [0.1], [1], per_octave=8)
    with pytest.raises(ValueError, match="Label codes"):
        JointScores.from_cells([0], [0], [2], [1])
