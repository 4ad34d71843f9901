import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextant.states.counts import Counts

texts = st.lists(st.sampled_from(["yes", "no", "none", ""]), max_size=20)


def count(rows: list[str]) -> Counts:
    return Counts.of({row: rows.count(row) for row in rows})


@given(texts, texts)
def test_merge_is_union(a: list[str], b: list[str]) -> None:
    assert count(a) + count(b) == count(a + b)


@given(texts)
def test_items_ascend_and_answer(rows: list[str]) -> None:
    state = count(rows)
    assert list(state.items) == sorted(state.items)
    assert state.total == len(rows)
    for key in ["yes", "no", "none", "", "never seen"]:
        assert state.get(key) == rows.count(key)


def test_keys_without_rows_are_left_out() -> None:
    assert Counts.of({"yes": 0, "no": 2}) == Counts((("no", 2.0),))


@pytest.mark.parametrize("n", [-1, float("nan"), float("inf")])
def test_an_impossible_count_is_refused(n: float) -> None:
    with pytest.raises(ValueError, match="The count of 'yes' must be a finite number"):
        Counts.of({"yes": n})


def test_a_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="'yes' stands twice"):
        Counts((("yes", 1), ("yes", 2)))
