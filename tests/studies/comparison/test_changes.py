"""What changed for whom: counts, the group that is hit, and no group where none is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import sextant as sx

AGE = {"age": {"column": "age", "bands": [65]}}


def test_worse_and_better_answers_are_counted(versions: pd.DataFrame) -> None:
    found = sx.compare(versions, a="old", b="new", label="y").comparison.changes
    right = {which: (versions[which] >= 0.5) == versions["y"] for which in ("old", "new")}
    assert found is not None
    assert found.overall.worse.value == (right["old"] & ~right["new"]).mean()
    assert found.overall.better.value == (~right["old"] & right["new"]).mean()


def test_the_group_that_is_hit_is_found(versions: pd.DataFrame) -> None:
    found = sx.compare(versions, a="old", b="new", label="y", segments=AGE).comparison.changes
    assert found is not None
    assert found.worse_hit is not None
    assert found.worse_hit.change.segment == (("age", "65 and over"),)
    assert found.worse_hit.rate.value > 1.5 * found.worse_hit.others.value
    assert found.worse_hit.part.low < found.worse_hit.change.of_worse.low
    assert found.worse_hit.most == (found.worse_hit.part.low > 0.5)


def test_most_is_only_said_where_it_is_shown() -> None:
    rng = np.random.default_rng(3)
    n = 4_000
    table = pd.DataFrame({"y": rng.integers(0, 2, n)})
    table["g"] = np.where(np.arange(n) < 800, "few", "x")
    table["old"] = np.where(rng.uniform(size=n) < 0.9, table["y"], 1 - table["y"]).astype(float)
    broken = (table["g"] == "few") & (rng.uniform(size=n) < 0.2)
    table["new"] = np.where(broken, 1 - table["y"], table["old"])
    found = sx.compare(table, a="old", b="new", label="y", segments=["g"])
    hit = found.comparison.changes.worse_hit
    assert hit is not None
    assert hit.most
    assert "Most of the worse answers are found where g is few" in " ".join(str(found).split())


@pytest.mark.slow
def test_chance_alone_seldom_points_at_a_group() -> None:
    """12 groups of random people, 200 times: Bonferroni keeps the false alarms at its level."""
    rng, alarms, runs = np.random.default_rng(4), 0, 60
    for _ in range(runs):
        n = 1_200
        table = pd.DataFrame({"y": rng.integers(0, 2, n), "g": rng.integers(0, 12, n).astype(str)})
        for which in ("old", "new"):
            table[which] = np.where(rng.uniform(size=n) < 0.85, table["y"], 1 - table["y"]) * 1.0
        found = sx.compare(table, a="old", b="new", label="y", segments=["g"]).comparison.changes
        alarms += (found.worse_hit is not None) + (found.better_hit is not None)
    assert alarms / runs <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / runs)


def test_without_labels_it_tells_whose_decision_changes(versions: pd.DataFrame) -> None:
    table = versions.assign(y=np.nan)
    found = sx.compare(table, a="old", b="new", label="y")
    changes = found.comparison.changes
    assert changes.kind == "decisions"
    assert changes.overall.better.value == ((table.old < 0.5) & (table.new >= 0.5)).mean()
    assert "newly flagged" in " ".join(str(found).split())


def test_of_numbers_it_counts_who_comes_nearer() -> None:
    rng = np.random.default_rng(5)
    truth = rng.normal(size=600)
    table = pd.DataFrame({"t": truth, "m": truth + rng.normal(size=600), "z": truth})
    found = sx.compare(table, a="m", b="z", label="t", task="regression")
    assert found.answer == "better"
    assert found.comparison.changes.overall.better.value == 1
    assert "nearer" in str(found)


def test_units_are_counted_by_unit(versions: pd.DataFrame) -> None:
    four = pd.concat([versions] * 4)
    rows, units = (
        sx.compare(four, a="old", b="new", label="y", **more).comparison.changes.overall.worse
        for more in ({}, {"unit": "id"})
    )
    assert rows.value == units.value
    assert units.high - units.low > 1.5 * (rows.high - rows.low)
