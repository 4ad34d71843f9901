"""What the tests of contracts share: a setting to read criteria in, and a contract to vary."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sextant.contracts.grammar import Setting
from sextant.contracts.model import Segment

EMPLOYMENT = """\
product: Employment pre-screen
outcome: Cut manual income checks from 420 to 294 per 1,000 applications by 2027-03-31
task: binary
data:
  source: predictions.parquet       # path, glob
  label: employed
  score: predicted_probability
  time: year
  period: {from: 2015, to: 2015}
  unit: household_id
  segments:
    sex: SEX
    age: {column: AGEP, bands: [16, 25, 45, 65]}
    race: {column: RAC1P, labels: {1: White, 2: Black, 6: Asian}, min_rows: 200, fold: other}
threshold: 0.5
valid_for: 90 days
criteria:
  - auc >= 0.85
  - recall >= 0.80 in every sex, age
  - gap(false_positive_rate) <= 0.05 across sex
  - precision(threshold=0.7) >= 0.9 in age = "65 and over"
  - missing_rate(SCHL) <= 2%
  - {check: quantile(ms, q=0.95) <= 300 with 99% confidence, id: fast, role: guardrail, why: wait}
"""


@pytest.fixture
def setting() -> Setting:
    """A binary contract with three segments, label and score, and threshold 0.5."""
    segments = (
        Segment("sex", "SEX"),
        Segment("age", "AGEP", bands=(16, 25, 45, 65)),
        Segment("race", "RAC1P", labels=((1, "White"), (2, "Black")), min_rows=200),
        Segment("policy", "policy"),
    )
    return Setting(segments={segment.name: segment for segment in segments})


@pytest.fixture
def employment() -> str:
    """A whole contract file with every kind of criterion."""
    return EMPLOYMENT


@pytest.fixture
def mapping() -> dict[str, Any]:
    """The least contract that can be read."""
    return {
        "product": "Pre-screen",
        "outcome": "Halve the checks by 2027",
        "task": "binary",
        "data": {"source": "p.parquet", "label": "y", "score": "p"},
        "criteria": ["recall >= 0.8"],
    }


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Write a contract file and return its path."""

    def write(text: str | bytes) -> Path:
        path = tmp_path / "contract.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write
