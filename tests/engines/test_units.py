"""Dependent rows: one state per stable bucket of the unit, the same in every file."""

from __future__ import annotations

from hashlib import md5

import numpy as np
import pandas as pd
import pytest

from sextant.metrics.requests import Distribution, Flag, Scores, Values
from sextant.states.moments import Moments
from sextant.states.scores import ScoreCounts


def bucket(unit: object) -> int:
    """The first byte of the MD5 of the unit's name."""
    return md5(str(unit).encode(), usedforsecurity=False).digest()[0]


def test_the_bucket_of_a_unit_never_changes() -> None:
    """Computed with `printf %s NAME | md5sum | cut -c1-2`."""
    assert [bucket(one) for one in ("17", "household-4", "é")] == [0x70, 0x58, 0x66]


@pytest.mark.parametrize(
    "units",
    [
        [17, 17, 4_000_000_000_000],
        ["household-4", "é", "17"],
        pd.array([17, 18, 19], dtype="Int64"),
        np.array([17.0, 18.0, 19.5]),
    ],
)
def test_rows_fall_into_the_bucket_of_their_unit(count, units) -> None:
    table = pd.DataFrame({"v": [1.0, 2.0, 3.0], "u": units})
    found = count(table, "mean(v) >= 0", unit="u", label=None, score=None)
    cell = found.cells[()][Values("v")][()]
    names = [str(one).removesuffix(".0") for one in table["u"]]
    expected = pd.Series(table["v"].to_numpy()).groupby([bucket(one) for one in names]).sum()
    assert {at: part.n * part.mean for at, part in cell.by_unit.parts} == expected.to_dict()


def test_states_per_bucket(count, rows: pd.DataFrame) -> None:
    found = count(
        rows,
        "recall(threshold=0.7) >= 0.1",
        "mean(skewed) >= 0",
        "quantile(few, q=0.5) <= 1",
        "rate(flag) >= 0.1",
        unit="unit",
    ).cells[()]
    for at, part in rows.groupby(rows["unit"].map(bucket)):
        scores = dict(found[Scores((0.7,))][()].by_unit.parts)[at]
        assert scores == ScoreCounts.of(part["p"], part["y"], (0.7,), per_octave=32)
        moments = dict(found[Values("skewed")][()].by_unit.parts)[at]
        assert moments.m2 == pytest.approx(Moments.of(part["skewed"].dropna()).m2)
        values = dict(found[Distribution("few", (1.0,))][()].by_unit.parts)[at]
        assert values.total == len(part)
        flags = dict(found[Flag("true", "flag")][()].by_unit.parts)[at]
        assert flags.get("yes") == part["flag"].fillna(False).sum()


def test_the_whole_of_scores_is_fine_although_its_buckets_are_coarse(count, rows) -> None:
    cell = count(rows, "auc >= 0.1", unit="unit").cells[()][Scores()][()]
    assert cell.whole == ScoreCounts.of(rows["p"], rows["y"])
    assert cell.by_unit.total() == cell.whole.coarser(32)
