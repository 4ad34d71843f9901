"""What the tests of the engine share: contracts in one line, and a table of known rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sextant.contracts.file.reading import contract_from_mapping
from sextant.contracts.model import Contract
from sextant.engines.scan import tally
from sextant.engines.source import open_source
from sextant.metrics.tally import Tally

Make = Callable[..., Contract]
Count = Callable[..., Tally]


@pytest.fixture(scope="session")
def make() -> Make:
    """A contract from its criteria and the roles of columns."""

    def make(*criteria: str, task: str = "binary", **roles: Any) -> Contract:
        given = {"label": "y", "score": "p"} | roles
        data = {key: value for key, value in given.items() if value is not None}
        return contract_from_mapping(
            {
                "product": "P",
                "outcome": "Halve it by 2027",
                "task": task,
                "data": {"source": "-", **data},
                "criteria": list(criteria),
            }
        )

    return make


@pytest.fixture(scope="session")
def count(make: Make) -> Count:
    """The tally of a table in memory or a file, for criteria and roles."""

    def count(data: Any, *criteria: str, **roles: Any) -> Tally:
        return tally(make(*criteria, **roles), open_source(data))

    return count


@pytest.fixture(scope="session")
def rows() -> pd.DataFrame:
    """900 rows with gaps everywhere: labels, scores, decisions, numbers, segments, units."""
    rng = np.random.default_rng(20)
    n = 900
    score = np.where(rng.uniform(size=n) < 0.2, 10.0 ** rng.uniform(-9, 0, n), rng.uniform(size=n))
    table = pd.DataFrame({"p": score.round(6)})
    table.loc[::7, "p"] = 0.7
    table["y"] = np.where(rng.uniform(size=n) < 0.1, np.nan, rng.uniform(size=n) < table["p"])
    table["d"] = pd.Series(np.where(table["p"] >= 0.4, "yes", "no")).where(
        rng.uniform(size=n) > 0.02
    )
    table["skewed"] = rng.lognormal(0, 2, n)
    table["far"] = 1e8 + rng.normal(size=n)
    table["few"] = rng.choice([-1.5, 0.0, 2.0, 300.0], n)
    table.loc[rng.choice(n, 9, replace=False), ["skewed", "few"]] = np.nan
    flag = pd.Series(rng.choice([True, False], n), dtype="boolean")
    table["flag"] = flag.where(rng.uniform(size=n) > 0.05)
    table["word"] = rng.choice(["red", "green", " ", "blue"], n)
    table["sex"] = rng.choice([1.0, 2.0, np.nan], n, p=[0.5, 0.4, 0.1])
    table["age"] = rng.integers(10, 90, n)
    table["unit"] = rng.integers(0, 120, n)
    return table
