"""One pass tells what the database's own statements tell, of typed tables and of text files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sextant.engines.columns import Facts, Key, counted, facts
from sextant.engines.errors import Cancelled, SourceError
from sextant.engines.source import Source, open_source
from sextant.engines.sweep.looking import looked
from sextant.engines.sweep.sweeping import Pass, swept
from sextant.studies.quality.columns import key_of, kind_of

ROWS = 5_000


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    rng = np.random.default_rng(11)
    few, many = rng.integers(0, 5, ROWS), rng.normal(size=ROWS)
    words = np.array(["red", "Red ", "blue", "?", "  "], object)[few]
    return pd.DataFrame({
        "few": few, "many": np.where(few == 0, np.nan, many), "single": many.astype("float32"),
        "flag": few > 2, "maybe": pd.array(np.where(few > 1, few > 2, None), "boolean"),
        "word": words, "text": [f"{n} {w} {n * n}" for n, w in enumerate(words)],
        "day": pd.to_datetime("2024-02-27") + pd.to_timedelta(few, "D"),
        "as text": [f"{x:.3f}" if n % 50 else "so so" for n, x in enumerate(many)],
        "when": np.array(["2024-01-01", "2023", "2024-05", "never", ""], object)[few],
        "yes": np.where(few > 2, "TRUE", "false"),
        "halves": np.where(np.arange(ROWS) < 200, "7", "seven"),
        "nothing": np.full(ROWS, np.nan),
    })  # fmt: skip


def sources(table: pd.DataFrame, folder: Path) -> list[Source]:
    table.to_csv(folder / "rows.csv", index=False)
    table.to_parquet(folder / "rows.parquet")
    return [open_source(folder / name) for name in ("rows.parquet", "rows.csv")]


@pytest.mark.parametrize("at", [0, 1], ids=["parquet", "csv"])
def test_the_facts_are_those_of_the_database(table: pd.DataFrame, tmp_path: Path, at: int) -> None:
    source = sources(table, tmp_path)[at]
    mine = looked(source, 0).facts
    theirs = facts(source)
    assert [one.name for one in mine] == [one.name for one in theirs]
    for one, other in zip(mine, theirs, strict=True):
        assert kind_of(one, source) == kind_of(other, source), one.name
        assert plain(one) == plain(other)
        assert one.distinct == pytest.approx(other.distinct, rel=0.15)


def plain(one: Facts) -> Facts:
    """Without what is approximate, and without what is told of texts and numbers only."""
    numbers = one.numbers and one.numbers >= 0.9 * one.cells
    if numbers:
        whole = one.whole if one.whole == one.numbers else 0
        return replace(one, distinct=0, length=0.0, longest=0, moments=0, first=None, last=None,
                       whole=whole)  # fmt: skip
    return replace(one, distinct=0, length=round(one.length, 9))


@pytest.mark.parametrize("at", [0, 1], ids=["parquet", "csv"])
def test_rows_by_value_are_those_of_the_database(
    table: pd.DataFrame, tmp_path: Path, at: int
) -> None:
    source = sources(table, tmp_path)[at]
    seen = looked(source, 0)
    keys: list[Key] = []
    for one in seen.facts:
        key = key_of(one, kind_of(one, source))
        if key is not None and one.name in seen.cells and key.how != "day":
            keys.append(key)
    assert {"few", "many", "single", "word", "as text"} <= {one.name for one in keys}
    told = counted(source, keys)
    for key in keys:
        assert seen.cells[key.name] == told[key.name], key.name


def test_a_column_whose_first_rows_are_numbers_and_others_not_is_asked_for_again(
    table: pd.DataFrame, tmp_path: Path
) -> None:
    late = pd.DataFrame({"x": ["1.5"] * 20_000 + ["word"] * 20_000})
    late.to_csv(tmp_path / "late.csv", index=False)
    source = open_source(tmp_path / "late.csv")
    assert plain(looked(source, 0).facts[0]) == plain(facts(source)[0])


def test_a_file_that_breaks_on_the_way_is_said_to(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    pd.DataFrame({"x": np.random.default_rng(1).normal(size=200_000)}).to_parquet(
        path, row_group_size=20_000
    )
    whole = path.read_bytes()
    path.write_bytes(whole[:400_000] + b"\0" * 200_000 + whole[600_000:])
    with pytest.raises(SourceError, match="cannot be read"):
        looked(open_source(path), 0)


def test_it_stops_where_the_one_who_is_told_says_so(table: pd.DataFrame) -> None:
    def enough(share: float) -> None:
        assert 0 < share <= 1
        raise Cancelled

    with pytest.raises(Cancelled):
        swept(open_source(table), Pass(["few"], ["word"]), progress=enough)


def test_more_windows_than_anybody_reads_are_refused(table: pd.DataFrame) -> None:
    with pytest.raises(SourceError, match=r"'text' makes more than 1,000 windows"):
        swept(open_source(table), Pass(["few"], [], by="text"))
