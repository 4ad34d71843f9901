"""Counts by label and prediction: tables, margins, and what is refused."""

import numpy as np
import pytest
from hypothesis import given

from sextant.states.classes import ClassCounts

from .strategies import class_counts

STATE = ClassCounts.of([("a", "a", 5), ("a", "b", 2), ("b", "b", 3), ("", "a", 9), ("b", "c", 1)])


def test_table_and_margins_leave_unlabelled_rows_out() -> None:
    assert STATE.n == 11
    assert STATE.classes == ("a", "b", "c")
    assert STATE.table(STATE.classes).tolist() == [[5, 2, 0], [0, 3, 1], [0, 0, 0]]
    assert STATE.margins(STATE.classes).tolist() == [[5, 3, 0], [7, 4, 0], [5, 5, 1]]


@given(class_counts)
def test_margins_are_those_of_the_table(state: ClassCounts) -> None:
    table, margins = state.table(state.classes), state.margins(state.classes)
    assert np.array_equal(margins, [np.diag(table), table.sum(axis=1), table.sum(axis=0)])
    assert table.sum() == state.n


def test_several_counts_of_a_pair_are_added_and_none_is_left_out() -> None:
    assert ClassCounts.of([("a", "b", 1), ("a", "b", 2), ("b", "a", 0)]).items == (("a", "b", 3.0),)


@pytest.mark.parametrize(
    ("items", "message"),
    [
        ((("a", "b", 1), ("a", "b", 2)), "stands twice"),
        ((("a", "", 1),), "without a prediction"),
        ((("a", "b", -1),), "at least 0"),
    ],
)
def test_what_is_refused(items: tuple, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ClassCounts(items)
