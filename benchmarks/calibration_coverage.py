"""Do the bands and the gains of a calibration study hold? Writes results/calibration_coverage.md.

Repeat: `python -m benchmarks.calibration_coverage`.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy import special

from sextant.metrics.reliability import bins_of
from sextant.metrics.tally import Cell
from sextant.states.scores import ScoreCounts
from sextant.stats.estimate import Level
from sextant.studies.calibration.calibrating import choose
from sextant.studies.calibration.curves import judge, verdict
from sextant.studies.calibration.gains import gain

RESULTS = Path(__file__).parent / "results" / "calibration_coverage.md"
WITHIN = 0.05
FOLDS = 5
Curve = Callable[[np.ndarray], np.ndarray]

CURVES: dict[str, Curve] = {
    "perfect": lambda p: p,
    "too extreme": lambda p: special.expit(0.7 * special.logit(p)),
    "too high": lambda p: p**1.3,
    "a bend": lambda p: np.where(p < 0.5, p, 0.5 + 0.7 * (p - 0.5)),
    "5 points too high": lambda p: np.maximum(p - WITHIN, 0.0),
}
SHAPES = {"even": (1.0, 1.0), "rare": (1.0, 9.0), "at the ends": (0.5, 0.5)}


def draw(rng: np.random.Generator, shape: str, n: int) -> np.ndarray:
    a, b = SHAPES[shape]
    return np.asarray(rng.beta(a, b, n).clip(1e-4, 1 - 1e-4))


def band(rng: np.random.Generator, runs: int, curve: str, shape: str, n: int) -> str:
    """How often one of the joint intervals misses its bin's truth, and wrong verdicts."""
    outside = met = missed = wrong_met = wrong_missed = 0
    width = 0.0
    for _ in range(runs):
        p = draw(rng, shape, n)
        q = CURVES[curve](p)
        y = (rng.random(n) < q).astype(float)
        cell = Cell(ScoreCounts.of(p, y))
        bins = bins_of(cell, 10)
        judged = judge(bins, WITHIN, Level(), len(bins))
        told = verdict(judged)
        misses, far, near = False, False, True
        for one in judged:
            mine = (p >= one.bin.low) & (p <= one.bin.high)
            truth, said = float(q[mine].mean()), float(p[mine].mean())
            misses |= not one.share.low <= truth <= one.share.high
            far |= abs(truth - said) > WITHIN + 1e-9
            near &= abs(truth - said) <= WITHIN + 1e-9
            width += (one.share.high - one.share.low) / len(judged)
        outside += misses
        met += told == "met"
        missed += told == "missed"
        wrong_met += far and told == "met"
        wrong_missed += near and told == "missed"
    shares = [outside, wrong_missed, wrong_met, missed, met]
    line = " | ".join(f"{one / runs:.4f}" for one in shares)
    return f"| {curve}, {shape}, n {n:,} | {line} | {width / runs:.3f} | {runs:,} |"


def gains(rng: np.random.Generator, runs: int, curve: str, shape: str, n: int) -> str:
    """How often the intervals of a gain miss that of the mappings it is about."""
    many = draw(rng, shape, 100_000)
    due = CURVES[curve](many)
    lost = {
        "log loss": lambda s: -(due * np.log(s) + (1 - due) * np.log1p(-s)),
        "Brier": lambda s: due * (1 - s) ** 2 + (1 - due) * s**2,
    }
    counts = {name: [0, 0] for name in lost}
    told = 0
    for _ in range(runs):
        p = draw(rng, shape, n)
        y = (rng.random(n) < CURVES[curve](p)).astype(float)
        part = rng.integers(0, 2 * FOLDS, n)
        folds = {str(f): Cell(ScoreCounts.of(p[part == f], y[part == f])) for f in range(FOLDS)}
        held = Cell(ScoreCounts.of(*(x[part >= FOLDS] for x in (p, y))))
        mapping = choose(folds, sorted(folds))
        found = gain(held, mapping, Level())
        new = np.asarray(mapping(many))
        for name, loss in lost.items():
            truth = float((loss(many) - loss(new)).mean())
            one = (found.log_loss if name == "log loss" else found.brier)[2]
            counts[name][0] += one.low > truth + 1e-9
            counts[name][1] += one.high < truth - 1e-9
        told += found.log_loss[2].assessable and found.log_loss[2].low > 0
    shares = " | ".join(f"{k / runs:.4f}" for pair in counts.values() for k in pair)
    return f"| {curve}, {shape}, n {n:,} | {shares} | {told / runs:.3f} | {runs:,} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    rng, started = np.random.default_rng(chosen.seed), time.monotonic()
    bands = [
        band(rng, chosen.runs, curve, shape, n)
        for curve in CURVES
        for shape in SHAPES
        for n in (300, 3_000, 30_000)
    ]
    print(f"{time.monotonic() - started:.0f} s  bands", flush=True)
    gained = [
        gains(rng, max(chosen.runs // 2, 1), curve, shape, n)
        for curve in ("perfect", "too extreme", "a bend")
        for shape in SHAPES
        for n in (300, 3_000)
    ]
    minutes = (time.monotonic() - started) / 60
    text = f"""# Do the bands and the gains of a calibration study hold?

Ten bins at 95 %, five points allowed. *Outside*: a joint interval misses its bin's truth (0.05
allowed). *Wrongly off*: missed, though every bin is within five points (0.05 allowed). *Wrongly
right*: met, though one is not (0.025 allowed).

Repeat: `python -m benchmarks.calibration_coverage --runs {chosen.runs} --seed {chosen.seed}`
({minutes:.0f} minutes).

| case | outside | wrongly off | wrongly right | off | right | mean width | runs |
|---|--:|--:|--:|--:|--:|--:|--:|
{chr(10).join(bands)}

## Gains of recalibrating

The method is chosen and fitted on half of the rows; the truth is the gain of just that mapping.
*Above* and *below*: the interval lies wholly there (0.025 allowed on each side).

| case | log loss above | below | Brier above | below | said to help | runs |
|---|--:|--:|--:|--:|--:|--:|
{chr(10).join(gained)}
"""
    RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
