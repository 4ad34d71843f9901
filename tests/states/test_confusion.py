import pytest

from sextant.states.confusion import Confusion


def test_sums() -> None:
    state = Confusion(tp=1, fp=2, fn=4, tn=8, unlabelled_positive=16, unlabelled_negative=32)
    assert state.positives == 5
    assert state.negatives == 10
    assert state.labelled == 15
    assert state.flagged == 19
    assert state.total == 63


def test_merge_adds_and_scaling_multiplies() -> None:
    assert Confusion(1, 2, 3, 4, 5, 6) + Confusion(10, 20) == Confusion(11, 22, 3, 4, 5, 6)
    assert Confusion(1, 2, 3, 4, 5, 6).scaled(0.5) == Confusion(0.5, 1, 1.5, 2, 2.5, 3)


@pytest.mark.parametrize("n", [-1, float("nan"), float("inf")])
def test_an_impossible_count_is_refused(n: float) -> None:
    with pytest.raises(ValueError, match="fn must be a finite number of at least 0"):
        Confusion(fn=n)
