"""Ten thousand segment values: an answer in seconds, and one that a person can read."""

from __future__ import annotations

import json
import time

import numpy as np
import pandas as pd
import pytest
from pace import slower

SEGMENTS = 10_000


@pytest.mark.slow
def test_ten_thousand_segment_values(folder) -> None:
    rng = np.random.default_rng(3)
    n = 12 * SEGMENTS
    p = rng.uniform(size=n)
    y = (rng.uniform(size=n) < p).astype(int)
    shop = np.arange(n) % SEGMENTS
    folder.data(pd.DataFrame({"y": y, "p": p, "shop": [f"shop {at}" for at in shop]}))
    folder.write(
        "recall >= 0.1 in every shop",
        "gap(recall) <= 0.9 across shop",
        segments={"shop": "shop"},
    )
    began = time.process_time()
    shown = folder.check("--look", 1)
    assert time.process_time() - began < 30 * slower()
    assert shown.exit_code == 3
    assert len(shown.stdout.splitlines()) < 120
    assert "9,980 more groups" in shown.stdout
    answer = json.loads(folder.check("--look", 1, "--json").stdout)
    names = {row["segment"].get("shop") for row in answer["results"]}
    assert len(names - {None}) == SEGMENTS
