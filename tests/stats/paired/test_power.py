"""What the data could have shown: the difference that would be found in 80 of 100 tries."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from sextant.stats.estimate import Estimate, Level
from sextant.stats.paired.power import detectable, detectable_share


@pytest.mark.parametrize("m", [6, 20, 135, 1_000])
def test_the_sign_test_finds_it_in_80_of_100(m: int) -> None:
    difference = detectable_share(m, 1_000, Level())
    assert difference is not None
    theta = (difference * 1_000 / m + 1) / 2
    first = next(k for k in range(m + 1) if stats.binom.sf(k - 1, m, 0.5) <= 0.025)
    assert stats.binom.sf(first - 1, m, theta) == pytest.approx(0.8)


def test_five_different_rows_can_show_nothing() -> None:
    assert detectable_share(5, 1_000, Level()) is None
    assert detectable_share(0, 1_000, Level()) is None


def test_a_later_look_could_have_shown_less() -> None:
    first, later = (detectable_share(200, 5_000, level) for level in (Level(), Level(0.05, 5e3)))
    assert first is not None
    assert later is not None
    assert later > 1.2 * first


def test_half_an_interval_and_the_power_make_it_up() -> None:
    estimate = Estimate(0.0, -1.96, 1.96, 100, "")
    assert detectable(estimate, Level(), 100) == pytest.approx(1.96 + 0.8416, abs=1e-3)
    assert detectable(Estimate.undefined("no row"), Level(), 100) is None
    assert np.isfinite(detectable(estimate, Level(0.05, 100.0), 400) or np.inf)
