"""The database reads the files that were named, and can be told nothing else."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from sextant.engines.errors import SourceError
from sextant.engines.source import Source, open_source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """data/a.parquet, and beside the folder what nobody named."""
    (tmp_path / "data").mkdir()
    for name in ("data/a.parquet", "data/b.parquet", "secret.parquet"):
        pd.DataFrame({"name": [name]}).to_parquet(tmp_path / name)
    (tmp_path / "data/link.parquet").symlink_to(tmp_path / "secret.parquet")
    return tmp_path


@pytest.fixture
def source(folder: Path) -> Source:
    return open_source(folder / "data/a.parquet")


@pytest.mark.parametrize(
    "other",
    [
        "{}/secret.parquet",
        "{}/data/b.parquet",
        "{}/data/link.parquet",
        "{}/data/../secret.parquet",
        "{}/data/a.parquet/../../secret.parquet",
        "{}/*.parquet",
        "/etc/passwd",
        "file:///etc/passwd",
        "http://127.0.0.1:9/a.parquet",
        "s3://bucket/a.parquet",
    ],
)
def test_no_other_file_can_be_read(source: Source, folder: Path, other: str) -> None:
    name = other.format(folder)
    for reader in ("read_parquet", "read_csv", "read_text", "read_blob"):
        with pytest.raises(duckdb.Error, match=r"disabled|No files|does not exist|not find"):
            source.session.rows(f"SELECT * FROM {reader}('{name}')")


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM glob('/etc/*')",
        "COPY (SELECT 1) TO '{}/data/new.csv'",
        "COPY (SELECT 1) TO '{}/secret.parquet'",
        "EXPORT DATABASE '{}/data/out'",
        "ATTACH '{}/data/other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "INSTALL httpfs FROM community",
        "SET enable_external_access = true",
        "SET allowed_paths = ['/etc/passwd']",
        "SET allowed_directories = ['/']",
        "SET lock_configuration = false",
        "SET memory_limit = '100GB'",
        "SET threads = 64",
        "RESET enable_external_access",
        "PRAGMA enable_profiling",
        "SELECT * FROM duckdb_secrets()",
    ],
)
def test_nothing_can_be_written_loaded_or_set(source: Source, folder: Path, statement: str) -> None:
    before = sorted(folder.rglob("*"))
    with pytest.raises(duckdb.Error):
        source.session.rows(statement.format(folder))
    assert sorted(folder.rglob("*")) == before
    assert source.session.rows('SELECT * FROM "source"') == [("data/a.parquet",)]


def test_a_table_in_memory_opens_no_file(folder: Path) -> None:
    session = open_source(pd.DataFrame({"x": [1]})).session
    with pytest.raises(duckdb.Error, match="disabled"):
        session.rows(f"SELECT * FROM '{folder}/data/a.parquet'")


def test_a_link_or_a_way_up_that_the_user_named_is_followed(folder: Path) -> None:
    """What may be read is decided by the name that a person wrote, not by where it lies."""
    for name in ("data/link.parquet", "data/../secret.parquet"):
        found = open_source(name, folder).session.rows('SELECT * FROM "source"')
        assert found == [("secret.parquet",)]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("/etc/passwd", "passwd is neither Parquet nor CSV. Name a .parquet, .csv or .tsv file."),
        ("https://host/a.parquet", "nothing is fetched from a network"),
        ("s3://bucket/*.parquet", "nothing is fetched from a network"),
        ("nowhere.parquet", "No file matches nowhere.parquet (looked in"),
        ("data", "data is a folder. Name its files, such as data/*.parquet."),
        ("data/a\0.parquet", "Check the path."),
        ("x" * 5000 + ".csv", "is no path"),
        ("~nobody-of-that-name/a.csv", "is no path"),
    ],
)
def test_a_source_that_cannot_be_one(folder: Path, name: str, said: str) -> None:
    with pytest.raises(SourceError) as caught:
        open_source(name, folder)
    (problem,) = caught.value.problems
    assert said in problem


def test_a_loop_of_links_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    with pytest.raises(SourceError, match="Check the path"):
        open_source(tmp_path / "a.csv")
