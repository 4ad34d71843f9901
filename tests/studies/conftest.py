"""What the tests of comparisons share: a table on which two versions differ in a known way."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest


@pytest.fixture(scope="session")
def versions() -> pd.DataFrame:
    """2,000 rows: `new` ranks better than `old`, but is broken for those over 65."""
    rng = np.random.default_rng(0)
    n = 2_000
    signal = rng.normal(size=n)
    table = pd.DataFrame({"id": np.arange(n), "y": (signal + rng.normal(size=n) > 0).astype(int)})
    table["old"] = 1 / (1 + np.exp(-(signal + rng.normal(size=n))))
    table["new"] = 1 / (1 + np.exp(-(signal + 0.4 * rng.normal(size=n))))
    table["age"] = rng.integers(16, 90, n)
    table["sex"] = rng.choice(["men", "women"], n)
    table["house"] = rng.integers(0, 500, n)
    broken = (table["age"] >= 65) & (rng.uniform(size=n) < 0.35)
    table.loc[broken, "new"] = 1 - table["new"]
    return table
