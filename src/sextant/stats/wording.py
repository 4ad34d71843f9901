"""Do two samples of texts have the same words, and the same length?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from sextant.stats.estimate import Estimate
from sextant.stats.hypergeometric import tails
from sextant.stats.permuted import ordered_p
from sextant.stats.shift import KOLMOGOROV_MEAN, LEAST_EXPECTED, Shift

METHOD = "words by the exact test, lengths by permutation, two samples"
MOST_WORDS = 1_000


@dataclass(frozen=True, slots=True)
class Worded:
    """The shift of a column of texts; and of each word the p, for all words and the length."""

    shift: Shift
    words: np.ndarray


def tested(a: np.ndarray, b: np.ndarray, n: float, m: float) -> np.ndarray:
    """Which of the words are frequent enough to be tested, by what both samples hold [K]."""
    pooled = a + b
    kept: np.ndarray = pooled * min(n, m) / (n + m) >= LEAST_EXPECTED
    if np.count_nonzero(kept) > MOST_WORDS:
        kept &= pooled > np.sort(pooled)[-MOST_WORDS - 1]
    return kept


def worded_shift(
    a: np.ndarray, b: np.ndarray, lengths: tuple[np.ndarray, np.ndarray], alpha: float, at: float
) -> Worded:
    """Rows of both samples with each of K words; and by number of words, in the same order [L].

    A word is tested by the exact hypergeometric test of its rows (Fisher's, doubled), all by
    Bonferroni; the length as any ordered number. The smaller of the two counts twice. The distance
    is the largest difference in the share of a word or of texts up to a length: so many rows
    differ at least.
    """
    n, m = float(lengths[0].sum()), float(lengths[1].sum())
    if not (n and m):
        raise ValueError(f"Both samples need rows, here are {n:g} and {m:g}.")
    h = 1 / n + 1 / m
    words = _exact(a, b, n, m)
    p_length = ordered_p(lengths[0], lengths[1], at / 2)
    p = min(1.0, 2 * min(p_length, float(words.min()) if words.size else 1.0))
    d = float(np.abs(np.cumsum(lengths[0]) / n - np.cumsum(lengths[1]) / m).max())
    noise = KOLMOGOROV_MEAN * math.sqrt(h)
    if words.size:
        pooled = (a + b) / (n + m)
        d = max(d, float(np.abs(a / n - b / m).max()))
        noise += math.sqrt(2 * math.log(2 * a.size) * h * float((pooled * (1 - pooled)).max()))
    off = math.sqrt(math.log(2 / alpha) * h / 2)
    distance = Estimate(d, max(0.0, d - noise - off), min(1.0, d + off), n + m, METHOD)
    claims = 4 * max(a.size, 1)
    seen = -float(special.ndtri(at / claims) + special.ndtri(0.2)) * math.sqrt(h) / 2
    return Worded(Shift(distance, p, min(1.0, seen)), np.minimum(1.0, 2 * words))


def _exact(a: np.ndarray, b: np.ndarray, n: float, m: float) -> np.ndarray:
    """Two-sided p of each word's rows given both samples', times the number of words."""
    if not a.size:
        return np.zeros(0)
    low, high = tails(b, int(n + m), a + b, int(m))
    found: np.ndarray = np.minimum(1.0, 2 * a.size * np.minimum(low, high))
    return found
