"""Rows are told apart by what they hold, in any order, the same today and tomorrow."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from sextant.engines.repeats import repeats, repeats_of
from sextant.engines.source import Source, open_source
from sextant.engines.sweep.hashing import mixed, of_text
from sextant.engines.sweep.sweeping import Pass, Swept, swept

TEXTS = ["", "a", "ä", "日本", "x" * 1_000, "'\"\\", "a\nb"]


def read(source: Source) -> Swept:
    numbers = [n for n, kind in source.columns.items() if kind in {"number", "single"}]
    words = [n for n, kind in source.columns.items() if kind in {"text", "boolean"}]
    rest = [n for n in source.columns if n not in {*numbers, *words}]
    return swept(source, Pass(numbers, words, rest, keep=10_000))


def frame(**columns: object) -> pd.DataFrame:
    held: dict[str, object] = {
        "n": [1.0, 2.0, np.nan, 4.0], "t": ["a", "b", None, "a"],
        "at": pd.to_datetime(["2020-01-01", "2021-01-01", None, "2020-01-01"]),
    }  # fmt: skip
    return pd.DataFrame(held | columns)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_text_has_the_hash_that_the_database_gives_it(text: str) -> None:
    told = duckdb.execute("select md5_number_lower($1)", [text]).fetchone()
    assert told == (of_text(text),)


def test_the_mixing_is_that_of_murmurhash_3() -> None:
    # fmix64 of 1 and of 2^64 - 1, computed with Python's integers from the published constants.
    def fmix(k: int) -> int:
        for times in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
            k = (k ^ (k >> 33)) * times % 2**64
        return k ^ (k >> 33)

    given = np.array([0, 1, 2**63, 2**64 - 1], np.uint64)
    assert mixed(given.copy()).tolist() == [fmix(int(one)) for one in given]


def test_neither_the_order_of_rows_nor_that_of_columns_matters() -> None:
    first = frame()
    turned = first.loc[[2, 0, 3, 1], ["at", "t", "n"]].reset_index(drop=True)
    seen, again = (read(open_source(one)).row_hashes.snapshot for one in (first, turned))
    assert seen == again
    assert seen.rows == 4


@pytest.mark.parametrize(
    "other",
    [
        {"n": [1.0, 2.0, np.nan, 5.0]}, {"t": ["a", "b", None, "b"]}, {"t": ["b", "a", None, "a"]},
        {"n": [1.0, 2.0, 3.0, 4.0]}, {"t": ["a", "b", "", "A"]},
        {"at": pd.to_datetime(["2020-01-01", "2021-01-01", None, "2020-01-02"])},
    ],
    ids=range(6),
)  # fmt: skip
def test_another_cell_is_another_snapshot(other: dict[str, object]) -> None:
    seen, changed = (
        read(open_source(one)).row_hashes.snapshot for one in (frame(), frame(**other))
    )
    assert seen != changed


def test_another_name_of_a_column_is_another_snapshot() -> None:
    seen = read(open_source(frame())).row_hashes.snapshot
    assert seen != read(open_source(frame().rename(columns={"n": "m"}))).row_hashes.snapshot


def test_numbers_that_no_double_tells_apart_are_apart() -> None:
    ids = [2**53, 2**53 + 1, 2**60, 2**60 + 1, 7, 7]
    exact = [Decimal("0.1234567890123456789"), Decimal("0.1234567890123456788"), *[Decimal(1)] * 4]
    table = pa.table({"id": pa.array(ids, pa.int64()), "d": pa.array(exact, pa.decimal128(25, 19))})
    held = read(open_source(table)).hashes
    assert held is not None
    assert len(set(held.tolist())) == 5
    assert repeats_of(held).surplus == 1


def test_copies_are_those_that_the_database_finds() -> None:
    rng = np.random.default_rng(3)
    table = frame(n=rng.integers(0, 2, 4).astype(float))
    many = pd.concat([table] * 3 + [frame(), frame(n=[7.0, 8.0, 9.0, np.nan])], ignore_index=True)
    source = open_source(many)
    held = read(source).hashes
    assert held is not None
    assert repeats_of(held) == repeats(source, list(source.columns))


def test_no_more_hashes_are_kept_than_were_asked_for() -> None:
    source = open_source(frame())
    assert swept(source, Pass(["n"], ["t"], keep=3)).hashes is None
    kept = swept(source, Pass(["n"], ["t"], keep=4)).hashes
    assert kept is not None
    assert kept.size == 4
