"""Differences of precision and F1: the interval holds, and does not close on few differences."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sextant.metrics.paired.catalogue import PAIRED
from sextant.metrics.tally import Cell
from sextant.states.agreement import Agreement
from sextant.stats.estimate import Estimate, Level

Difference = Callable[[np.ndarray], Estimate]


def difference(name: str) -> Difference:
    def of(cells: np.ndarray) -> Estimate:
        counts = np.concatenate([cells.reshape(2, 2, 2), np.zeros((1, 2, 2))])
        cell = Cell(Agreement(counts), None, float(cells.sum()), float(cells.sum()))
        return PAIRED[name].difference((cell,), {"threshold": None, "beta": 2.0}, Level())

    return of


def model(differ: float, tilt: float, prevalence: float = 0.3) -> np.ndarray:
    """Probabilities [label, a, b]: B turns a decision of A round, wrong ones `tilt` as often."""
    p = np.zeros((2, 2, 2))
    for label, share, flagged in ((0, 1 - prevalence, 0.1), (1, prevalence, 0.75)):
        for a, q in ((0, 1 - flagged), (1, flagged)):
            turned = differ * (tilt if a != label else 2 - tilt)
            p[label, a, 1 - a], p[label, a, a] = share * q * turned, share * q * (1 - turned)
    return p


def truth(name: str, p: np.ndarray) -> float:
    values = []
    for axis in (2, 1):
        (_, fp), (fn, tp) = p.sum(axis=axis)
        beta = {"precision": 0.0, "f1": 1.0, "fbeta": 2.0}[name] ** 2
        values.append((1 + beta) * tp / ((1 + beta) * tp + beta * fn + fp))
    return values[1] - values[0]


@pytest.mark.parametrize("name", ["precision", "f1", "fbeta"])
@pytest.mark.parametrize("n", [30, 300, 3000])
@pytest.mark.parametrize(("differ", "tilt"), [(0.01, 1.0), (0.05, 1.8), (0.2, 1.0)])
@pytest.mark.slow
def test_the_interval_covers(name: str, n: int, differ: float, tilt: float) -> None:
    p, of, runs = model(differ, tilt), difference(name), 800
    draws = np.random.default_rng(n).multinomial(n, p.ravel(), runs).astype(float)
    found = [one for one in map(of, draws) if one.value is not None]
    missed = np.array([(one.low > truth(name, p), one.high < truth(name, p)) for one in found])
    allowed = 0.035 + 3 * np.sqrt(0.035 * 0.965 / runs)
    assert (missed.mean(axis=0) <= allowed).all()


def test_the_value_is_the_difference_of_both() -> None:
    cells = np.array([[[500, 20], [10, 40]], [[30, 25], [15, 160]]], dtype=float)
    tp, flagged = (160 + 25, 160 + 15), (160 + 25 + 20 + 40, 160 + 15 + 10 + 40)
    found = difference("precision")(cells)
    assert found.value == pytest.approx(tp[0] / flagged[0] - tp[1] / flagged[1])
    assert found.n == 500 - 500 + 20 + 10 + 40 + 25 + 15 + 160


def test_few_differences_do_not_close_the_interval() -> None:
    cells = np.array([[[500, 0], [1, 40]], [[30, 0], [0, 160]]], dtype=float)
    found = difference("precision")(cells)
    assert found.low < 0 < found.high
    assert found.high - found.low > 0.01


def test_nobody_flagged_is_undefined_with_its_reason() -> None:
    cells = np.array([[[50, 0], [0, 0]], [[30, 0], [0, 0]]], dtype=float)
    assert difference("precision")(cells).reason == "no flagged row with a label"
