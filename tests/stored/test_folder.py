"""A folder of states: days are left alone, corrected, added to; what is damaged is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import sextant as sx
from sextant.contracts.model import Contract
from sextant.engines.errors import SourceError
from sextant.states.state import StateError
from sextant.studies.stored.holding import holding
from sextant.tallying import TallyResult

DAY = date(2026, 3, 20)


def days(*counts: int, first: str = "2026-03-01", positive: int = 1) -> pd.DataFrame:
    """So many rows on each day from the first on; every third is positive."""
    at = [
        pd.Timestamp(first) + pd.Timedelta(days=day, minutes=row)
        for day, rows in enumerate(counts)
        for row in range(rows)
    ]
    n = len(at)
    return pd.DataFrame(
        {
            "at": at,
            "row": [f"{one:%d %H:%M}" for one in at],
            "y": [positive * (row % 3 == 0) for row in range(n)],
            "p": [(row % 10) / 10 for row in range(n)],
            "sex": ["fm"[row % 2] for row in range(n)],
        }
    )


@pytest.fixture(scope="module")
def agreed(make) -> Contract:
    segments = {"sex": "sex", "row": "row"}
    return make("binary", "prevalence >= 0.1 in every sex", segments=segments)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "states"


def kept(folder: Path, rows: pd.DataFrame, agreed: Contract, **more) -> TallyResult:
    return sx.tally(rows, agreed, folder, today=DAY, **more)


def said(result: TallyResult) -> list[tuple[str, str, int]]:
    return [(one.span[8:], one.what, one.version) for one in result.taking.spans]


def n(folder: Path, agreed: Contract, *ends: str | None, **more) -> int:
    start, end = ends or (None, None)
    found = sx.check(agreed, states=folder, start=start, end=end, today=DAY, **more)
    return found.evidence.data.rows


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_day_touches_no_other(folder: Path, agreed: Contract) -> None:
    kept(folder, days(20, 0, 30), agreed)
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    found = kept(folder, days(40, first="2026-03-04"), agreed)
    assert said(found) == [("04", "new", 1)]
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert names(folder) == [*(f"2026-03-0{at}.1.states" for at in (1, 2, 3, 4)), "states.json"]
    assert n(folder, agreed) == 90


def test_the_same_rows_again_write_nothing(folder: Path, agreed: Contract) -> None:
    kept(folder, days(20, 30), agreed)
    assert said(kept(folder, days(20, 30), agreed)) == [("01", "same", 1), ("02", "same", 1)]
    assert n(folder, agreed) == 50


def test_late_rows_correct_their_day_and_the_older_version_stays(folder, agreed) -> None:
    kept(folder, days(20, 30), agreed)
    found = kept(folder, days(20, 33), agreed)
    assert said(found) == [("01", "same", 1), ("02", "more rows", 2)]
    assert "2026-03-02: more rows than before, 30 rows became 33" in repr(found)
    assert n(folder, agreed) == 53
    held = holding(folder)
    assert [(one.header.name[8:], one.header.version, one.current) for one in held.files] == [
        ("01", 1, True), ("02", 1, False), ("02", 2, True),
    ]  # fmt: skip
    assert held.files[2].header.seen[0].rows == 33


def test_labels_that_come_later_correct_the_day_of_their_source(folder, agreed, tmp_path) -> None:
    rows = days(30)
    rows.assign(y=None).astype({"y": "float64"}).to_parquet(tmp_path / "a.parquet")
    kept(folder, tmp_path / "a.parquet", agreed)
    rows.astype({"y": "float64"}).to_parquet(tmp_path / "a.parquet")
    assert said(kept(folder, tmp_path / "a.parquet", agreed)) == [("01", "corrected", 2)]


def test_other_rows_of_a_day_are_refused_until_somebody_says_what_they_are(folder, agreed) -> None:
    kept(folder, days(30), agreed)
    late = days(50)[30:]
    with pytest.raises(SourceError, match="Say --replace where these are all its rows, --add"):
        kept(folder, late, agreed)
    assert names(folder) == ["2026-03-01.1.states", "states.json"]
    assert said(kept(folder, late, agreed, late="add")) == [("01", "added", 2)]
    assert n(folder, agreed) == 50
    assert [one.rows for one in holding(folder).files[-1].header.seen] == [30, 20]
    with pytest.raises(SourceError, match="100% of these rows are among those already counted"):
        kept(folder, late, agreed, late="add")
    assert said(kept(folder, late, agreed, late="replace")) == [("01", "corrected", 3)]
    assert n(folder, agreed) == 20


def test_missing_days_are_said_and_not_passed_over(folder: Path, agreed: Contract) -> None:
    kept(folder, days(10, 20), agreed)
    kept(folder, days(40, first="2026-03-05"), agreed)
    with pytest.raises(StateError, match=r"2 of 5 days have no states .*2026-03-03, 2026-03-04"):
        n(folder, agreed)
    with pytest.raises(StateError, match="2 of 3 days"):
        n(folder, agreed, "2026-03-05", "2026-03-07")
    assert n(folder, agreed, "2026-03-01", "2026-03-02") == 30
    partly = sx.check(agreed, states=folder, partial=True, today=DAY)
    assert partly.evidence.data.rows == 70
    assert "2 of 5 days have no states" in partly.evidence.notes[0]
    kept(folder, days(5, first="2026-04-01"), agreed, start="2026-03-03", end="2026-03-04")
    assert n(folder, agreed) == 70  # two days without a row are told of, and the others are whole


def test_states_know_no_part_of_a_day(folder: Path, agreed: Contract) -> None:
    kept(folder, days(10, 20), agreed)
    with pytest.raises(StateError, match="Name whole days of UTC"):
        n(folder, agreed, "2026-03-01 10:00", None)


def test_days_are_those_of_utc(folder: Path, agreed: Contract) -> None:
    rows = days(10)
    rows["at"] = rows["at"].dt.tz_localize("Asia/Tokyo")  # midnight there is 15:00 the day before
    assert [one.span for one in kept(folder, rows, agreed).taking.spans] == ["2026-02-28"]


def test_a_clock_that_runs_ahead_is_said(folder: Path, agreed: Contract) -> None:
    found = kept(folder, days(1, 2, first="2026-03-20"), agreed)
    assert not found.taking.notes
    found = kept(folder, days(3, first="2026-03-22"), agreed)
    assert "3 rows lie in days that have not come yet (2026-03-22" in found.taking.notes[0]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda data: data[:-20], "is damaged or was changed"),
        (lambda data: data[:12], "holds no states"),
        (lambda data: data[:200] + bytes([data[200] ^ 1]) + data[201:], "is damaged"),
        (lambda data: b"PK" + data[2:], "holds no states"),
        (lambda data: data[:6] + b"\x09" + data[7:], "of a newer version: 9. Update"),
    ],
    ids=["truncated", "cut-short", "tampered", "foreign", "newer"],
)
def test_a_damaged_file_is_refused(folder: Path, agreed: Contract, change, problem: str) -> None:
    kept(folder, days(10, 20), agreed)
    path = folder / "2026-03-02.1.states"
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(StateError, match=problem):
        n(folder, agreed)
    assert n(folder, agreed, "2026-03-01", "2026-03-01") == 10
    with pytest.raises(StateError, match=problem):
        holding(folder)


def test_a_file_under_the_name_of_another_day_is_refused(folder: Path, agreed: Contract) -> None:
    kept(folder, days(10, 20), agreed)
    (folder / "2026-03-02.1.states").replace(folder / "2026-03-03.1.states")
    with pytest.raises(StateError, match="holds the states of another span: 2026-03-02"):
        n(folder, agreed, "2026-03-03", "2026-03-03")


def test_states_that_are_counted_otherwise_are_neither_merged_nor_judged(folder, make) -> None:
    def bands(*edges: int, column: str = "age") -> Contract:
        segments = {"age": {"column": column, "bands": list(edges)}}
        return make("binary", "prevalence >= 0.1 in every age", segments=segments)

    rows = days(10, 20).assign(age=30)
    kept(folder, rows, bands(30, 60))
    with pytest.raises(StateError, match=r"segment age as .*30.0,60.*, not .*25.0,60"):
        kept(folder, rows, bands(25, 60))
    with pytest.raises(StateError, match="count otherwise"):
        n(folder, bands(25, 60))
    with pytest.raises(StateError, match=r"do not answer .*auc"):
        n(folder, make("binary", "auc >= 0.1", segments={}))
    segments = {"age": {"column": "age", "bands": [30, 60], "min_rows": 5}}
    another_bound = make("binary", "prevalence >= 0.2 in every age", segments=segments)
    assert n(folder, another_bound) == 30
    other = make("binary", "prevalence >= 0.1", segments={}, label={"column": "y", "positive": 0})
    with pytest.raises(StateError, match="They have the label as"):
        n(folder, other)


def test_a_part_from_another_folder_is_refused(folder, make, tmp_path: Path) -> None:
    kept(folder, days(10, 20), make("binary", "prevalence >= 0.1", segments={}))
    kept(tmp_path / "b", days(10, 20), make("binary", "auc >= 0.1", segments={}))
    (tmp_path / "b" / "2026-03-02.1.states").replace(folder / "2026-03-02.1.states")
    with pytest.raises(StateError, match="states of 2026-03-02 are counted otherwise"):
        n(folder, make("binary", "prevalence >= 0.1", segments={}))


def test_labels_written_otherwise_on_another_day_are_refused(folder, agreed) -> None:
    kept(folder, days(10), agreed)
    words = days(10, first="2026-03-02").assign(y=["yes", "no"] * 5)
    kept(folder, words, agreed)
    with pytest.raises(StateError, match="label is written in more than one way"):
        n(folder, agreed)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "cannot be read"),
        (None, "without what they count"),
        ({"schema": 2}, "newer schema: 2. Update"),
        ({"by": "month"}, "was changed"),
    ],
    ids=["no-json", "gone", "newer", "changed"],
)
def test_what_the_folder_counts_is_checked(folder: Path, agreed, text, problem: str) -> None:
    kept(folder, days(10), agreed)
    path = folder / "states.json"
    if isinstance(text, dict):
        path.write_text(json.dumps(json.loads(path.read_text()) | text))
    elif text is None:
        path.unlink()
    else:
        path.write_text(text)
    with pytest.raises(StateError, match=problem):
        n(folder, agreed)


def test_what_states_cannot_tell_is_refused(folder: Path, make, agreed: Contract) -> None:
    users = {"label": "y", "unit": "sex", "score": "p", "time": "at"}
    ranking = make("binary", "auc >= 0.1", segments={})
    from dataclasses import replace

    from sextant.contracts.file.reading import contract_from_mapping

    ranked = contract_from_mapping(
        {"product": "P", "outcome": "O", "task": "ranking", "data": {"source": "-", **users},
         "criteria": ["ndcg(k=2) >= 0.1"]}
    )  # fmt: skip
    with pytest.raises(SourceError, match="Copies in row may stand on two days"):
        kept(folder, days(10), make("binary", "repeated_values(row) <= 0", segments={}))
    with pytest.raises(SourceError, match="'ndcg' is taken of all rows of a user"):
        kept(folder, days(10), ranked)
    untimed = replace(ranking, data=replace(ranking.data, time=None))
    with pytest.raises(SourceError, match="names no time"):
        kept(folder, days(10), untimed)
    with pytest.raises(SourceError, match="holds no numbers"):
        kept(folder, days(10), agreed, by="number")
    with pytest.raises(StateError, match="There are no states in"):
        n(folder, agreed)
    assert not folder.exists()
