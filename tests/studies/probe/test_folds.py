"""How rows are parted: units whole, the past before the future, every class in every part."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sextant.engines.errors import SourceError
from sextant.studies.probe.folds import folds_of
from sextant.studies.probe.rows import Rows

Y = np.array([0, 0, 0, 1] * 60)
ROWS = Rows("binary", Y, ("no", "yes"), {"x": np.arange(240.0)}, {}, {})


def test_by_chance_every_row_tests_once_and_classes_are_spread() -> None:
    folds = folds_of(ROWS, 5, 0)
    assert np.array_equal(folds.tested, np.arange(240))
    assert [int(Y[test].sum()) for _, test in folds.parts] == [12] * 5
    assert all(not set(teach) & set(test) for teach, test in folds.parts)
    assert folds.together is None


def test_a_unit_is_never_parted() -> None:
    unit = np.repeat(np.arange(24), 10)
    folds = folds_of(replace(ROWS, unit=unit), 5, 0)
    assert np.array_equal(folds.tested, np.arange(240))
    assert all(not set(unit[teach]) & set(unit[test]) for teach, test in folds.parts)


def test_the_past_teaches_and_moments_stay_whole() -> None:
    time = np.repeat(np.arange(80.0), 3)
    folds = folds_of(replace(ROWS, time=time), 5, 0)
    assert all(time[teach].max() < time[test].min() for teach, test in folds.parts)
    assert folds.tested.size == 240 - folds.parts[0][0].size
    assert folds.together is not None


def test_one_unit_and_one_moment_are_refused() -> None:
    with pytest.raises(SourceError, match="one unit"):
        folds_of(replace(ROWS, unit=np.zeros(240, dtype=int)), 5, 0)
    with pytest.raises(SourceError, match="one moment"):
        folds_of(replace(ROWS, time=np.zeros(240)), 5, 0)
