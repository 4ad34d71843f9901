"""Logistic regression on counted rows: a handful of coefficients, by Newton's method."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
STEPS = 100
CLOSE = 1e-10


def logistic_fit(x: Floats, k: Floats, n: Floats) -> Floats | None:
    """The coefficients b that maximise Σ k log μ + (n − k) log(1 − μ), μ = expit(x b).

    `x` has shape [rows, coefficients], k of n rows (fractions allowed) came true in each. Where
    columns of x are collinear the smallest of the best coefficients are taken. None where the
    likelihood has no maximum (x separates what came true from the rest) or is not reached.
    """
    b = np.zeros(x.shape[1])
    best = _likelihood(x, k, n, b)
    for _ in range(STEPS):
        mu = special.expit(x @ b)
        gradient = x.T @ (k - n * mu)
        curvature = x.T @ (x * (n * mu * (1 - mu))[:, None])
        if not np.isfinite(curvature).all():
            return None
        step = np.linalg.lstsq(curvature, gradient, rcond=1e-12)[0]
        size, found = 1.0, _likelihood(x, k, n, b + step)
        while not found >= best and size > 1e-6:
            size /= 2
            found = _likelihood(x, k, n, b + size * step)
        if abs(float(gradient @ step)) <= CLOSE * max(1.0, abs(best)):
            return np.asarray(b)
        b, best = b + size * step, max(best, found)
        if np.abs(b).max() > 1e6:
            return None
    return None


def _likelihood(x: Floats, k: Floats, n: Floats, b: Floats) -> float:
    t = x @ b
    return float(k @ special.log_expit(t) + (n - k) @ special.log_expit(-t))
