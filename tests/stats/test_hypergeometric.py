"""Both tails are those of SciPy, whatever the size."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sextant.stats.hypergeometric import tails


@pytest.mark.parametrize("total", [1, 7, 1_000, 20_000, 3_000_000], ids=str)
def test_both_tails_are_those_of_scipy(total: int) -> None:
    rng = np.random.default_rng(total)
    for _ in range(20):
        drawn, marked = (int(rng.integers(0, total + 1)) for _ in range(2))
        near = rng.hypergeometric(marked, total - marked, drawn, 2)
        k = np.concatenate([near, near + rng.integers(-3, 4, 2) * int(total**0.5), [0, drawn]])
        low, high = tails(k, total, np.full(k.size, marked), drawn)
        np.testing.assert_allclose(low, stats.hypergeom.cdf(k, total, marked, drawn), 1e-6, 1e-15)
        np.testing.assert_allclose(
            high, stats.hypergeom.sf(k - 1, total, marked, drawn), 1e-6, 1e-15
        )
