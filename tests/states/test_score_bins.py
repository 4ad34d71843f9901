"""The bin of a score against the definition in exact arithmetic."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sextant.states.scores import score_bin

from .strategies import scores


def exact_bin(p: float, m: int) -> int:
    if p >= 0.5:
        q, sign = 1 - Fraction(p), -1
    else:
        q, sign = Fraction(p), 1
    if q < Fraction(1, 2**20):
        return sign * (-20 * m - 1)
    e = next(e for e in range(-20, 0) if Fraction(2) ** e <= q < Fraction(2) ** (e + 1))
    return sign * (e * m + int((q / Fraction(2) ** e - 1) * m))


@given(scores, st.sampled_from([1, 16, 256, 4096]))
def test_the_definition(p: float, per_octave: int) -> None:
    assert score_bin(p, per_octave) == exact_bin(p, per_octave)


@given(scores, scores, st.sampled_from([1, 256]))
def test_bins_ascend_with_the_score(a: float, b: float, per_octave: int) -> None:
    low, high = score_bin([min(a, b), max(a, b)], per_octave)
    assert low <= high


def test_powers_of_two_begin_a_bin() -> None:
    for e in range(-20, -1):
        edge = 2.0**e
        assert score_bin(edge) == e * 256
        assert score_bin(np.nextafter(edge, 0)) == e * 256 - 1


def test_the_ends_are_bins_of_their_own() -> None:
    assert score_bin([0, 1e-9, 1 - 1e-9, 1]).tolist() == [-5121, -5121, 5121, 5121]
    assert score_bin([0.5, np.nextafter(0.5, 0)]).tolist() == [256, -257]


@pytest.mark.parametrize("p", [0.001, 0.3, 0.7, 0.999])
def test_a_bin_is_as_narrow_as_its_distance_from_the_end(p: float) -> None:
    width = min(p, 1 - p) / 256
    assert score_bin(p + width) > score_bin(p) > score_bin(p - width)
