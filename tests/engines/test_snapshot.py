"""The snapshot tells tables apart by their rows: not by order, file type or number of threads."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from sextant.engines.scan import tally
from sextant.engines.source import open_source
from sextant.states.snapshot import Snapshot

CRITERIA = ("auc >= 0.1", "mean(skewed) >= 0")


@pytest.fixture(scope="module")
def shot(count, rows: pd.DataFrame) -> Snapshot:
    return count(rows, *CRITERIA).snapshot


def test_it_is_the_sum_of_the_hashes_of_the_rows(count) -> None:
    """MD5 of the columns read, by name, as text, joined by the unit separator."""
    table = pd.DataFrame({"z": [9, 9], "p": [0.25, 0.5], "y": pd.array([1, None], dtype="Int64")})
    texts = ["0.25\x1f1", "0.5\x1f\x1e"]
    assert count(table, "auc >= 0.1").snapshot == Snapshot.of(text.encode() for text in texts)


def test_order_does_not_matter(count, rows, shot) -> None:
    assert count(rows.sample(frac=1, random_state=1), *CRITERIA).snapshot == shot


@pytest.mark.parametrize("convert", [pa.Table.from_pandas, pl.from_pandas])
def test_the_kind_of_table_does_not_matter(count, rows, shot, convert) -> None:
    held = rows[["p", "y", "skewed"]]
    assert count(convert(held), *CRITERIA).snapshot == shot


def test_parquet_in_one_file_or_many(count, rows, shot, tmp_path) -> None:
    rows.to_parquet(tmp_path / "a.parquet", row_group_size=100)
    assert count(tmp_path / "a.parquet", *CRITERIA).snapshot == shot
    for part in range(3):
        rows.iloc[part::3].to_parquet(tmp_path / f"part{part}.parquet")
    assert count(tmp_path / "part*.parquet", *CRITERIA).snapshot == shot


def test_the_number_of_threads_does_not_matter(make, rows, shot, tmp_path, monkeypatch) -> None:
    rows.to_parquet(tmp_path / "a.parquet", row_group_size=50)
    contract = make(*CRITERIA)
    for threads in (1, 4):
        monkeypatch.setattr("sextant.engines.duck.SETTINGS", {"threads": threads})
        found = tally(contract, open_source(tmp_path / "a.parquet"))
        assert found.snapshot == shot
        assert found.sample.items


def test_columns_that_are_not_read_do_not_matter(count, rows, shot) -> None:
    assert count(rows.assign(word="other"), *CRITERIA).snapshot == shot


@pytest.mark.parametrize("change", [{"p": 0.123}, {"y": 0.0}, {"skewed": None}])
def test_one_changed_cell_does(count, rows, shot, change) -> None:
    changed = rows.copy()
    for name, value in change.items():
        changed.loc[899, name] = value
    assert count(changed, *CRITERIA).snapshot != shot


def test_rows_that_move_between_columns_do(count) -> None:
    a = pd.DataFrame({"p": [0.5], "y": [1], "v": [0.25]})
    b = pd.DataFrame({"p": [0.25], "y": [1], "v": [0.5]})
    assert count(a, *(one := ["mean(v) >= 0", "auc >= 0.1"])).snapshot != count(b, *one).snapshot
