"""The fallback band: what is automatic, both guarantees, and that they hold on other rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import sextant as sx
from sextant.contracts.model import Costs
from sextant.stats.rate import clopper_pearson
from sextant.studies.thresholds.asked import Setting
from sextant.studies.thresholds.cuts import Cuts
from sextant.studies.thresholds.fallback import fallback

SIZE = 100
X = (np.arange(SIZE) + 0.5) / SIZE
TRUTH = 1 / (1 + np.exp(-9 * (X - 0.5)))
SETTING = Setting(Costs(false_positive=1, false_negative=1), False, 0.5, automated_error=0.05)


def drawn(rng: np.random.Generator, n: int) -> Cuts:
    rows = rng.multinomial(n, np.full(SIZE, 1 / SIZE))
    pos = rng.binomial(rows, TRUTH).astype(float)
    edges = np.linspace(0, 1, SIZE + 1)
    return Cuts((0.5,), edges[:-1] + 1e-9, edges[1:] - 1e-9, pos, rows - pos, np.zeros(SIZE))


def test_a_band_is_counted_on_the_rows(rows: pd.DataFrame) -> None:
    found = sx.thresholds(
        rows, score="p", label="y", band=(0.2, 0.7), costs={"false_negative": 10,
        "false_positive": 4}, review=2,
    ).exploration.fallback.asked  # fmt: skip
    assert found is not None
    y, p = rows["y"] == 1, rows["p"]
    automatic = (p < 0.2) | (p >= 0.7)
    wrong = ((p < 0.2) & y) | ((p >= 0.7) & ~y)
    assert found.automated.value == pytest.approx(automatic.mean())
    assert found.error.value == pytest.approx(wrong.sum() / automatic.sum())
    assert found.people.value == pytest.approx(1 - automatic.mean())
    assert found.cost is not None
    outside = 10 * ((p < 0.2) & y) + 4 * ((p >= 0.7) & ~y)
    assert found.cost.people == pytest.approx((outside + 2 * ~automatic).mean())
    assert found.cost.flag == pytest.approx((outside + 4 * (~automatic & ~y)).mean())


def test_both_bands_keep_their_bound_on_these_rows() -> None:
    bands = fallback(drawn(np.random.default_rng(1), 20_000), SETTING)
    assert bands.among is not None
    assert bands.average is not None
    assert bands.among.error.high <= 0.05
    assert bands.average.wrong.value <= 0.05
    assert bands.average.automated.value > bands.among.automated.value
    people = [one.people.value for one in bands.steps]
    assert people == sorted(people, reverse=True)


def test_conformal_risk_control_allows_49_of_1000() -> None:
    """n 1,000, a .05: at most floor((n + 1) a - 1) = 49 automated and wrong."""
    rng = np.random.default_rng(4)
    for _ in range(20):
        cuts = drawn(rng, 1_000)
        found = fallback(cuts, SETTING).average
        assert found is not None
        assert round(found.wrong.value * 1_000) <= 49


def test_too_few_rows_give_no_band() -> None:
    bands = fallback(drawn(np.random.default_rng(2), 40), SETTING)
    assert bands.among is None


def test_dependent_rows_have_no_average(rows: pd.DataFrame) -> None:
    found = sx.thresholds(rows, score="p", label="y", unit="user", automated_error=0.1)
    assert found.exploration.fallback.average is None
    said = found.to_dict()["fallback"]["sentences"]
    assert any("cannot be given" in one for one in said)


@pytest.mark.slow
def test_the_guarantees_hold_on_other_rows_as_often_as_stated() -> None:
    """Among automatic ones at most 5 % wrong in 97.5 of 100 bands; on average for the other."""
    rng = np.random.default_rng(7)
    runs, given, broken, loss = 500, 0, 0, []
    for _ in range(runs):
        cuts = drawn(rng, 2_000)
        bands = fallback(cuts, SETTING, 1)
        for name, band in (("among", bands.among), ("average", bands.average)):
            if band is None:
                continue
            low, high = cuts.index(band.low), cuts.index(band.high)
            wrong = (TRUTH[:low].sum() + (1 - TRUTH[high:]).sum()) / SIZE
            automatic = (low + SIZE - high) / SIZE
            if name == "among":
                given += 1
                broken += wrong > 0.05 * automatic + 1e-12
            else:
                loss.append(wrong)
    assert given > 0.9 * runs
    assert broken <= stats.binom.ppf(0.999, runs, 0.025)
    assert np.mean(loss) <= 0.05 + 3 * np.std(loss) / np.sqrt(runs)
    assert clopper_pearson(broken, runs, 0.05)[0] <= 0.025
