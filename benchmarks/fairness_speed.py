"""How fast is a review of 1,000,000 rows, beside Fairlearn? `python -m benchmarks.fairness_speed`.

Five metrics, three columns. Both are measured in turn in one process; medians.
"""

from __future__ import annotations

import argparse
import platform
import resource
import statistics
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

import sextant as sx

RESULTS = Path(__file__).parent / "results" / "fairness_speed.md"
COLUMNS = ("sex", "race", "age")


def table(n: int) -> pd.DataFrame:
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"y": rng.integers(0, 2, n), "p": rng.uniform(size=n).round(4)})
    for name, values in (("sex", 2), ("race", 7), ("age", 5)):
        words = np.array([f"{name} {one}" for one in range(values)])
        frame[name] = pd.Categorical(words[rng.integers(0, values, n)])
    frame["d"] = (frame["p"] >= 0.5).astype(int)
    return frame


def theirs(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """A MetricFrame a column, without bootstrap."""
    from fairlearn import metrics
    from sklearn.metrics import accuracy_score, precision_score

    five = {
        "selection_rate": metrics.selection_rate,
        "true_positive_rate": metrics.true_positive_rate,
        "false_positive_rate": metrics.false_positive_rate,
        "precision": precision_score,
        "accuracy": accuracy_score,
    }
    return [
        metrics.MetricFrame(
            metrics=five, y_true=frame["y"], y_pred=frame["d"], sensitive_features=frame[name]
        ).by_group
        for name in COLUMNS
    ]


def ours(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """The whole review: eight measures with intervals, definitions, conflicts."""
    review = sx.fairness(frame, by=list(COLUMNS), label="y", prediction="d")
    return [review.to_metric_frame(name).by_group for name in COLUMNS]


def scored(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """The same from scores, with calibration."""
    review = sx.fairness(frame, by=list(COLUMNS), label="y", score="p")
    return [review.to_metric_frame(name).by_group for name in COLUMNS]


def timed(run: Callable[[pd.DataFrame], list[pd.DataFrame]], frame: pd.DataFrame) -> float:
    start = time.perf_counter()
    run(frame)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--theirs", type=int, default=3, help="Fairlearn's repeats")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    frame = table(given.rows)
    timed(ours, frame.head(1000)), timed(theirs, frame.head(1000)), timed(scored, frame.head(1000))
    names: dict[str, Callable[[pd.DataFrame], list[pd.DataFrame]]] = {
        "Fairlearn MetricFrame, 5 metrics, no intervals": theirs,
        "Sextant review of decisions, 7 measures with intervals": ours,
        "Sextant review of scores, 9 measures with intervals": scored,
    }
    found: dict[str, list[float]] = {name: [] for name in names}
    busy: dict[str, list[float]] = {name: [] for name in names}
    slow: list[pd.DataFrame] = []
    for turn in range(given.repeats):
        for name, run in names.items():
            if run is theirs and turn >= given.theirs:
                continue
            start, used = time.perf_counter(), time.process_time()
            made = run(frame)
            found[name].append(time.perf_counter() - start)
            busy[name].append(time.process_time() - used)
            slow = made if run is theirs else slow
    for mine, other in zip(ours(frame), slow, strict=True):
        assert np.allclose(mine[list(other.columns)], other, rtol=1e-12)
    middle = {name: statistics.median(times) for name, times in found.items()}
    first = "Fairlearn MetricFrame, 5 metrics, no intervals"
    base, used_middle = middle[first], {name: statistics.median(x) for name, x in busy.items()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    lines = [
        "# How fast is a fairness review?",
        "",
        f"{given.rows:,} rows in a pandas frame, three columns of 2, 7 and 5 groups; both in turn "
        f"in one process, median of {given.repeats} (Fairlearn of {given.theirs}), on "
        f"{platform.machine()} with 2 cores that other work "
        "shared. The numbers were compared: equal to 1e-12.",
        "",
        "| | seconds | least | most | times as fast | of processor | times less |",
        "|---|--:|--:|--:|--:|--:|--:|",
        *(
            f"| {name} | {middle[name]:.2f} | {min(times):.2f} | {max(times):.2f} "
            f"| {base / middle[name]:.0f} | {used_middle[name]:.2f} "
            f"| {used_middle[first] / used_middle[name]:.0f} |"
            for name, times in found.items()
        ),
        "",
        f"Peak memory of the whole process {peak:.1f} GB. "
        f"Repeat: `python -m benchmarks.fairness_speed --repeats {given.repeats} "
        f"--theirs {given.theirs}`.",
    ]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
