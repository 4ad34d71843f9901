"""Windows by the clock: weeks of the current rows' time, without a column of weeks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.studies.estimate.test_estimate import ROLES, table

import sextant as sx
from sextant.engines.errors import SourceError

TIMED: dict[str, Any] = {**ROLES, "time": "day"}


@pytest.fixture(scope="module")
def reference() -> pd.DataFrame:
    return table(2_000, 1).assign(day="2026-01-01")


@pytest.fixture(scope="module")
def now() -> pd.DataFrame:
    rows = table(900, 2)
    day = pd.Timestamp("2026-03-02") + pd.to_timedelta(np.arange(900) // 50, "D")
    rows = rows.assign(day=day.strftime("%Y-%m-%d"))
    rows.loc[:1, "day"] = ["", "soon"]
    return rows


def test_weeks_are_cut_without_a_column(reference: pd.DataFrame, now: pd.DataFrame) -> None:
    found = sx.estimate(reference, now.drop(columns="y"), **TIMED, by="week").to_dict()
    windows = {one["window"]: one["rows"] for one in found["labels"]["windows"]}
    assert windows == {"2026-03-02": 348, "2026-03-09": 350, "2026-03-16": 200}
    assert found["rows"][0]["place"] == "week 2026-03-02"
    assert sum("set apart" in note for note in found["notes"]) == 2


def test_labels_of_a_part_are_compared_without_the_window(
    reference: pd.DataFrame, now: pd.DataFrame
) -> None:
    some = now.assign(y=np.where(np.arange(900) % 2, now.y, np.nan))
    unlike = sx.estimate(reference, some, **TIMED, by="month").to_dict()["labels"]["unlike"]
    names = [one["column"] for one in unlike["differ"]]
    assert unlike["columns"] == 4
    assert "the window" not in names


def test_a_column_of_that_name_is_a_column(reference: pd.DataFrame, now: pd.DataFrame) -> None:
    own = now.drop(columns="y").assign(week=np.arange(900) // 450)
    found = sx.estimate(reference, own, **TIMED, by="week").to_dict()
    assert [one["window"] for one in found["labels"]["windows"]] == ["0", "1"]


@pytest.mark.parametrize(
    ("roles", "said"),
    [(ROLES, "Name the time of the prediction"), ({**ROLES, "time": "age"}, "holds no times")],
    ids=["none", "number"],
)
def test_no_time_no_weeks(
    reference: pd.DataFrame, now: pd.DataFrame, roles: dict[str, Any], said: str
) -> None:
    with pytest.raises(SourceError, match=said):
        sx.estimate(reference, now.drop(columns="y"), **roles, by="week")
