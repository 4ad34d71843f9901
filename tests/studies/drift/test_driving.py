"""What carries a change: a mix that moved, a segment inside which it lies; nothing where none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy import stats

import sextant as sx
from sextant.engines.crossing import Cells, crossed
from sextant.engines.duck import Columns, Progress, Session
from sextant.engines.errors import SourceError
from sextant.engines.source import open_source
from sextant.stats.carried import by_mix, left_out
from sextant.stats.shift import holm


def people(n: int, home: float, seed: int) -> pd.DataFrame:
    """`home`: the share that lives in a home; who does is younger and pays less."""
    rng = np.random.default_rng(seed)
    in_home = rng.uniform(size=n) < home
    return pd.DataFrame(
        {
            "lives": np.where(in_home, "home", rng.choice(["flat", "house"], n)),
            "age": np.where(in_home, rng.integers(18, 24, n), rng.integers(18, 90, n)),
            "married": (rng.uniform(size=n) < np.where(in_home, 0.02, 0.5)).astype(int),
            "region": rng.choice(["N", "S", "W"], n),
        }
    )


@pytest.fixture(scope="module")
def reference() -> pd.DataFrame:
    return people(6_000, 0.1, 1)


def first(found: sx.DriftResult) -> dict[str, Any]:
    window: dict[str, Any] = found.to_dict()["windows"][0]
    return window


def test_a_mix_that_moved_is_named(reference: pd.DataFrame) -> None:
    now = people(2_000, 0.6, 2)
    window = first(sx.drift(reference, now))
    assert [one["segment"] for one in window["lead"]["parts"]] == ["lives “home”"]
    carried = {one["column"]: one for one in window["lead"]["columns"]}
    assert set(carried) == {"lives", "age", "married"}
    # the same by hand: the reference's share of married by `lives`, weighed by today's mix
    held = reference.assign(home=reference.lives == "home").groupby("home").married.mean()
    share = (now.lives == "home").mean()
    expected = abs(now.married.mean() - (share * held[True] + (1 - share) * held[False]))
    assert carried["married"]["left"]["estimate"] == pytest.approx(expected, abs=1e-12)
    assert "lives carries it: “home” rose from 10 to 6" in window["carried_sentence"]
    region = next(one for one in window["columns"] if one["column"] == "region")
    assert region["driver"] is None


def test_a_change_inside_one_segment(reference: pd.DataFrame) -> None:
    now = people(2_000, 0.1, 3)
    now.loc[(now.region == "N") & (now.index % 2 == 0), "married"] = 1
    window = first(sx.drift(reference, now))
    moved = window["columns"][0]
    assert (moved["column"], moved["driver"]["kind"]) == ("married", "inside")
    assert moved["driver"]["parts"][0]["segment"] == "region “N”"
    assert "Without region “N” " in moved["sentence"]


def test_a_change_everywhere_has_no_segment(reference: pd.DataFrame) -> None:
    now = people(2_000, 0.1, 4)
    now.loc[now.index % 2 == 0, "married"] = 1
    window = first(sx.drift(reference, now))
    assert window["columns"][0]["answer"] == "changed"
    assert window["columns"][0]["driver"] is None
    assert window["carried_sentence"].startswith("No segment of the other columns carries half")


def test_a_value_that_the_reference_has_not(reference: pd.DataFrame) -> None:
    """Nothing stands for it, so that it can only be left out."""
    now = people(2_000, 0.1, 5)
    now.loc[:600, ["lives", "married"]] = ["boat", 1]
    window = first(sx.drift(reference, now))
    married = next(one for one in window["columns"] if one["column"] == "married")
    assert married["driver"]["kind"] == "inside"
    assert married["driver"]["parts"][0]["value"] == "boat"


def test_cells_are_counted_in_any_file(reference: pd.DataFrame, tmp_path: Path) -> None:
    rows = reference.iloc[:500].assign(week=lambda one: one.index % 2)
    rows.loc[::7, "age"] = np.nan
    rows.loc[::5, "lives"] = None
    rows.to_csv(tmp_path / "rows.csv", index=False)
    cells = {
        "age": Cells("age", limits=(20.0, 30.0)),
        "lives": Cells("lives", ("home",)),
        "married": Cells("married", (0.0, 1.0)),
    }
    pairs = [("age", "lives"), ("lives", "married")]
    for table in (rows, str(tmp_path / "rows.csv")):
        found = crossed(open_source(table), cells, pairs, "week", ["1"])
        mine = rows[rows.week == 1]
        age = mine.age.map(lambda x: 0 if np.isnan(x) else 1 if x <= 20 else 2 if x <= 30 else 3)
        lives = mine.lives.map(lambda x: 1 if x == "home" else 2, na_action="ignore").fillna(0)
        expected = np.zeros((4, 3))
        np.add.at(expected, (age.to_numpy(int), lives.to_numpy(int)), 1)
        assert set(found) == {("1", pair) for pair in pairs}
        assert np.array_equal(found["1", ("age", "lives")], expected)
        assert found["1", ("lives", "married")].sum() == len(mine)


def test_what_memory_does_not_hold_at_once_is_counted_in_parts(reference: pd.DataFrame) -> None:
    """A database with room for one pair's groups, as 50 changed columns by 24 others need more."""
    source = open_source(reference)
    cells = {
        "age": Cells("age", limits=(20.0, 30.0)),
        "lives": Cells("lives", ("home",)),
        "married": Cells("married", (0.0, 1.0)),
    }
    pairs = [("age", "lives"), ("lives", "married"), ("age", "married")]
    whole = crossed(source, cells, pairs)

    class Small(Session):
        def columns(self, sql: str, progress: Progress | None = None) -> Columns:
            if sql.count("(w, c") > 2:  # GROUPING(…) names them too
                raise duckdb.OutOfMemoryException("no room")
            return super().columns(sql, progress)

    small = Small(source.session.connection)
    parts = crossed(replace(source, session=small), cells, pairs)
    assert set(parts) == set(whole)
    assert all(np.array_equal(parts[key], rows) for key, rows in whole.items())

    class Full(Session):
        def columns(self, sql: str, progress: Progress | None = None) -> Columns:
            raise duckdb.OutOfMemoryException("no room")

    with pytest.raises(SourceError, match="more groups than memory can hold"):
        crossed(replace(source, session=Full(source.session.connection)), cells, pairs)


@pytest.mark.parametrize("ordered", [False, True])
def test_no_segment_of_a_column_that_plays_no_part(ordered: bool) -> None:
    """The distance is the same with or without each: the claim that it is less is false."""
    rng, runs, false = np.random.default_rng(6), 150, 0
    p, q = np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.25, 0.3, 0.25, 0.2])
    mix = np.array([0.3, 0.3, 0.25, 0.15])
    inside = np.eye(4)
    classes = np.stack([inside, 1 - inside], axis=1)
    for _ in range(runs):
        a, b = (
            rng.multinomial(600, np.outer(one, mix).ravel()).reshape(4, 4).astype(float)
            for one in (p, q)
        )
        both = [by_mix(a, b, classes, ordered).p, left_out(a, b, inside, ordered).p]
        false += bool(holm(np.concatenate(both)).min() <= 0.05)
    assert false <= stats.binom.ppf(1 - 1e-4, runs, 0.05)
