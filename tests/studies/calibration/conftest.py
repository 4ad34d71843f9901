"""What the tests of calibration share: scores that are too extreme for one group alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import special


@pytest.fixture(scope="session")
def scored() -> pd.DataFrame:
    """4,000 rows: right for women, far too extreme for men."""
    rng = np.random.default_rng(3)
    n = 4_000
    p = rng.beta(1.2, 1.6, n).clip(1e-4, 1 - 1e-4)
    sex = rng.choice(["men", "women"], n)
    due = special.expit(np.where(sex == "men", 0.35, 1.0) * special.logit(p))
    return pd.DataFrame(
        {
            "p": p,
            "y": (rng.random(n) < due).astype(int),
            "sex": sex,
            "day": pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 200, n), unit="D"),
            "split": rng.choice(["train", "test"], n),
            "user": rng.integers(0, 700, n),
        }
    )
