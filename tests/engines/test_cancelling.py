"""Whoever is told of a scan's progress can end it."""

import threading
import time

import duckdb
import pytest

import sextant as sx
from sextant.engines.duck import Session
from sextant.engines.errors import Cancelled

LONG = "SELECT sum(a.range * b.range) AS s FROM range(2000000) a, range(200000) b"


def test_a_refusal_to_go_on_interrupts_the_query() -> None:
    session = Session(duckdb.connect())
    told: list[float] = []

    def progress(share: float) -> None:
        told.append(share)
        raise Cancelled

    began = time.monotonic()
    with pytest.raises(Cancelled):
        session.columns(LONG, progress)
    assert told
    assert time.monotonic() - began < 5


def test_progress_is_told_although_the_database_cannot_estimate_it() -> None:
    session = Session(duckdb.connect())
    told: list[float] = []
    timer = threading.Timer(1.5, session.connection.interrupt)
    timer.start()
    with pytest.raises(Cancelled):
        session.columns(LONG, told.append)
    assert len(told) >= 2
    assert all(0 <= share <= 1 for share in told)


def test_nothing_is_left_of_a_cancelled_check(tmp_path) -> None:
    path = tmp_path / "rows.parquet"
    duckdb.sql(f"COPY (SELECT random() AS p, random() < 0.5 AS y FROM range(3000000)) TO '{path}'")

    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        sx.evaluate(path, label="y", score="p", criteria=["auc >= 0.4"], progress=stop)
    assert [one.name for one in tmp_path.iterdir()] == ["rows.parquet"]
