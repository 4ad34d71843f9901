"""The fingerprint of a whole table: blind to the order of its rows, awake to every cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sextant.engines.errors import SourceError
from sextant.engines.fingerprint import fingerprint, first_rows
from sextant.engines.source import open_source
from sextant.states.snapshot import Snapshot

STRANGE = [
    'a"b',
    '"',
    "a'b",
    "a;b",
    '"; DROP VIEW source; --',
    "a\nb",
    "a\\b",
    "/* a",
    ":x",
    "?",
    "%s{}",
    "ünï🙂",
    "列",
    "e\u0301",
    "select",
    "source",
    "r",
    " ",
    "w" * 3000,
]
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6)
CELLS = st.tuples(st.integers(-9, 9), WORDS)
TABLES = st.lists(CELLS, min_size=1, max_size=8)
few = settings(max_examples=25, deadline=None)


def taken(data: Any) -> Snapshot:
    return fingerprint(open_source(data))


def table(cells: list[tuple[int, str]]) -> pa.Table:
    return pa.table({"n": [n for n, _ in cells], "w": [w for _, w in cells]})


def test_it_is_the_sum_of_the_hashes_of_all_columns_by_name() -> None:
    """MD5 of each row's columns, by name, as text, joined by the unit separator."""
    held = pd.DataFrame({"z": ["x", None], "b": [7, 8], "a": [0.25, 0.5]})
    rows = ["0.25\x1f7\x1fx", "0.5\x1f8\x1f\x1e"]
    assert taken(held) == Snapshot.of(row.encode() for row in rows)


def test_no_rows_are_a_fingerprint_too() -> None:
    assert taken(pa.table({"a": pa.array([], pa.int64())})) == Snapshot(0, 0, 0)


@few
@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(cells: list[tuple[int, str]], chance: Any) -> None:
    mixed = cells.copy()
    chance.shuffle(mixed)
    assert taken(table(mixed)) == taken(table(cells))


@few
@given(TABLES, st.data())
def test_one_changed_cell_does(cells: list[tuple[int, str]], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(cells) - 1))
    n, word = cells[at]
    more = data.draw(WORDS.map(lambda one: f"{one}x"))
    other = data.draw(st.sampled_from([(n + 1, word), (n, word + more), (n, more + word)]))
    changed = [*cells[:at], other, *cells[at + 1 :]]
    assert taken(table(changed)) != taken(table(cells))


@few
@given(TABLES)
def test_a_row_that_stands_twice_counts_twice(cells: list[tuple[int, str]]) -> None:
    once, twice = taken(table(cells)), taken(table([*cells, *cells]))
    assert twice == once + once
    assert twice != once


def test_an_empty_cell_is_not_an_empty_word_nor_a_zero() -> None:
    words = [taken(pa.table({"a": pa.array([one], pa.string())})) for one in (None, "", "0")]
    assert len(set(words)) == 3


def test_the_order_of_columns_does_not_matter_but_their_cells_do() -> None:
    one = taken(pd.DataFrame({"a": [1], "b": [2]}))
    assert taken(pd.DataFrame({"b": [2], "a": [1]})) == one
    assert taken(pd.DataFrame({"a": [2], "b": [1]})) != one


@pytest.mark.parametrize("name", STRANGE, ids=lambda name: ascii(name)[:12])
def test_strange_names_are_names(name: str) -> None:
    held = pa.table({name: ["x", "y"], "zz": [1, 2]})
    rows = ["x\x1f1", "y\x1f2"] if name < "zz" else ["1\x1fx", "2\x1fy"]
    assert taken(held) == Snapshot.of(row.encode() for row in rows)
    assert first_rows(open_source(held), 9) == ([name, "zz"], [("x", "1"), ("y", "2")])


@pytest.mark.parametrize("name", ['a"b', "a'b", "ünï🙂"])
@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_files_with_strange_names(tmp_path: Path, name: str, suffix: str) -> None:
    held = pd.DataFrame({name: ["x", "y"], "n": [1, 2]})
    file = tmp_path / f"held.{suffix}"
    held.to_parquet(file) if suffix == "parquet" else held.to_csv(file, index=False)
    assert taken(file) == taken(held)


@pytest.mark.parametrize("convert", [pa.Table.from_pandas, pl.from_pandas])
def test_the_kind_of_table_does_not_matter(convert: Any) -> None:
    held = pd.DataFrame({"n": [1, 2, 3], "x": [0.5, 1e-9, 1e300], "w": ["a", "b", None]})
    assert taken(convert(held)) == taken(held)


def test_first_rows_are_text_and_no_more_than_asked() -> None:
    held = pa.table({"n": [1, 2, 3], "w": ["a", None, "<b>"]})
    assert first_rows(open_source(held), 2) == (["n", "w"], [("1", "a"), ("2", "")])
    assert first_rows(open_source(held), 0) == (["n", "w"], [])


def test_a_file_that_breaks_on_reading_is_told_with_a_remedy(tmp_path: Path) -> None:
    file = tmp_path / "broken.parquet"
    pd.DataFrame({"n": range(50_000)}).to_parquet(file, compression="zstd")
    whole = file.read_bytes()
    source = open_source(file)
    file.write_bytes(whole[:200] + b"\0" * (len(whole) - 400) + whole[-200:])
    with pytest.raises(SourceError, match=r"broken\.parquet cannot be read: .+\. \w.+\."):
        fingerprint(source)
