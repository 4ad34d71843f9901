"""States of days give the same record as the rows of those days, to the last digit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import sextant as sx
from sextant.metrics.catalogue import CATALOGUE

from .conftest import COLUMNS, CRITERIA, table

DAY = date(2026, 3, 20)
KINDS = list(CRITERIA)
PERIODS = ((None, None), ("2026-03-02", "2026-03-04"), (None, "2026-03-01"))
OF_USERS = {
    "ndcg",
    "map",
    "mrr",
    "recall_at",
    "precision_at",
    "hit_rate",
    "top_mean",
    "diversity",
    "catalogue_coverage",
}
COPIES = {"repeated_values", "duplicate_rows"}  # fmt: skip


def record(result: sx.Result) -> dict[str, Any]:
    """All that a check says but where its rows or states lie."""
    held = result.to_dict()
    del held["data"]["source"]
    return held


@pytest.mark.parametrize(("seed", "kind"), list(enumerate(KINDS)), ids=KINDS)
def test_days_drawn_at_random(make, tmp_path: Path, seed: int, kind: str) -> None:
    rows, contract = table(seed, n=350), make(kind)
    sx.tally(rows, contract, tmp_path / "states", today=DAY, start="2026-03-01", end="2026-03-06")
    start, end = PERIODS[seed % 3]
    asked = {"start": start, "end": end, "today": DAY}
    found = sx.check(contract, states=tmp_path / "states", **asked)
    assert record(found) == record(sx.check(contract, rows, **asked))


def test_every_metric_is_compared_or_refused(make) -> None:
    """What no test compares with the rows may not be answered from states."""
    kinds = [make(kind) for kind in KINDS]
    compared = {one.quantity.call.metric for of in kinds for one in of.criteria}
    assert compared | OF_USERS | COPIES == set(CATALOGUE)


def test_days_that_come_one_by_one(make, rows: pd.DataFrame, tmp_path: Path) -> None:
    """A file a day, each with its own first rows to guess from; the undated come with the last."""
    contract = make("binary", *COLUMNS)
    day = rows["at"].dt.day
    for at, chosen in enumerate((day <= 2, (day > 2) & (day <= 5), (day > 5) | day.isna())):
        rows[chosen].to_parquet(tmp_path / f"{at}.parquet")
        sx.tally(tmp_path / f"{at}.parquet", contract, tmp_path / "states", today=DAY)
    found = sx.check(contract, states=tmp_path / "states", today=DAY)
    assert record(found) == record(sx.check(contract, tmp_path / "*.parquet", today=DAY))


def test_real_people_of_two_years(extracts: Path, demo: Path, tmp_path: Path) -> None:
    contract, log = demo / "employment" / "contract.yaml", extracts / "census.parquet"
    sx.tally(log, contract, tmp_path / "states", by="number", today=DAY)
    asked = {"start": 2015, "end": 2018, "today": DAY, "look": 1}
    found = sx.check(contract, states=tmp_path / "states", **asked)
    assert record(found) == record(sx.check(contract, log, **asked))
