"""Parquet in one file or many, whole or damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sextant.engines.errors import SourceError

CRITERIA = ("auc >= 0.1", "mean(v) >= 0", "missing_rate(g) <= 0.9")


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    rng = np.random.default_rng(4)
    p = rng.uniform(size=2_000)
    return pd.DataFrame({"y": (rng.uniform(size=2_000) < p).astype(int), "p": p, "v": p, "g": "a"})


@pytest.fixture(scope="module")
def raw(frame, tmp_path_factory) -> bytes:
    file = tmp_path_factory.mktemp("raw") / "a.parquet"
    frame.to_parquet(file)
    return file.read_bytes()


def test_files_whose_columns_stand_in_another_order(count, frame, tmp_path: Path) -> None:
    whole = count(frame, *CRITERIA)
    frame.iloc[:900].to_parquet(tmp_path / "a.parquet")
    frame.iloc[900:][["g", "v", "p", "y"]].to_parquet(tmp_path / "b.parquet")
    found = count(tmp_path / "*.parquet", *CRITERIA)
    assert (found.snapshot, found.counts) == (whole.snapshot, whole.counts)


def test_a_column_that_one_file_lacks_is_empty_there(count, frame, tmp_path: Path) -> None:
    frame.iloc[:900].to_parquet(tmp_path / "a.parquet")
    frame.iloc[900:].drop(columns="p").to_parquet(tmp_path / "b.parquet")
    found = count(tmp_path / "*.parquet", *CRITERIA)
    assert found.set_aside == (("no score", 1100),)


def test_folders_below_a_folder(count, frame, tmp_path: Path) -> None:
    for name in ("2015/a.parquet", "2016/q1/b.parquet"):
        (tmp_path / name).parent.mkdir(parents=True)
        frame.to_parquet(tmp_path / name)
    assert count(tmp_path / "**/*.parquet", *CRITERIA).rows == 4_000


def test_file_types_do_not_mix(count, frame, tmp_path: Path) -> None:
    frame.to_parquet(tmp_path / "a.parquet")
    frame.to_csv(tmp_path / "a.csv")
    with pytest.raises(SourceError, match=r"mixes file types \(\.csv, \.parquet\)"):
        count(tmp_path / "a.*", *CRITERIA)


@pytest.mark.parametrize("size", [1, 3, 4, 8, 500, -1, -8])
def test_a_truncated_file(count, raw: bytes, tmp_path: Path, size: int) -> None:
    (tmp_path / "a.parquet").write_bytes(raw[:size])
    with pytest.raises(SourceError, match=r"cannot be read: .* Export it again as Parquet"):
        count(tmp_path / "a.parquet", *CRITERIA)


def test_garbage_and_text(count, tmp_path: Path) -> None:
    for content in (np.random.default_rng(1).bytes(4_000), b"y,p\n1,0.5\n" * 50):
        (tmp_path / "a.parquet").write_bytes(content)
        with pytest.raises(SourceError, match="cannot be read"):
            count(tmp_path / "a.parquet", *CRITERIA)


def test_holes_anywhere_in_the_file_give_an_answer_or_a_problem(count, raw, tmp_path) -> None:
    """32 bytes overwritten at each of 30 places: never another exception, never a crash."""
    rng, refused = np.random.default_rng(2), 0
    for place in np.linspace(4, len(raw) - 40, 30).astype(int):
        damaged = raw[:place] + rng.bytes(32) + raw[place + 32 :]
        (tmp_path / "a.parquet").write_bytes(damaged)
        try:
            found = count(tmp_path / "a.parquet", *CRITERIA)
        except SourceError:
            refused += 1
        else:
            assert found.rows == 2_000
    assert refused >= 5


def test_a_file_that_is_replaced_between_two_looks(count, frame, tmp_path: Path) -> None:
    frame.to_parquet(tmp_path / "a.parquet")
    first = count(tmp_path / "a.parquet", *CRITERIA)
    frame.iloc[:1_000].to_parquet(tmp_path / "a.parquet")
    assert count(tmp_path / "a.parquet", *CRITERIA).snapshot != first.snapshot
