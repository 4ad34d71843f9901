"""A table in which one group is hurt in a known way, and one is too small to be judged."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest


@pytest.fixture(scope="session")
def lending() -> pd.DataFrame:
    """6,000 applicants: `b` repays as often as `a` and is refused far oftener; `c` are 12."""
    rng = np.random.default_rng(5)
    n = 6_000
    group = np.where(np.arange(n) < 12, "c", np.where(rng.uniform(size=n) < 0.4, "b", "a"))
    repaid = (rng.uniform(size=n) < 0.6).astype(float)
    chance = np.where(repaid == 1, np.where(group == "b", 0.55, 0.85), 0.2)
    table = pd.DataFrame({"group": group, "repaid": repaid})
    table["granted"] = (rng.uniform(size=n) < chance).astype(int)
    table["score"] = np.round(np.clip(0.3 * table["granted"] + rng.uniform(0.1, 0.6, n), 0, 1), 3)
    table["sex"] = rng.choice(["men", "women"], n)
    table["house"] = rng.integers(0, 900, n)
    return table
