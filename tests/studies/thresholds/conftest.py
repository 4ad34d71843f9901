"""What the tests of thresholds share: rows with a calibrated score, two groups, several a user."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest


@pytest.fixture(scope="session")
def rows() -> pd.DataFrame:
    """4,000 rows: `p` is a probability, `y` drawn from it; the scores of group b are pulled in."""
    rng = np.random.default_rng(5)
    n = 4_000
    p = rng.beta(1.2, 2.0, n).round(3)
    group = rng.choice(["a", "b"], n)
    y = rng.uniform(size=n) < np.where(group == "a", p, np.clip(1.3 * p, 0, 1))
    return pd.DataFrame({"p": p, "y": y.astype(int), "group": group, "user": np.arange(n) // 4})


@pytest.fixture(scope="session")
def costs() -> dict[str, float]:
    return {"false_negative": 10.0, "false_positive": 4.0, "true_positive": 1.0}
