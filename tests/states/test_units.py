import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextant.states.counts import Counts
from sextant.states.moments import Moments
from sextant.states.scores import ScoreCounts
from sextant.states.units import ByUnit

from .strategies import by_unit, counts, score_counts, score_rows

unit_rows = st.lists(st.tuples(st.integers(0, 255), st.sampled_from("abc")), max_size=30)


def count(rows: list[tuple[int, str]]) -> ByUnit[Counts]:
    total: ByUnit[Counts] = ByUnit()
    for bucket, key in rows:
        total += ByUnit(((bucket, Counts.of({key: 1})),))
    return total


@given(unit_rows, unit_rows)
def test_merge_is_union(a: list[tuple[int, str]], b: list[tuple[int, str]]) -> None:
    assert count(a) + count(b) == count(a + b)


@given(unit_rows)
def test_the_total_is_the_state_of_all_rows(rows: list[tuple[int, str]]) -> None:
    keys = [key for _, key in rows]
    expected = Counts.of({key: keys.count(key) for key in keys})
    assert count(rows).total(Counts()) == expected


@given(st.dictionaries(st.integers(0, 255), score_rows, min_size=1, max_size=6))
def test_scores_total_at_once(rows: dict[int, list[tuple[float, int | None]]]) -> None:
    state = ByUnit.of({bucket: score_counts(held) for bucket, held in rows.items()})
    assert state.total() == score_counts([row for held in rows.values() for row in held])


@given(by_unit(counts))
def test_scaling_adds_units_and_leaves_each_as_it_is(state: ByUnit[Counts]) -> None:
    more = state.scaled(2).scaled(1.5)
    assert more.copies == 3
    assert more.parts == state.parts
    assert more.total(Counts()) == state.total(Counts()).scaled(3)


def test_a_column_follows_the_buckets() -> None:
    state = ByUnit(((7, Moments.of([1, 2])), (3, Moments.of([5]))))
    assert state.column(lambda m: m.n).tolist() == [1, 2]
    assert state.column(lambda m: m.mean * m.n).tolist() == [5, 3]
    assert state.column(lambda m: m.n).dtype == np.float64
    assert ByUnit[Moments]().column(lambda m: m.n).shape == (0,)


def test_a_total_without_units_needs_the_empty_state() -> None:
    assert ByUnit[Moments]().total(Moments()) == Moments()
    with pytest.raises(ValueError, match="no state to merge"):
        ByUnit[Moments]().total()


def test_scaled_units_do_not_merge() -> None:
    state = ByUnit(((0, Counts.of({"a": 1})),))
    with pytest.raises(ValueError, match=r"counted 2.0 and 1.0 times cannot be merged"):
        state.scaled(2) + state


def test_impossible_parts_are_refused() -> None:
    with pytest.raises(ValueError, match="are 0 to 255"):
        ByUnit(((256, Counts()),))
    with pytest.raises(ValueError, match="stands twice"):
        ByUnit(((1, Counts()), (1, Counts())))
    with pytest.raises(ValueError, match="of one kind"):
        ByUnit(((1, Counts()), (2, ScoreCounts())))
