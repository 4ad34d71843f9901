"""A few of the smallest hashes tell how many values there are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextant.states.distinct import KEPT, Distinct

HASHES = st.lists(st.integers(0, 2**64 - 1), max_size=50)


@given(HASHES, HASHES)
def test_the_sum_is_the_sketch_of_both(a: list[int], b: list[int]) -> None:
    assert Distinct.of(a) + Distinct.of(b) == Distinct.of(a + b) == Distinct.of(b + a)
    assert Distinct.of(a + a).estimate == len(set(a))


def test_it_is_exact_while_it_holds_every_hash() -> None:
    seen = Distinct.of(np.arange(KEPT - 1, dtype=np.uint64))
    assert seen.exact
    assert seen.estimate == KEPT - 1


@pytest.mark.parametrize("n", [3_000, 100_000], ids=str)
def test_beyond_it_errs_by_a_few_in_a_hundred(n: int) -> None:
    rng = np.random.default_rng(5)
    found = []
    for _ in range(30):
        hashes = rng.integers(0, 2**64, n, dtype=np.uint64)
        parts = [Distinct.of(part) for part in np.array_split(np.repeat(hashes, 2), 4)]
        whole = parts[0] + parts[1] + parts[2] + parts[3]
        assert whole == Distinct.of(hashes)
        found.append(whole.estimate / n)
    assert np.mean(found) == pytest.approx(1, abs=4 * 0.022 / 30**0.5)
    assert np.std(found) < 0.04


@pytest.mark.parametrize("hashes", [[2, 1], [1, 1], list(range(KEPT + 1))], ids=range(3))
def test_it_takes_no_hashes_that_do_not_ascend(hashes: list[int]) -> None:
    with pytest.raises(ValueError, match="each above the one before"):
        Distinct(np.array(hashes, np.uint64))
