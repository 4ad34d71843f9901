"""The best rule of one column is the best there is, and is measured where it was not searched."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sextant.studies.probe.folds import folds_of
from sextant.studies.probe.onecolumn import best_rule, one_column, parts_of
from sextant.studies.probe.rows import Rows, coded
from sextant.words.probe.rules import rule_text


def rows(seed: int, signal: float = 1.0) -> Rows:
    rng = np.random.default_rng(seed)
    n = 300
    x, z = rng.integers(0, 12, n).astype(float), rng.normal(size=n)
    job = rng.choice(["a", "b", "c"], n).astype(object)
    y = (rng.random(n) < 0.3 + 0.4 * signal * (x >= 5)).astype(int)
    codes, names = coded(job, 50)
    return Rows("binary", y, ("no", "yes"), {"x": x, "z": z}, {"job": codes}, {"job": names})


def test_no_cut_of_any_column_is_more_often_right() -> None:
    for seed in range(5):
        held = rows(seed)
        found = best_rule(held, parts_of(held), np.arange(held.n), balanced=False)
        assert found is not None
        right = (found.said[found.column.place] == held.y).mean()
        best = max(
            max(((values >= cut) == held.y).mean(), ((values < cut) == held.y).mean())
            for values in (held.numbers["x"],)
            for cut in np.unique(values)
        )
        assert right >= best - 1e-12
        if found.column.name == "x":
            assert rule_text(found, held).startswith("yes where x is 5 or more, no below")


def test_a_search_of_noise_finds_nothing() -> None:
    """20 tables without any signal: where it was not searched, the rule is right half the time."""
    got = []
    for seed in range(20):
        held = rows(seed, signal=0)
        held = replace(held, y=np.random.default_rng(900 + seed).integers(0, 2, held.n))
        answer = one_column(held, folds_of(held, 5, seed), balanced=False)
        assert answer is not None
        got.append((answer[0].said == held.y).mean())
    assert abs(np.mean(got) - 0.5) < 0.02


def test_a_number_is_answered_by_the_medians_of_both_sides() -> None:
    rng = np.random.default_rng(1)
    x = rng.integers(0, 10, 200).astype(float)
    held = Rows("regression", np.where(x >= 6, 30.0, 12.0), (), {"x": x}, {}, {})
    found = one_column(held, folds_of(held, 5, 0), balanced=False)
    assert found is not None
    assert np.array_equal(found[0].said, held.y)
    assert rule_text(found[1], held) == "30 where x is 6 or more, 12 below"
