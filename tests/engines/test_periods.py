"""A period keeps the rows inside it, both ends included, whatever the time column holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest
from sqlglot import exp

from sextant.contracts.model import Period
from sextant.engines.errors import SourceError
from sextant.engines.period import bounds, first_instant, last_instant
from sextant.engines.scan import tally
from sextant.engines.source import open_source

TIMES = pd.date_range("2015-01-01", "2017-12-31 23:59:59", freq="12h")
COLUMNS = {
    "stamp": TIMES,
    "utc": TIMES.tz_localize("UTC"),
    "zoned": TIMES.tz_localize("UTC").tz_convert("Asia/Tokyo"),
    "day": TIMES.date,
    "nanos": TIMES + pd.Timedelta(nanoseconds=1),
    "text": TIMES.strftime("%Y-%m-%dT%H:%M:%S"),
    "offset": TIMES.tz_localize("UTC").tz_convert("Asia/Tokyo").strftime("%Y-%m-%d %H:%M:%S+09:00"),
    "month": TIMES.strftime("%Y-%m"),
    "year": TIMES.strftime(" %Y "),
    "number": TIMES.year,
    "decimal": TIMES.year + 0.0,
}


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("times")
    table = pd.DataFrame({"y": 1, "p": 0.5, **COLUMNS})
    table.to_parquet(folder / "t.parquet")
    table.to_csv(folder / "t.csv", index=False)
    return {"parquet": folder / "t.parquet", "csv": folder / "t.csv"}


def kept(make, file: Path, column: str, start, end) -> int:
    period = {key: end for key, end in (("from", start), ("to", end)) if end is not None}
    contract = make("auc >= 0.1", time=column, period=period or None)
    return tally(contract, open_source(file)).rows


PLACES = [(kind, column) for column in COLUMNS for kind in ("parquet", "csv")]
PLACES.remove(("csv", "decimal"))


@pytest.mark.parametrize(("kind", "column"), PLACES)
def test_years(make, files, kind: str, column: str) -> None:
    assert kept(make, files[kind], column, 2016, 2016) == 2 * 366
    assert kept(make, files[kind], column, None, 2015) == 2 * 365


EXACT = [("parquet", name) for name in ("stamp", "zoned", "day", "nanos", "text")]
EXACT += [("csv", "stamp"), ("csv", "offset")]


@pytest.mark.parametrize(("kind", "column"), EXACT)
@pytest.mark.parametrize(
    ("start", "end", "half_days"),
    [
        ("2016-02", "2016-02", 58),
        ("2016-02-29", "2016-03-01", 4),
        ("2016-12-31", None, 2 + 2 * 365),
        ("2017-12-31T00:00:00", None, 2),
        (None, "2015-01-01", 2),
        (date(2016, 2, 28), date(2016, 2, 28), 2),
    ],
)
def test_months_and_days(make, files, kind, column, start, end, half_days) -> None:
    assert kept(make, files[kind], column, start, end) == half_days


CLOCKS = [place for place in EXACT if place[1] not in {"day", "nanos"}]


@pytest.mark.parametrize(("kind", "column"), CLOCKS)
def test_moments_with_and_without_a_zone(make, files, kind, column) -> None:
    noon = "2016-05-01T12:00:00"
    assert kept(make, files[kind], column, noon, noon) == 1
    assert kept(make, files[kind], column, "2016-05-01T14:00:00+02:00", noon) == 1
    assert kept(make, files[kind], column, "2016-05-01T12:00:01", "2016-05-02T11:59:59") == 1


def test_the_zone_of_the_machine_does_not_matter(make, files, monkeypatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    for column in ("zoned", "utc", "stamp"):
        assert kept(make, files["parquet"], column, "2016-02-29", "2016-02-29") == 2


def test_ends_are_the_first_and_last_instant_of_what_they_name() -> None:
    assert first_instant(2016) == datetime(2016, 1, 1)
    assert last_instant("2016") == datetime(2016, 12, 31, 23, 59, 59, 999_999)
    assert last_instant("2016-02") == datetime(2016, 2, 29, 23, 59, 59, 999_999)
    assert last_instant("2016-2-9") == datetime(2016, 2, 9, 23, 59, 59, 999_999)
    assert last_instant("9999") == datetime(9999, 12, 31, 23, 59, 59, 999_999)
    moment = datetime(2016, 3, 1, 12, tzinfo=UTC)
    assert first_instant(moment) == last_instant(moment) == datetime(2016, 3, 1, 12)


@pytest.mark.parametrize(
    "end", ["", "soon", "2016-13", "2016-02-30", "0000", "10000", "31.12.2016"]
)
def test_what_is_no_date(end: str) -> None:
    with pytest.raises(SourceError, match=r"is no date\. Write it as 2026"):
        first_instant(end)


@pytest.mark.parametrize("end", ["2016-03", "nan", "inf", "1e999", "soon", ""])
def test_a_column_of_numbers_wants_a_number(end: str) -> None:
    with pytest.raises(SourceError, match=r"holds numbers\. Write a number"):
        bounds(exp.column("t"), "number", Period(end))


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [("time", "2016", "2015"), ("text", "2016-02-02", "2016-02-01"), ("number", 3, 2)],
)
def test_a_period_that_ends_before_it_starts(kind, start, end) -> None:
    """So does `--from 2016` on a contract whose own period ends with 2015."""
    with pytest.raises(SourceError, match="before it starts"):
        bounds(exp.column("t"), kind, Period(start, end))


def test_no_row_in_the_period_is_said(make, files) -> None:
    contract = make("auc >= 0.1", time="stamp", period={"from": 2030})
    found = tally(contract, open_source(files["parquet"]))
    assert (found.rows, found.labelled, found.period) == (0, 0, ("2030", None))
    (note,) = found.notes
    assert note == (
        "No row lies in the period from 2030: 'stamp' runs from 2015-01-01 to 2017-12-31 12:00:00."
    )


def test_without_a_period_the_evidence_says_when_its_rows_are_from(make, files) -> None:
    contract = make("auc >= 0.1", time="stamp")
    found = tally(contract, open_source(files["csv"]))
    assert found.period == ("2015-01-01", "2017-12-31 12:00:00")


def test_times_that_cannot_be_read_are_set_aside_not_dropped(count) -> None:
    words = ["2015-06-01", "31.12.2015", "2015-06-01 25:00", "", None, "2016-06-01"]
    table = pd.DataFrame({"y": 1, "p": 0.5, "t": words})
    for period in (None, {"from": 2015, "to": 2016}):
        found = count(table, "auc >= 0.1", time="t", **({"period": period} if period else {}))
        assert found.set_aside == (("no time", 2), ("time cannot be read", 2))
        assert (found.rows, found.labelled) == (6, 2)


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (["31.12.2015", None], "No value in 't' can be read ('31.12.2015'). Write times as"),
        ([True, False], "Column 't' holds no times"),
        ([[1], [2]], "Column 't' holds no times"),
    ],
)
def test_a_column_that_holds_no_times(count, times, said) -> None:
    table = pd.DataFrame({"y": 1, "p": 0.5, "t": times})
    with pytest.raises(SourceError) as caught:
        count(table, "auc >= 0.1", time="t")
    assert said in str(caught.value)


def test_numbers_with_a_fraction_in_a_csv_are_no_times(make, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("y,p,t\n1,0.5,2015.5\n")
    with pytest.raises(SourceError, match="Write times as 2026-03-31"):
        kept(make, tmp_path / "t.csv", "t", None, None)


def test_a_period_needs_a_time_column(make, files) -> None:
    contract = make("auc >= 0.1", time="stamp", period={"from": 2015})
    without = make("auc >= 0.1")
    data = replace(without.data, period=contract.data.period)
    with pytest.raises(SourceError, match="A period is named, but no time column"):
        tally(replace(without, data=data), open_source(files["csv"]))
