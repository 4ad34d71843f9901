"""Labels that a model contradicts: as cleanlab counts them, and as many as were made wrong."""

from __future__ import annotations

import numpy as np

from sextant.studies.probe.noise import confident


def test_as_many_as_were_flipped_where_the_classes_are_far_apart() -> None:
    rng = np.random.default_rng(3)
    true = rng.integers(0, 3, 6_000)
    chances = np.full((6_000, 3), 0.05)
    chances[np.arange(6_000), true] = 0.9
    label = np.where(rng.random(6_000) < 0.1, (true + 1) % 3, true)
    found = confident(label, chances, 0.05)
    assert found is not None
    assert found.share.value == (label != true).mean()
    assert int(found.doubtful.sum()) == int((label != true).sum())


def test_the_joint_is_that_of_cleanlab() -> None:
    """cleanlab 2.9.0: `count.compute_confident_joint(y, p, calibrate=False)` of these rows."""
    rng = np.random.default_rng(11)
    y = rng.integers(0, 3, 400)
    p = rng.dirichlet((1.0, 1.0, 1.0), 400)
    p[np.arange(400), y] += 0.6
    p /= p.sum(axis=1, keepdims=True)
    found = confident(y, p, 0.05)
    assert found is not None
    assert found.joint.tolist() == CLEANLAB


CLEANLAB = [[68, 0, 2], [1, 60, 0], [2, 0, 61]]


def test_a_class_that_never_comes_says_nothing() -> None:
    assert confident(np.array([0, 0]), np.array([[0.9, 0.1], [0.8, 0.2]]), 0.05) is None
