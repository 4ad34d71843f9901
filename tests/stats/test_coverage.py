"""Do the intervals hold? The short, seeded form of `python -m benchmarks.coverage`.

`above`: the whole interval lies above the truth, a false *met* of >= at the bound. Families that
are exact keep 0.025 a side at any n. The others keep 0.055 on both sides together, 0.035 on
one (normally 0.025: see benchmarks/results/coverage.md), with three standard errors of noise.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np
import pytest
from benchmarks.coverage import (
    calibration,
    exact,
    looks,
    multiclass,
    paired_rankings,
    ranking,
    regression,
    rows,
    scores,
    units,
)
from benchmarks.coverage.record import Record
from scipy import stats

from sextant.stats.estimate import Level
from sextant.stats.fscore import fbeta
from sextant.stats.rate import rate
from sextant.stats.weighted import balanced_accuracy, cost

pytestmark = pytest.mark.slow
ONE_SIDE = 0.035
BOTH_SIDES = 0.055


def rng() -> np.random.Generator:
    return np.random.default_rng(2024)


def assert_holds(records: Iterable[Record]) -> None:
    """Every case within the tolerance, and the family as a whole at its nominal level."""
    found = list(records)
    assert found
    for r in found:
        noise = r.noise(ONE_SIDE)
        assert max(r.above, r.below) <= ONE_SIDE + noise, r
        assert r.two_sided <= BOTH_SIDES + r.noise(BOTH_SIDES), r
    above = sum(r.above for r in found) / len(found)
    below = sum(r.below for r in found) / len(found)
    runs = sum(r.runs for r in found)
    assert above + below <= 0.05 + 3 * (0.05 * 0.95 / runs) ** 0.5


@pytest.mark.parametrize("family", [exact.rates, exact.frictions, exact.f1_scores, exact.quantiles])
def test_exact_families_never_exceed_their_level(family: object) -> None:
    for r in family():  # type: ignore[operator]
        nominal = 0.005 if r.case.startswith("99%") else 0.025
        assert r.above <= nominal + 1e-9, r
        assert r.below <= nominal + 1e-9, r


def test_cells() -> None:
    assert_holds(rows.cells(rng(), 400, (50, 500)))


def test_auc() -> None:
    assert_holds(rows.aucs(rng(), 100, ((15, 15), (50, 50), (20, 200))))


def test_mean() -> None:
    found = list(rows.means(rng(), 500, (50, 200, 1000)))
    assert_holds(found)
    assert all(r.open == 0 for r in found if "0/1" not in r.case)


def test_ratio_of_means() -> None:
    assert_holds(rows.ratios(rng(), 500, (300,)))


def test_average_precision() -> None:
    assert_holds(scores.average_precisions(rng(), 100, (30, 300, 3000)))


def test_calibration_errors() -> None:
    assert_holds(scores.calibration_errors(rng(), 200, (30, 300, 3000)))
    assert_holds(scores.calibration_errors(rng(), 60, (300, 3000), units=120))


def test_calibration_in_the_large_and_slope() -> None:
    """At n 30 nothing is claimed, and of a slope little at 100."""
    found = list(calibration.calibrations(rng(), 60, (30, 100, 300, 3000)))
    assert all(r.open == 1 for r in found if r.size == 30)
    assert all(r.open == 0 for r in found if r.size == 3000 and "0.5, 9" not in r.case)
    assert_holds(r for r in found if r.open < 1)


def test_macro_recall() -> None:
    """Of many classes that are mostly right the short sides of their rates are too short."""
    found = list(multiclass.recalls(rng(), 1000, (30, 300, 3000)))
    assert_holds(found)
    assert max(r.below for r in found) <= 0.025 + found[0].noise(0.025)


def test_means_over_classes() -> None:
    assert_holds(multiclass.means(rng(), 400, (30, 300, 3000)))
    assert_holds(multiclass.means_by_unit(rng(), 100, (60, 256)))


def test_rankings() -> None:
    """At 30 users nothing is claimed."""
    found = list(ranking.rankings(rng(), 100, (30, 300, 3000)))
    means = [r for r in found if not r.family.endswith("hit")]
    assert all(r.open == (r.size == 30) for r in means)
    assert_holds(r for r in found if r.open < 1)


def test_differences_of_rankings() -> None:
    """At 30 users only hit rates have limits, which are exact ones."""
    found = list(paired_rankings.differences(rng(), 90, (30, 300, 3000)))
    means = [r for r in found if not r.family.endswith("hit")]
    assert all(r.open == 1 for r in means if r.size == 30)
    assert all(r.open < 0.05 for r in means if r.size == 300)
    assert_holds(r for r in found if r.open < 1)


def test_coverage_of_catalogues() -> None:
    """Proven limits: at every size within the level, case by case, and something is claimed."""
    found = list(ranking.coverages(rng(), 60, (30, 300, 3000)))
    assert_holds(found)
    assert all(r.open == 0 for r in found)
    assert min(r.width for r in found) < 0.05


def test_errors_of_regression() -> None:
    """At n 30 nothing is claimed; from 300 on the level holds."""
    found = list(regression.errors(rng(), 150, (30, 300, 3000)))
    assert all(r.open == 1 for r in found if r.case.endswith("n 30"))
    assert all(r.open < 0.1 for r in found if r.case.endswith("n 3000") and "σ 1" not in r.case)
    assert_holds(r for r in found if r.open < 1)


def test_fits_by_unit() -> None:
    assert_holds(regression.fits_by_unit(rng(), 300, (60, 256)))


def test_groups() -> None:
    assert_holds(rows.groups(rng(), 500))


def test_rate_by_unit() -> None:
    assert_holds(units.rates(rng(), 150, (8, 15, 60, 256)))


def test_cells_by_unit() -> None:
    assert_holds(units.cells(rng(), 100, (15, 60)))


def test_auc_by_unit() -> None:
    assert_holds(units.aucs(rng(), 100, (15, 60)))


def test_mean_by_unit() -> None:
    assert_holds(units.means(rng(), 200, (60, 256)))


def followed() -> Iterator[Record]:
    """Rates more often than the asymptotic families, which are slower."""
    generator = rng()
    yield from (looks.run(case, 50) for case in looks.rates(generator, (50, 200)))
    others = chain(
        looks.aucs(generator, (400,)),
        looks.means(generator, (60, 400)),
        looks.cells(generator, (100,)),
        looks.groups(generator, (300,)),
    )
    yield from (looks.run(case, 15) for case in others)


def test_following_what_is_needed_for_ten_looks() -> None:
    """With the truth on the bound: false met at most 2.5 %, false missed alike."""
    found = list(followed())
    runs = sum(r.runs for r in found)
    for share in (
        sum(r.above * r.runs for r in found) / runs,
        sum(r.below * r.runs for r in found) / runs,
    ):
        assert share <= 0.025 + 3 * (0.025 * 0.975 / runs) ** 0.5


def test_power_of_rates() -> None:
    """Truth 0.1 above the bound, n 600: recall, precision and accuracy are met in >= 80 %."""
    for bound, met in exact.power():
        assert met >= 0.8, bound


def test_widths_against_the_best_valid_method() -> None:
    """At most 1.25 times the normal interval of the same estimate, which is too narrow."""
    z = stats.norm.ppf(0.975)
    level = Level()
    for p in (0.5, 0.8, 0.95):
        found = rate(600 * p, 600, level)
        assert found.high - found.low < 1.25 * 2 * z * (p * (1 - p) / 600) ** 0.5
    cells = np.array([160.0, 40, 40, 360])
    share = cells / cells.sum()
    prices = np.array([0.0, 1.0, 10.0, 0.0])
    spread = (share @ prices**2 - (share @ prices) ** 2) ** 0.5
    found = cost(*cells, tuple(prices), level)  # type: ignore[arg-type]
    assert found.high - found.low < 1.25 * 2 * z * spread / 600**0.5
    middle = balanced_accuracy(*cells, level)
    error = (0.8 * 0.2 / 200 / 4 + 0.9 * 0.1 / 400 / 4) ** 0.5
    assert middle.high - middle.low < 1.25 * 2 * z * error
    drawn = np.random.default_rng(1).multinomial(600, share, 4000).astype(float)
    values = 5 * drawn[:, 0] / (5 * drawn[:, 0] + 4 * drawn[:, 2] + drawn[:, 1])
    found = fbeta(*cells, 2.0, level)
    assert found.high - found.low < 1.25 * 2 * z * values.std()


def test_simulations_are_seeded() -> None:
    """The same seed gives the same records."""
    first, second = (list(chain(rows.groups(rng(), 20))) for _ in range(2))
    assert first == second
