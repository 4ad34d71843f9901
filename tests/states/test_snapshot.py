from hashlib import md5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextant.states.snapshot import RowSample, Snapshot

from .strategies import hashes, row_sample, rows

hash_lists = st.lists(hashes, max_size=10)


@given(rows, rows)
def test_merge_is_union(a: list[bytes], b: list[bytes]) -> None:
    assert Snapshot.of(a) + Snapshot.of(b) == Snapshot.of(a + b)


@given(rows, st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(a: list[bytes], random: object) -> None:
    assert Snapshot.of(a) == Snapshot.of(a[::-1])
    assert Snapshot.of(a).hex == Snapshot.of(sorted(a)).hex


def test_one_row_is_its_md5() -> None:
    assert Snapshot.of([b"row"]).hex == md5(b"row").hexdigest()
    assert Snapshot().hex == "0" * 32


@given(rows, st.binary(max_size=3))
def test_another_row_is_another_snapshot(a: list[bytes], row: bytes) -> None:
    assert Snapshot.of([*a, row]) != Snapshot.of(a)
    assert Snapshot.of([*a, row]).hex != Snapshot.of(a).hex


@given(hash_lists, hash_lists, st.sampled_from([2**64, 2**63, 3 << 60]))
def test_sample_merge_is_union(a: list[int], b: list[int], threshold: int) -> None:
    merged = row_sample(threshold, a) + row_sample(2**64, b)
    assert merged == row_sample(threshold, a + b)


@given(hash_lists, hash_lists)
def test_rows_that_were_added_leave_the_old_contained(a: list[int], b: list[int]) -> None:
    old, new = row_sample(2**64, a), row_sample(2**63, a + b)
    share = old.contained_in(new)
    assert share == (1 if any(row < 2**63 for row in a) else None)


def test_containment_counts_repeated_rows() -> None:
    mine = RowSample(100, ((1, 3), (2, 1), (90, 7)))
    theirs = RowSample(50, ((1, 2), (3, 9)))
    assert mine.contained_in(theirs) == 2 / 4
    assert theirs.contained_in(mine) == 2 / 11
    assert RowSample(50).contained_in(mine) is None
    assert mine.contained_in(RowSample(1)) is None


def test_only_whole_rows_repeat() -> None:
    with pytest.raises(ValueError, match="The factor of a snapshot must be a whole number"):
        Snapshot(1, 1, 1).scaled(0.5)
    with pytest.raises(ValueError, match="The factor of a sample must be a whole number"):
        RowSample().scaled(1.5)


def test_impossible_hashes_are_refused() -> None:
    with pytest.raises(ValueError, match="mod 2\\^64"):
        Snapshot(1, 2**64, 0)
    with pytest.raises(ValueError, match="upper must be a whole number"):
        Snapshot(1, -1, 0)
    with pytest.raises(ValueError, match="below the threshold"):
        RowSample(5, ((5, 1),))
    with pytest.raises(ValueError, match="stands twice"):
        RowSample(5, ((1, 1), (1, 2)))
