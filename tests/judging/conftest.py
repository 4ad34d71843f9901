"""Tables made to order: predictions with chosen numbers of hits and misses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

Table = Callable[..., pd.DataFrame]


def rows(hits: int, misses: int, start: int = 0, **columns: object) -> pd.DataFrame:
    """Positive rows of which `hits` are found at 0.5; every row has an id of its own."""
    n = hits + misses
    table = pd.DataFrame(
        {"id": range(start, start + n), "y": 1, "p": [0.9] * hits + [0.1] * misses}
    )
    return table.assign(**columns)


@pytest.fixture
def table() -> Table:
    return rows


@pytest.fixture
def contract(tmp_path: Path) -> Callable[..., Path]:
    """Writes a contract on `data.parquet` and returns its path."""

    def write(*criteria: str, extra: str = "", segments: str = "") -> Path:
        lines = [
            "product: Test",
            "outcome: Cut errors from 20 to 10 per 100 by 2027-01-01",
            "task: binary",
            "data: {source: data.parquet, label: y, score: p, time: id"
            + (f", segments: {segments}" if segments else "")
            + "}",
            extra,
            "criteria:",
            *[f"  - {one}" for one in criteria],
        ]
        path = tmp_path / "contract.yaml"
        path.write_text("\n".join(line for line in lines if line) + "\n", encoding="utf-8")
        return path

    return write
