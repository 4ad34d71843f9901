"""All intervals of one table hold at once. The short form of `benchmarks.fairness_coverage`."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.fairness_coverage import joint


@pytest.mark.slow
@pytest.mark.parametrize(("n", "groups"), [(30, 5), (300, 5), (2_000, 3)])
def test_a_table_holds_together(n: int, groups: int) -> None:
    together, alone = joint(np.random.default_rng(n), n, groups, 200)
    assert together >= 0.95 - 3 * np.sqrt(0.05 * 0.95 / 200)
    assert alone < together
