"""Recalibrations equal those of scikit-learn and statsmodels; their gain is of unseen rows."""

from __future__ import annotations

import runpy
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import special
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import brier_score_loss, log_loss

import sextant as sx
from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.stats.estimate import Level
from sextant.studies.calibration.calibrating import choose
from sextant.studies.calibration.fitting import METHODS, fit
from sextant.studies.calibration.gains import gain
from sextant.studies.calibration.mapping import Mapping


@pytest.fixture(scope="module")
def state(scored: pd.DataFrame) -> ScoreCounts:
    return ScoreCounts.of(scored["p"], scored["y"].astype(float), per_octave=65_536)


def test_isotonic_is_that_of_scikit_learn(scored: pd.DataFrame, state: ScoreCounts) -> None:
    found = fit("isotonic", state)
    assert found
    edge = 1 / (len(scored) + 2)
    other = IsotonicRegression(y_min=edge, y_max=1 - edge, out_of_bounds="clip")
    other.fit(scored["p"], scored["y"])
    grid = np.linspace(0, 1, 501)
    assert found(grid) == pytest.approx(other.predict(grid), abs=2e-3)


def test_platt_and_beta_are_those_of_statsmodels(scored: pd.DataFrame, state: ScoreCounts) -> None:
    p, y = scored["p"].to_numpy(), scored["y"].to_numpy()
    high, low = (y.sum() + 1) / (y.sum() + 2), 1 / ((1 - y).sum() + 2)
    target = np.where(y == 1, high, low)
    for method, columns in (
        ("platt", [special.logit(p)]),
        ("beta", [np.log(p), -np.log1p(-p)]),
    ):
        x = np.column_stack([*columns, np.ones(p.size)])
        other = sm.GLM(target, x, family=sm.families.Binomial()).fit().params
        found = fit(method, state)  # type: ignore[arg-type]
        assert found
        assert found.numbers == pytest.approx(other, abs=2e-3)


def test_beta_drops_a_shape_below_nought() -> None:
    rng = np.random.default_rng(0)
    p = rng.uniform(0.01, 0.99, 5_000)
    state = ScoreCounts.of(p, (rng.random(p.size) < 1 - p).astype(float))
    found = fit("beta", state)
    assert found
    assert found.numbers[:2] == (0.0, 0.0)


def test_before_and_after_are_those_of_scikit_learn(scored: pd.DataFrame) -> None:
    found = sx.calibration(scored, label="y", score="p", fit_on=("split", "train"))
    held = scored[scored["split"] == "test"]
    best = found.record["recalibration"]["best"]
    new = found.mapping(held["p"])
    for which, score in (("before", held["p"]), ("after", new)):
        assert best["log_loss"][which] == pytest.approx(log_loss(held["y"], score), abs=1e-4)
        assert best["brier"][which] == pytest.approx(brier_score_loss(held["y"], score), abs=1e-4)
    assert best["log_loss"]["n"] == len(held)
    assert found.mapping.rows == len(scored) - len(held)


def test_the_gain_is_paired_and_found_where_there_is_one(scored: pd.DataFrame) -> None:
    found = sx.calibration(scored, label="y", score="p", segments=["sex"])
    told = found.record["recalibration"]
    assert told["told"] == "helps"
    loss = told["best"]["log_loss"]
    assert loss["low"] > 0
    assert loss["high"] - loss["low"] < 0.05  # of the rows' own differences, not of two losses
    assert "Recalibrating helps" in found.record["gain"]
    assert any("better" in one and "men" in one for one in told["sentences"])
    groups = {one["name"]: one["log_loss"] for one in told["groups"]}
    assert groups["men"]["low"] > 0
    assert groups["women"]["gain"] < groups["men"]["gain"]


def test_perfect_scores_are_left_alone() -> None:
    rng = np.random.default_rng(8)
    p = rng.uniform(0.05, 0.95, 5_000)
    found = sx.calibration(
        pd.DataFrame({"p": p, "y": (rng.random(p.size) < p).astype(int)}), label="y", score="p"
    )
    assert found.record["recalibration"]["told"] != "helps"
    assert "Leave" in found.record["gain"]


def test_gains_cover_that_of_their_mappings() -> None:
    rng = np.random.default_rng(11)
    many = rng.beta(1, 3, 100_000).clip(1e-4, 1 - 1e-4)

    def due(s: np.ndarray) -> np.ndarray:
        return np.asarray(special.expit(0.8 * special.logit(s)))

    def loss(s: np.ndarray) -> np.ndarray:
        return -(due(many) * np.log(s) + (1 - due(many)) * np.log1p(-s))

    wrong = np.zeros(2)
    runs = 150
    for _ in range(runs):
        p = rng.beta(1, 3, 1_000).clip(1e-4, 1 - 1e-4)
        y = (rng.random(p.size) < due(p)).astype(float)
        part = rng.integers(0, 10, p.size)
        folds = {str(f): Cell(ScoreCounts.of(p[part == f], y[part == f])) for f in range(5)}
        mapping = choose(folds, sorted(folds))
        truth = float((loss(many) - loss(mapping(many))).mean())
        held = Cell(ScoreCounts.of(p[part >= 5], y[part >= 5]))
        found = gain(held, mapping, Level()).log_loss[2]
        wrong += (found.low > truth + 1e-9, found.high < truth - 1e-9)
    assert (wrong <= 0.025 * runs + 3 * (0.025 * 0.975 * runs) ** 0.5).all()


def test_time_teaches_and_tests(scored: pd.DataFrame) -> None:
    found = sx.calibration(scored, label="y", score="p", time="day", since="2024-05-01")
    held = (scored["day"] >= "2024-05-01").sum()
    assert found.record["recalibration"]["held"] == held


def test_units_stay_together(scored: pd.DataFrame) -> None:
    """Copies of a row that teach and test apart look as if something were learnt from them."""
    rng = np.random.default_rng(2)
    rows = pd.DataFrame({"p": rng.uniform(0.1, 0.9, 300), "user": np.arange(300)})
    rows["y"] = rng.integers(0, 2, 300)
    copies = pd.concat([rows] * 20)
    apart, together = (
        sx.calibration(copies, label="y", score="p", unit=unit).record["recalibration"]["methods"][
            0
        ]
        for unit in (None, "user")
    )
    assert apart["method"] == together["method"] == "isotonic"
    assert together["log_loss"]["after"] > 0.68
    assert apart["log_loss"]["after"] < together["log_loss"]["after"]


def test_equal_rows_are_parted_by_chance_alone() -> None:
    """Few scores: the rows of one score and label must not all teach, or all test."""
    rng = np.random.default_rng(4)
    rows = pd.DataFrame({"p": rng.choice([0.2, 0.5, 0.8], 9_000)})
    rows["y"] = (rng.random(9_000) < rows["p"]).astype(int)
    found, again = (
        sx.calibration(table, label="y", score="p").record
        for table in (rows, rows.sample(frac=1, random_state=1))
    )
    assert 4_200 < found["recalibration"]["held"] < 4_800
    assert found["recalibration"]["best"] == again["recalibration"]["best"]  # whatever the order
    loss = found["recalibration"]["methods"][0]["log_loss"]
    assert abs(loss["gain"]) < 0.005


def test_too_few_rows_say_what_it_takes() -> None:
    rng = np.random.default_rng(2)
    rows = pd.DataFrame({"p": rng.uniform(0.1, 0.9, 120), "y": rng.integers(0, 2, 120)})
    found = sx.calibration(rows, label="y", score="p")
    assert "it takes 100 labelled rows to fit on" in found.record["gain"]
    with pytest.raises(ValueError, match="Nothing could be fitted"):
        found.mapping  # noqa: B018


@pytest.mark.parametrize("method", METHODS)
def test_an_exported_function_is_the_mapping(
    method: str, state: ScoreCounts, tmp_path: Path
) -> None:
    found = fit(method, state)  # type: ignore[arg-type]
    assert found
    path = tmp_path / "recalibrate.py"
    path.write_text(found.as_python('about "this" \\'), encoding="utf-8")
    function = runpy.run_path(str(path))["recalibrate"]
    grid = np.linspace(0, 1, 101)
    assert [function(float(s)) for s in grid] == pytest.approx(found(grid), abs=1e-12)
    assert Mapping.from_dict(found.as_dict()) == found
