"""Windows of time: buckets, seasons, one table cut in two, and clocks that cannot be trusted."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sextant as sx
from sextant.engines.errors import SourceError
from sextant.studies.drift.seasons import absent, season_of

TODAY = date(2026, 6, 1)


def days(start: str, count: int, each: int, seed: int) -> pd.DataFrame:
    """`each` rows a day; at weekends another plan."""
    rng = np.random.default_rng(seed)
    at = pd.Timestamp(start) + pd.to_timedelta(np.repeat(np.arange(count), each), "D")
    weekend = at.day_of_week >= 5
    pro = rng.uniform(size=count * each) < np.where(weekend, 0.8, 0.2)
    return pd.DataFrame({"at": at, "plan": np.where(pro, "pro", "free"), "n": 1})


@pytest.fixture(scope="module")
def before() -> pd.DataFrame:
    return days("2026-01-05", 49, 60, 1)


def windows(found: sx.DriftResult) -> dict[str, str]:
    return {one["window"]: one["answer"] for one in found.to_dict()["windows"]}


def test_a_weekend_is_no_change_of_a_weekend(before: pd.DataFrame) -> None:
    week = days("2026-03-02", 7, 60, 2)
    plain = sx.drift(before, week, time="at", by="day", margin=0.3, today=TODAY)
    assert [day for day, said in windows(plain).items() if said == "changed"] == [
        "2026-03-07", "2026-03-08",
    ]  # fmt: skip
    fitting = sx.drift(before, week, time="at", by="day", season="weekday", today=TODAY)
    assert "changed" not in windows(fitting).values()
    assert fitting.to_dict()["season"] == "weekday"


def test_one_table_is_cut_in_two(before: pd.DataFrame) -> None:
    rows = pd.concat([before, days("2026-03-02", 28, 60, 3).assign(plan="free")])
    found = sx.drift(rows, time="at", by="week", since="2026-03-02", margin=0.2, today=TODAY)
    assert found.to_dict()["reference"]["rows"] == len(before)
    assert list(windows(found)) == ["2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23"]
    assert set(windows(found).values()) == {"changed"}


def test_days_without_rows_are_said(before: pd.DataFrame) -> None:
    week = days("2026-03-02", 7, 60, 4)
    holes = week[~week["at"].dt.day.isin([4, 5])]
    found = sx.drift(before, holes, time="at", by="day", today=TODAY)
    assert found.to_dict()["empty"] == ["2026-03-04", "2026-03-05"]
    said = "2 days without a row: 2026-03-04 and 2026-03-05."
    assert said in found.to_dict()["headline"]


def test_a_season_that_the_reference_has_not(before: pd.DataFrame) -> None:
    found = sx.drift(
        before, days("2026-03-02", 14, 60, 5), time="at", by="week", season="month", today=TODAY
    )
    assert found.to_dict()["uncompared"] == ["2026-03-02", "2026-03-09"]
    assert found.answer == "undecided"
    assert "has no row of its month" in found.to_dict()["headline"]


def test_clocks_that_cannot_be_trusted(before: pd.DataFrame, tmp_path: Path) -> None:
    cells = [
        "2026-03-02T10:00:00+02:00", "2026-03-02 07:30:00", "", "soon", "2026-03-03T00:30:00+01:00",
        "2027-03-03 09:00:00Z",
    ]  # fmt: skip
    now = pd.DataFrame({"at": cells * 20, "plan": "free", "n": 1})
    before.to_csv(tmp_path / "a.csv", index=False)
    now.to_csv(tmp_path / "b.csv", index=False)
    found = sx.drift(tmp_path / "a.csv", tmp_path / "b.csv", time="at", by="month", today=TODAY)
    assert list(windows(found)) == ["2026-03", "2027-03"]
    notes = " ".join(found.to_dict()["notes"])
    assert "20 of 120 rows have no time in at; set apart" in notes
    assert "20 of 120 rows have one that is none" in notes
    assert "39 rows are older than the row before them" in notes
    assert "60 of 80 times of day name a zone" in notes
    assert "lies after today" in notes
    assert len(found.to_dict()["empty"]) == 11
    one = sx.drift(tmp_path / "a.csv", tmp_path / "b.csv", time="at", by="day", today=TODAY)
    assert next(iter(windows(one))) == "2026-03-02"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"time": "at", "by": "plan"}, "by must be one of day, week"),
        ({"since": "2026-03-01"}, "need time"),
        ({"time": "at", "by": "week", "season": "weekday"}, "does not go with windows of a week"),
        ({"time": "at", "by": "day", "since": "March"}, "since must be a day"),
    ],
)
def test_settings_that_do_not_fit(before: pd.DataFrame, settings: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        sx.drift(before, before, **settings)


def test_columns_that_hold_no_times(before: pd.DataFrame) -> None:
    with pytest.raises(SourceError, match="No cell of 'plan'"):
        sx.drift(before, before, time="plan", by="day")
    with pytest.raises(SourceError, match="holds no times"):
        sx.drift(before, before, time="n", by="day")
    with pytest.raises(SourceError, match="no row to compare"):
        sx.drift(before, time="at", by="day", since="2030-01-01", today=TODAY)


def test_windows_follow_one_another_over_the_year() -> None:
    assert absent(["2025-11", "2026-02"], "month") == ("2025-12", "2026-01")
    assert absent(["2025-Q4", "2026-Q2"], "quarter") == ("2026-Q1",)
    assert absent(["2024", "2026"], "year") == ("2025",)
    assert absent(["2026-02-23", "2026-03-09"], "week") == ("2026-03-02",)
    assert season_of("2026-03-02", "weekday") == "1"
    assert season_of("2026-03", "month") == "03"
    assert season_of("2026-Q1", "year") == "2026"
