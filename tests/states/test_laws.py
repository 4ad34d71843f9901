"""The laws of `+` and `scaled`, for every state whose sums are exact."""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextant.states import histogram as histogram_module
from sextant.states.state import merge
from sextant.states.units import ByUnit

from .strategies import EXACT

every_state = pytest.mark.parametrize("kind", EXACT)
rows_scale = pytest.mark.parametrize(
    "kind",
    [
        "counts",
        "confusion",
        "classes",
        "agreement",
        "joint_scores",
        "scores",
        "histogram",
        "snapshot",
        "row_sample",
    ],
)
data = given(st.data())


@every_state
@data
def test_the_empty_state_changes_nothing(kind: str, data: st.DataObject) -> None:
    states, empty = EXACT[kind]
    a = data.draw(states)
    assert a + empty() == a == empty() + a


@every_state
@data
def test_order_does_not_matter(kind: str, data: st.DataObject) -> None:
    a, b = (data.draw(EXACT[kind][0]) for _ in range(2))
    assert a + b == b + a


@every_state
@pytest.mark.parametrize("most_values", [3, 1_024])
@data
def test_grouping_does_not_matter(kind: str, most_values: int, data: st.DataObject) -> None:
    with patch.object(histogram_module, "MOST_VALUES", most_values):
        a, b, c = (data.draw(EXACT[kind][0]) for _ in range(3))
        assert (a + b) + c == a + (b + c) == merge([a, b, c])


@rows_scale
@data
def test_scaling_repeats_the_rows(kind: str, data: st.DataObject) -> None:
    states, empty = EXACT[kind]
    a, b = data.draw(states), data.draw(states)
    assert a.scaled(1) == a
    assert a.scaled(2) == a + a
    assert a.scaled(3) == a + a + a
    assert (a + b).scaled(4) == a.scaled(4) + b.scaled(4)
    if kind != "row_sample":
        assert a.scaled(0) == empty()


@pytest.mark.parametrize("kind", ["counts", "confusion", "scores", "histogram"])
@data
def test_counts_scale_to_fractions(kind: str, data: st.DataObject) -> None:
    a, b = (data.draw(EXACT[kind][0]) for _ in range(2))
    assert (a + b).scaled(0.25) == a.scaled(0.25) + b.scaled(0.25)
    assert a.scaled(0.125).scaled(8) == a
    assert a.scaled(0.5).total == a.total / 2


@every_state
@pytest.mark.parametrize("f", [-1, float("nan"), float("inf")])
def test_an_impossible_factor_is_refused(kind: str, f: float) -> None:
    with pytest.raises(ValueError, match="scaled by a finite number of at least 0"):
        EXACT[kind][1]().scaled(f)


@every_state
@data
def test_equal_states_hash_alike(kind: str, data: st.DataObject) -> None:
    states, empty = EXACT[kind]
    a, b = data.draw(states), data.draw(states)
    assert hash(a + b) == hash(b + a)
    assert a != "a text"
    assert a == a + empty()


@pytest.mark.parametrize("kind", ["counts", "confusion", "scores", "histogram", "snapshot"])
@data
def test_more_rows_are_another_state(kind: str, data: st.DataObject) -> None:
    states, empty = EXACT[kind]
    a, b = data.draw(states), data.draw(states)
    assert (a + b == a) == (b == empty())


def test_nothing_cannot_be_merged() -> None:
    with pytest.raises(ValueError, match="no state to merge"):
        merge([])
    with pytest.raises(ValueError, match="no state to merge"):
        ByUnit().total()
