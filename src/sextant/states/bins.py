"""Which bin a score and which bucket a value falls into: parts of an octave, exact arithmetic."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from sextant.states.arrays import Ints

OCTAVES = 20
"""Scores below 2^-20, about one in a million, share one bin; so do those above 1 - 2^-20."""

ORIGIN = 1_250
"""Octaves below 1 that the numbering leaves room for: more than a double can reach (1,074)."""


def score_bin(p: ArrayLike, per_octave: int = 256) -> Ints:
    """The bin of scores: fine near 0 and near 1, where rare events lie; ascending with the score.

    For p < 0.5, with e = floor(log2 p) and m = `per_octave`: e·m + floor((p/2^e − 1)·m), and
    −20·m − 1 below 2^-20. From 0.5 on the mirror: minus the bin of 1 − p. The exponent is taken
    from the number itself, because log2 may round up to the next octave.
    """
    score = np.asarray(p, np.float64)
    lower = score < 0.5
    q = np.where(lower, score, 1 - score)
    mantissa, exponent = np.frexp(q)  # q = mantissa · 2^exponent, 0.5 <= mantissa < 1
    within = np.floor((2 * mantissa - 1) * per_octave).astype(np.int64)
    index = (exponent.astype(np.int64) - 1) * per_octave + within
    index = np.where(q < 2.0**-OCTAVES, -OCTAVES * per_octave - 1, index)
    return np.where(lower, index, -index)


def value_bucket(x: ArrayLike, per_octave: int = 64) -> Ints:
    """The bucket of finite numbers, ascending with the number.

    For x > 0, with e = floor(log2 x) and m = `per_octave`: (e + 1250)·m + floor((x/2^e − 1)·m);
    with 64 to the octave that is e·64 + floor(…) + 80,000. Below 0 minus the bucket of −x; 0 for
    0. A bucket is at most 1/m wide relative to its values, so its middle errs by at most 1/(2m).
    """
    value = np.asarray(x, np.float64)
    mantissa, exponent = np.frexp(np.abs(value))  # |x| = mantissa · 2^exponent, exactly
    within = np.floor((2 * mantissa - 1) * per_octave)
    index = (exponent.astype(np.int64) - 1 + ORIGIN) * per_octave + within
    bucket: Ints = (np.sign(value) * index).astype(np.int64)
    return bucket


def resolution(per_octave: int) -> int:
    """Bins per octave: a power of two up to 65,536, so that fine bins nest in coarse ones."""
    if not 1 <= per_octave <= 65_536 or int(per_octave) & (int(per_octave) - 1):
        raise ValueError(f"per_octave must be a power of two up to 65536, not {per_octave!r}.")
    return int(per_octave)


def ratio_to(fine: int, coarse: int) -> int:
    """How many fine bins make a coarse one. Raises ValueError where that is no whole number."""
    if fine % resolution(coarse):
        raise ValueError(f"Bins of {fine} an octave cannot be made finer, to {coarse} an octave.")
    return fine // coarse


def widened(index: Ints, by: int) -> Ints:
    """The index of the bin that is `by` times as wide; bins mirror at 0, so round away from it."""
    return np.where(index < 0, index // by, -(-index // by))


def narrowed(index: Ints, by: int) -> Ints:
    """As `widened`, for an index that mirrors towards 0."""
    towards: Ints = np.sign(index) * (np.abs(index) // by)
    return towards
