"""`--from` and `--to` replace the contract's period, both ends included, on any time column."""

from __future__ import annotations

import pandas as pd
import pytest

DAYS = pd.date_range("2016-02-27", periods=400, freq="D")
COLUMNS = {
    "number": DAYS.year,
    "date": DAYS.date,
    "stamp": DAYS,
    "zoned": DAYS.tz_localize("UTC").tz_convert("Asia/Tokyo"),
    "text": DAYS.strftime("%Y-%m-%d"),
}


@pytest.mark.parametrize("column", COLUMNS)
def test_years(folder, rows, column: str) -> None:
    folder.data(rows.assign(t=COLUMNS[column]))
    folder.write(time="t", period={"from": 2016, "to": 2016})
    assert folder.answer("--look", 1)[1]["data"]["rows"] == 309
    _, answer, _ = folder.answer("--look", 1, "--to", 2017)
    assert answer["data"]["rows"] == 400
    assert answer["data"]["period"] == {"from": "2016", "to": "2017"}
    assert folder.answer("--look", 1, "--from", 2017, "--to", 2017)[1]["data"]["rows"] == 91


@pytest.mark.parametrize("column", [name for name in COLUMNS if name != "number"])
@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2016-03", "2016-03", 31),
        ("2016-02-28", "2016-03-01", 3),
        ("2016-03-01T00:00", "2016-03-02T00:00:00Z", 2),
        ("2016-03-01 00:00:01", "2016-03-02", 1),
    ],
)
def test_months_days_and_moments(folder, rows, column, start, end, days) -> None:
    folder.data(rows.assign(t=COLUMNS[column]))
    folder.write(time="t")
    assert folder.answer("--look", 1, "--from", start, "--to", end)[1]["data"]["rows"] == days
