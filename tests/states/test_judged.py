"""What people and a judge say of the same rows, as sums that merge."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextant.states.codec import dump, load
from sextant.states.judged import BOTH, ORDERS, SILENT, UNANSWERED, UNLABELLED, Judged

numbers = st.none() | st.floats(-1e3, 1e3, allow_subnormal=False)
rows = st.lists(st.tuples(numbers, numbers), max_size=12)


def judged(pairs: list[tuple[float | None, float | None]]) -> Judged:
    return Judged.of(*(np.array([pair[at] for pair in pairs], float) for at in (0, 1)))


@given(rows, rows, rows)
def test_merging_is_counting_all_rows(a, b, c):
    parts = [judged(one) for one in (a, b, c)]
    assert parts[0] + parts[1] == parts[1] + parts[0]
    assert parts[0] + Judged() == parts[0]
    merged, whole = (parts[0] + parts[1]) + parts[2], judged(a + b + c)
    assert merged.n == whole.n
    scale = 1 + np.abs(whole.table).max()
    assert np.abs(merged.table - whole.table).max() <= 1e-6 * scale


@given(rows)
def test_it_comes_back_from_bytes(pairs):
    assert load(dump({"one": judged(pairs)}))["one"] == judged(pairs)


def test_sums_are_those_of_numpy():
    rng = np.random.default_rng(1)
    y, f = rng.normal(3, 1, 50), rng.normal(-2, 2, 50)
    part = Judged.of(y, f).part(BOTH)
    for i, j in ORDERS:
        want = ((y - y.mean()) ** i * (f - f.mean()) ** j).sum()
        assert part.sum(i, j) == pytest.approx(want)


def test_a_silent_judge_counts_as_the_mean_of_its_verdicts():
    nan = np.nan
    state = Judged.of([1, 0, 1, nan, nan, nan], [1, 0, nan, 1, 1, nan])
    assert [state.part(at).n for at in (BOTH, SILENT, UNLABELLED, UNANSWERED)] == [2, 1, 2, 1]
    assert (state.n, state.unjudged, state.silent, state.total) == (3, 3, 2, 6)
    labelled, others = state.heard()
    assert labelled.n == 3
    assert labelled.mean_f == pytest.approx((1 + 0 + 0.75) / 3)
    assert others.mean_f == pytest.approx((1 + 1 + 0.75) / 3)


def test_more_labels_are_taken_from_the_rows_that_are_there():
    state = Judged.of([1, 0, np.nan, np.nan], [1, 0, 1, 1])
    grown = state.more_labels(1.5)
    assert (grown.n, grown.unjudged) == (3, 1)
    assert state.more_labels(4).unjudged == 0


def test_sums_that_no_rows_give_are_refused():
    table = np.zeros((4, 15))
    table[0, 1] = 1
    with pytest.raises(ValueError, match="no rows"):
        Judged(table)
