"""The tables of a point: columns of known distributions, the same for every method."""

from __future__ import annotations

import math
import zlib

import numpy as np
import pyarrow as pa
from benchmarks.honesty.points import RANKED, Point
from scipy import optimize, stats

MIXED = ("10 values", "normal", "20 values, as 1/rank", "lognormal, sigma 2", "2 values")
LOOK = "look"
"""The column that says which window a current row belongs to."""


def seeded(point: Point, batch: int, seed: int) -> np.random.Generator:
    """A generator of the batch alone, whichever batches were run before."""
    return np.random.default_rng([seed, batch, zlib.crc32(point.key.encode())])


def tables(point: Point, batch: int, seed: int) -> tuple[pa.Table, pa.Table]:
    """The reference, and the current rows of all looks with the column `look`."""
    rng = seeded(point, batch, seed)
    shapes = [
        MIXED[at % len(MIXED)] if point.shape == "mixed" else point.shape
        for at in range(point.columns)
    ]
    before = {f"c{at}": column(rng, one, point.reference) for at, one in enumerate(shapes)}
    rows = point.current * point.looks
    after = {}
    for at, one in enumerate(shapes):
        moves = point.change and (at == 0 or not point.together)
        change = point.change if moves else 0.0
        after[f"c{at}"] = column(rng, one, rows, change, point.how)
    look = pa.array(np.repeat(np.arange(point.looks), point.current))
    return pa.table(before), pa.table(after | {LOOK: look})


def column(
    rng: np.random.Generator, shape: str, n: int, change: float = 0.0, how: str = "place"
) -> pa.Array:
    """`n` draws; `change`: Kolmogorov's distance of numbers, of values half the absolute one."""
    if "values" in shape:
        count = int(shape.split(maxsplit=1)[0])
        names = pa.array([f"v{at:02}" for at in range(count)])
        codes = rng.choice(count, n, p=shares(shape, change)).astype(np.int8)
        return pa.DictionaryArray.from_arrays(codes, names).cast(pa.string())
    if how == "spread":
        return pa.array(rng.normal(0, wider(change), n))
    if shape == "Cauchy":
        return pa.array(rng.standard_cauchy(n) + 2 * math.tan(math.pi * change / 2))
    moved = rng.normal(2 * stats.norm.ppf((1 + change) / 2), 1, n)
    return pa.array(np.exp(2 * moved) if shape.startswith("lognormal") else moved)


def shares(shape: str, change: float) -> np.ndarray:
    """Of each value, shape [K]; with a change the first half is as much fuller as it says."""
    count = int(shape.split(maxsplit=1)[0])
    p = 1 / np.arange(1, count + 1) if shape == RANKED else np.ones(count)
    p = p / p.sum()
    half = np.arange(count) >= count // 2
    moved = np.where(half, p * (1 + change / p[half].sum()), p * (1 - change / p[~half].sum()))
    found: np.ndarray = moved
    return found


def wider(change: float) -> float:
    """How many times as wide a normal is that lies so far from the standard one."""

    def gap(times: float) -> float:
        at = math.sqrt(2 * math.log(times) / (1 - 1 / times**2))
        return float(stats.norm.cdf(at) - stats.norm.cdf(at / times)) - change

    return float(optimize.brentq(gap, 1.0001, 50)) if change else 1.0
