"""The verdict on scores: met where every bin is shown right, missed where one is shown off."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import sextant as sx
from sextant.metrics.reliability import bins_of
from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.stats.estimate import Level
from sextant.studies.calibration.curves import curves, judge, verdict


def table(n: int, shift: float = 0.0, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    p = rng.uniform(0.1, 0.9, n)
    return pd.DataFrame({"p": p, "y": (rng.random(n) < p - shift).astype(int)})


def test_scores_that_mean_what_they_say_are_met_with_rows_enough() -> None:
    assert sx.calibration(table(20_000), label="y", score="p").verdict == "met"


def test_scores_that_are_off_are_missed() -> None:
    found = sx.calibration(table(20_000, 0.09), label="y", score="p")
    assert found.verdict == "missed"
    assert "do not mean what they say" in found.record["headline"]


def test_few_rows_leave_it_open_and_say_how_many_would_tell() -> None:
    found = sx.calibration(table(600), label="y", score="p")
    assert found.verdict == "undecided"
    rows, way = found.calibration.whole.needed or (0, "")
    assert rows > 600
    assert way in found.record["headline"] or "would tell" in found.record["headline"]


def test_limits_are_those_of_clopper_and_pearson_at_the_level_of_all_bins() -> None:
    data = table(3_000)
    found = sx.calibration(data, label="y", score="p").calibration.whole
    for one in found.bins:
        mine = data[(data["p"] >= one.bin.low) & (data["p"] <= one.bin.high)]
        k, n, alpha = mine["y"].sum(), len(mine), 0.05 / len(found.bins)
        assert one.bin.mean == pytest.approx(mine["p"].mean(), abs=1e-3)
        low = stats.beta.ppf(alpha / 2, k, n - k + 1) if k else 0.0
        high = stats.beta.ppf(1 - alpha / 2, k + 1, n - k) if k < n else 1.0
        assert (one.share.low, one.share.high) == pytest.approx((low, high), abs=1e-9)


def test_the_joint_band_covers_and_verdicts_keep_their_level() -> None:
    """500 draws on the allowed edge: 5 points too high in every bin."""
    rng = np.random.default_rng(5)
    outside = met = missed = 0
    for _ in range(500):
        p = rng.uniform(0.1, 0.9, 2_000)
        q = p - 0.05
        cell = Cell(ScoreCounts.of(p, (rng.random(p.size) < q).astype(float)))
        bins = bins_of(cell)
        judged = judge(bins, 0.0501, Level(), len(bins))
        inside = [
            one.share.low <= q[(p >= one.bin.low) & (p <= one.bin.high)].mean() <= one.share.high
            for one in judged
        ]
        outside += not all(inside)
        met += verdict(judged) == "met"
        missed += verdict(judged) == "missed"
    assert outside <= 0.05 * 500 + 3 * (0.05 * 0.95 * 500) ** 0.5
    assert missed <= 0.05 * 500 + 3 * (0.05 * 0.95 * 500) ** 0.5
    assert met <= 0.025 * 500


def test_all_scores_equal_make_one_bin() -> None:
    data = pd.DataFrame({"p": np.full(2_000, 0.3), "y": np.arange(2_000) % 10 < 3})
    found = sx.calibration(data, label="y", score="p")
    assert len(found.calibration.whole.bins) == 1
    assert found.verdict == "met"
    assert found.calibration.whole.slope.reason.startswith("all scores are equal")
    assert found.mapping.method == "none"


def test_one_class_alone_is_judged_too() -> None:
    data = table(3_000).assign(y=0)
    found = sx.calibration(data, label={"column": "y", "positive": 1}, score="p")
    assert found.verdict == "missed"


def test_scores_of_nought_and_one_are_counted() -> None:
    data = table(3_000)
    data.loc[:200, "p"], data.loc[:100, "y"] = 0.0, 1
    found = sx.calibration(data, label="y", score="p")
    assert found.verdict == "missed"
    gained = found.record["recalibration"]["best"]
    assert "infinite" in gained["log_loss"]["reason"]
    assert gained["brier"]["gain"] is not None


def test_groups_share_the_error_and_the_one_that_is_off_is_named(scored: pd.DataFrame) -> None:
    found = sx.calibration(scored, label="y", score="p", segments=["sex"], within=0.1)
    groups = {one.segment[0][1]: one.verdict for one in found.calibration.groups}
    assert groups["men"] == "missed"
    assert groups["women"] != "missed"


def test_rows_of_a_unit_widen_the_band(scored: pd.DataFrame) -> None:
    doubled = pd.concat([scored] * 4, ignore_index=True)
    rows = sx.calibration(doubled, label="y", score="p").calibration.whole
    units = sx.calibration(doubled, label="y", score="p", unit="user").calibration.whole

    def width(curve: object) -> float:
        return sum(one.share.high - one.share.low for one in curve.bins)  # type: ignore[attr-defined]

    assert width(units) > 1.5 * width(rows)


def test_no_labelled_row_says_so() -> None:
    found = sx.calibration(
        table(100).assign(y=None), label={"column": "y", "positive": 1}, score="p"
    )
    assert found.verdict == "undecided"
    assert "labelled rows" in found.record["headline"]
    assert found.record["recalibration"] is None


def test_a_cell_without_edges_at_the_tenths_has_no_calibration_error() -> None:
    data = table(500)
    cell = Cell(ScoreCounts.of(data["p"], data["y"].astype(float)))
    (found,) = curves([((), cell)], 0.05, 10, Level())
    assert "no edges" in found.error.reason
