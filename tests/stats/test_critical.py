"""Quantiles, and the always-valid multiplier."""

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from sextant.stats.critical import critical, evidence_pieces, later_obstacle, multiplier, student
from sextant.stats.estimate import Level


def test_multiplier_check_values() -> None:
    """formulas.md: N* 5,000 (Waudby-Smith et al., arXiv 2103.06476)."""
    found = [multiplier(n, Level(0.05, 5_000)) for n in (100, 1_000, 5_000, 200_000)]
    assert found == pytest.approx([6.694, 3.364, 3.035, 3.434], abs=1e-3)


def test_multiplier_is_smallest_in_units_of_width_near_its_tuning() -> None:
    """The half-width sqrt(1/n) times the multiplier shrinks with n throughout."""
    n = np.geomspace(10, 1e7, 60)
    widths = [multiplier(x, Level(0.05, 500)) / math.sqrt(x) for x in n]
    assert all(a > b for a, b in pairwise(widths))


def test_student_quantiles() -> None:
    assert student(10, 0.05) == pytest.approx(stats.t.ppf(0.975, 9))
    assert student(0.3, 0.05) == pytest.approx(stats.t.ppf(0.975, 1))
    assert student(math.inf, 0.05) == pytest.approx(stats.norm.ppf(0.975))


def test_critical_is_student_once_and_raised_later() -> None:
    assert critical(100, 40, Level()) == pytest.approx(stats.t.ppf(0.975, 39))
    later = critical(100, math.inf, Level(0.05, 100))
    assert later == pytest.approx(multiplier(100, Level(0.05, 100)))


def test_evidence_pieces() -> None:
    assert evidence_pieces(np.array([1.0, -1, 1, -1])) == pytest.approx(4)
    assert evidence_pieces(np.array([5.0, 0, 0])) == pytest.approx(1)
    assert evidence_pieces(np.array([2.0]), np.array([7.0])) == pytest.approx(7)
    assert evidence_pieces(np.zeros(3)) == math.inf


def test_later_looks_need_units_and_outcomes() -> None:
    later = Level(0.05, 100)
    assert later_obstacle(Level(), 3, 0) == ""
    assert "200" in later_obstacle(later, 199, 50, 50)
    assert "10" in later_obstacle(later, 200, 9, 191)
    assert later_obstacle(later, 200, 10, 190) == ""


def test_the_multiplier_needs_a_tuning() -> None:
    with pytest.raises(ValueError, match="looked at once"):
        multiplier(10, Level())
